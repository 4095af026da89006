package dev.podhop.k8s.controller;

import static dev.podhop.k8s.TestManifests.nodes;
import static dev.podhop.k8s.TestManifests.pod;
import static dev.podhop.k8s.TestManifests.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.k8s.ReplicaSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of Deployments, StatefulSets and DaemonSets. */
class WorkloadsTest {

    private static final String LETTERS = "[bcdfghjklmnpqrstvwxz2456789]";

    private final ClusterFixture cluster = new ClusterFixture(34);

    @Test
    void aDeploymentsPodsAreMadeNamedSpreadAndServed() {
        cluster.load(nodes(3) + workload("Deployment", "web", "replicas: 4, ", "")
                + service("web", "selector: {app: web}, ports: [{port: 80, targetPort: http}]"));

        assertThat(cluster.problems.all()).isEmpty();
        assertThat(cluster.pods()).hasSize(4).allSatisfy(pod -> {
            assertThat(pod.metadata().name()).matches("web-" + LETTERS + "+-" + LETTERS + "{5}");
            assertThat(pod.metadata().labels()).containsKey("pod-template-hash");
            assertThat(pod.metadata().controller().kind()).isEqualTo("ReplicaSet");
            assertThat(pod.isReady()).isTrue();
        });
        assertThat(cluster.endpoints("web")).isEqualTo(
                "10.244.1.2:8080, 10.244.1.3:8080, 10.244.2.2:8080, 10.244.3.2:8080");
    }

    @Test
    void theSameFileAndSeedGiveTheSameNames() {
        String file = nodes(2) + workload("Deployment", "web", "replicas: 3, ", "");
        cluster.load(file);

        assertThat(new ClusterFixture(34).load(file).podLines()).isEqualTo(cluster.podLines());
    }

    @Test
    void scalingDownTakesFromTheFullestNodeAndTheUnreadyFirst() {
        cluster.load(nodes(2) + workload("Deployment", "web", "replicas: 4, ", ""));
        String unready = cluster.pods().get(1).metadata().name();
        cluster.patch("pod/" + unready,
                "status: {conditions: [{type: Ready, status: 'False'}]}");

        cluster.patch("deployment/web", "spec: {replicas: 3}");
        assertThat(cluster.pods()).extracting(p -> p.metadata().name()).doesNotContain(unready);

        cluster.patch("deployment/web", "spec: {replicas: 2}");
        assertThat(nodesOfPods()).containsExactly("n1", "n2");
    }

    @Test
    void aNewTemplateHasNewPods() {
        cluster.load(nodes(1) + workload("Deployment", "web", "replicas: 2, ", ""));
        List<String> before = cluster.podLines();

        cluster.patch("deployment/web",
                "spec: {template: {spec: {containers: [{name: c, image: 'i:2'}]}}}");

        assertThat(cluster.podLines()).hasSize(2).doesNotContainAnyElementsOf(before);
        assertThat(cluster.store.list(ReplicaSet.class)).extracting(ReplicaSet::replicas)
                .containsExactly(0, 2);
        assertThat(cluster.pods()).extracting(p -> p.status().podIP())
                .as("addresses are not used again at once")
                .containsExactly("10.244.1.4", "10.244.1.5");
    }

    @Test
    void whatADeletedOwnerOwnedGoes() {
        cluster.load(nodes(1) + workload("Deployment", "web", "", ""));

        cluster.delete("pod/" + cluster.pods().get(0).metadata().name());
        assertThat(cluster.pods()).as("a deleted pod is replaced").hasSize(1);

        cluster.delete("deployment/web");
        assertThat(cluster.pods()).isEmpty();
        assertThat(cluster.store.list(ReplicaSet.class)).isEmpty();
    }

    @Test
    void podsOfADumpAreCountedNotMadeAgain() {
        String owned = pod("web-7d9c5b8f6c-abcde", "app: web, pod-template-hash: 7d9c5b8f6c",
                "nodeName: n1", "podIP: 10.244.1.5").replace("metadata: {",
                        "metadata: {ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet, name:"
                                + " web-7d9c5b8f6c, uid: u, controller: true}], ");

        cluster.load(nodes(1) + owned + workload("Deployment", "web", "replicas: 2, ", ""));

        assertThat(cluster.pods()).hasSize(2).allSatisfy(
                pod -> assertThat(pod.metadata().name()).startsWith("web-7d9c5b8f6c-"));
    }

