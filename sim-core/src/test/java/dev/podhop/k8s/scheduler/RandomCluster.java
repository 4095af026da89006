package dev.podhop.k8s.scheduler;

import dev.podhop.engine.Rng;
import dev.podhop.k8s.Node;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.TestManifests;
import java.util.List;

/** Nodes and pods that say all that a scheduler reads, drawn from a seed. */
final class RandomCluster {

    private static final List<String> ZONES = List.of("a", "b", "c", "");
    private static final List<String> SELECTORS =
            List.of("{matchLabels: {app: web}}", "{matchLabels: {app: db}}",
                    "{matchExpressions: [{key: app, operator: In, values: [web, db]}]}", "{}");
    private static final List<String> KEYS =
            List.of("topology.kubernetes.io/zone", "kubernetes.io/hostname", "rack");

    private final Rng rng;
    /** In how many of eight pods there is something that concerns other pods. */
    private final long sociable;

    RandomCluster(long seed) {
        this.rng = new Rng(seed);
        this.sociable = rng.nextLong(5);
    }

    private boolean chance(long in, long of) {
        return rng.nextLong(of) < in;
    }

    int upTo(int bound) {
        return (int) rng.nextLong(bound);
    }

    private String one(List<String> of) {
        return of.get(upTo(of.size()));
    }

    Node node(int number) {
        String zone = one(ZONES);
        String labels = (zone.isEmpty() ? "" : "topology.kubernetes.io/zone: " + zone + ", ")
                + (chance(1, 2) ? "rack: r" + upTo(3) + ", " : "")
                + (chance(1, 3) ? "disk: ssd, " : "") + "kubernetes.io/hostname: n" + number;
        String taints = chance(1, 4)
                ? ", taints: [{key: gpu, effect: " + one(List.of("NoSchedule", "PreferNoSchedule"))
                        + "}]"
                : "";
        return (Node) TestManifests.parse("""
                apiVersion: v1
                kind: Node
                metadata: {name: n%d, labels: {%s}}
                spec: {podCIDR: 10.244.%d.0/24%s%s}
                status: {conditions: [{type: Ready, status: "%s"}]}
                """.formatted(number, labels, number, taints,
                chance(1, 12) ? ", unschedulable: true" : "", chance(1, 12) ? "False" : "True"))
                .getFirst();
    }

    /** A pod that is on no node, or on that one. */
    Pod pod(int number, String node) {
        String owner = chance(1, 4) ? ""
                : """
                        , ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet,
                            name: r%d, uid: u, controller: true}]""".formatted(upTo(4));
        String spec = (node.isEmpty() ? "" : ", nodeName: " + node)
                + (chance(1, 4) ? ", nodeSelector: {disk: ssd}" : "")
                + (chance(1, 3) ? ", tolerations: [{key: gpu, operator: Exists}]" : "")
                + affinity() + spread();
        String port = chance(sociable, 40) ? ", hostPort: 80" : "";
        return (Pod) TestManifests.parse("""
                apiVersion: v1
                kind: Pod
                metadata: {name: p%d, namespace: %s, labels: {app: %s, v: v%d}%s%s}
                spec: {containers: [{name: c, image: i, ports: [{containerPort: 80%s}]}]%s}
                status: {phase: %s}
                """.formatted(number, one(List.of("default", "other")),
                one(List.of("web", "db", "x")), upTo(2), owner,
                chance(1, 20) ? ", deletionTimestamp: 2026-01-01T00:00:00Z" : "", port, spec,
                chance(1, 20) ? "Succeeded" : "Running")).getFirst();
    }

    private String affinity() {
        String nodes = chance(1, 4)
                ? "nodeAffinity: {preferredDuringSchedulingIgnoredDuringExecution: [{weight: "
                        + (1 + upTo(3)) + ", preference: {matchExpressions: [{key: rack, operator:"
                        + " In, values: [r" + upTo(3) + "]}]}}]}, "
                : "";
        String pods = "";
        for (String kind : List.of("podAffinity", "podAntiAffinity")) {
            if (chance(sociable, 16)) {
                pods += kind + ": {requiredDuringSchedulingIgnoredDuringExecution: [" + term()
                        + "]}, ";
            } else if (chance(sociable, 16)) {
                pods += kind + ": {preferredDuringSchedulingIgnoredDuringExecution: [{weight: "
                        + (1 + upTo(5)) + ", podAffinityTerm: " + term() + "}]}, ";
            }
        }
        return nodes.isEmpty() && pods.isEmpty() ? "" : ", affinity: {" + nodes + pods + "}";
    }

    private String term() {
        return "{topologyKey: " + one(KEYS) + ", labelSelector: " + one(SELECTORS)
                + one(List.of("", "", ", namespaces: [other]", ", namespaceSelector: {}")) + "}";
    }

    private String spread() {
        return chance(sociable, 12)
                ? ", topologySpreadConstraints: [{maxSkew: " + (1 + upTo(2)) + ", topologyKey: "
                        + one(KEYS) + ", whenUnsatisfiable: "
                        + one(List.of("DoNotSchedule", "ScheduleAnyway")) + ", labelSelector: "
                        + one(SELECTORS) + one(List.of("", ", nodeTaintsPolicy: Honor",
                                ", matchLabelKeys: [v]", ", nodeAffinityPolicy: Ignore"))
                        + "}]"
                : "";
    }
}