    @Test
    void aStatefulSetCountsItsPods() {
        cluster.load(nodes(2) + workload("StatefulSet", "db",
                "replicas: 2, serviceName: peers, ordinals: {start: 5}, ", ""));

        assertThat(cluster.podLines()).containsExactly("db-5 n1 10.244.1.2", "db-6 n2 10.244.2.2");
        assertThat(cluster.pods().get(0).spec().hostname()).isEqualTo("db-5");
        assertThat(cluster.pods().get(0).spec().subdomain()).isEqualTo("peers");

        cluster.patch("statefulset/db", "spec: {replicas: 1}");
        assertThat(cluster.podLines()).containsExactly("db-5 n1 10.244.1.2");
    }

    @Test
    void aDaemonSetIsOnEveryNodeItFits() {
        String tainted = nodes(3).replace("spec: {podCIDR: 10.244.3.0/24}",
                "spec: {podCIDR: 10.244.3.0/24, taints: [{key: gpu, effect: NoSchedule}]}")
                .replace("spec: {podCIDR: 10.244.2.0/24}",
                        "spec: {podCIDR: 10.244.2.0/24, unschedulable: true}");

        cluster.load(tainted + workload("DaemonSet", "agent", "", "")
                + workload("DaemonSet", "driver", "", "tolerations: [{operator: Exists}], "));

        assertThat(nodesOf("agent")).containsExactly("n1", "n2");
        assertThat(nodesOf("driver")).containsExactly("n1", "n2", "n3");
    }

    @Test
    void podsThatFitNowhereWaitAndOthersGoWhereTheyBelong() {
        cluster.load(nodes(2) + pod("here", "app: a", "nodeSelector: {zone: z}", "")
                + pod("there", "app: a",
                        "nodeSelector: {topology.kubernetes.io/zone: b}", "")
                + pod("pending", "app: a", "nodeName: n1", "phase: Pending")
                + pod("fixed", "app: a", "nodeName: n1", "podIP: 10.244.1.2")
                + pod("free", "app: a", "nodeName: n1", ""));

        assertThat(cluster.podLines()).containsExactly("here  ", "there n2 10.244.2.2",
                "pending n1 ", "fixed n1 10.244.1.2", "free n1 10.244.1.3");
    }

    @Test
    void aNodeWithoutRoomIsTold() {
        cluster.load(nodes(2).replace("10.244.1.0/24", "10.244.1.0/30")
                .replace("spec: {podCIDR: 10.244.2.0/24}", "spec: {}")
                + pod("a", "app: a", "nodeName: n1", "") + pod("b", "app: a", "nodeName: n1", "")
                + pod("c", "app: a", "nodeName: n2", ""));

        assertThat(cluster.problems.all()).extracting(p -> p.message()).containsExactly(
                "found no free address for pod/b in 10.244.1.0/30, expected a podCIDR of node/n1"
                        + " with room",
                "found no podCIDR on node/n2, expected one to give pod/c an address from");
    }

    private List<String> nodesOf(String daemonSet) {
        return cluster.pods().stream()
                .filter(p -> p.metadata().controller().name().equals(daemonSet))
                .map(p -> p.spec().nodeName()).toList();
    }

    private List<String> nodesOfPods() {
        return cluster.pods().stream().map(p -> p.spec().nodeName()).sorted().toList();
    }

    private static String workload(String kind, String name, String spec, String podSpec) {
        return """
                ---
                apiVersion: apps/v1
                kind: %s
                metadata: {name: %s}
                spec:
                  {%sselector: {matchLabels: {app: %s}}, template: {metadata: {labels: {app: %s}},
                    spec: {%scontainers: [{name: c, image: i,
                      ports: [{name: http, containerPort: 8080}]}]}}}
                """.formatted(kind, name, spec, name, name, podSpec);
    }
}
