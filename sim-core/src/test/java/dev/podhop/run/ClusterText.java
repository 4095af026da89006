package dev.podhop.run;

import dev.podhop.k8s.source.Problems;
import dev.podhop.scenario.LoadedScenario;
import dev.podhop.scenario.load.ScenarioLoader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A scenario file, written tersely: nodes n1 (10.0.0.11, pods 10.244.1.0/24), n2, ...; pods that
 * serve TCP and UDP on 8080; whatever else the tests spell out in YAML.
 */
final class ClusterText {

    private final List<String> documents = new ArrayList<>();
    private final List<String> network = new ArrayList<>();
    private final List<String> loadBalancer = new ArrayList<>();
    private final List<String> timeline = new ArrayList<>();
    private final List<String> other = new ArrayList<>();
    private final Map<String, Integer> podsOn = new HashMap<>();
    private String mode = "iptables";
    private String kubeProxy = "";
    private boolean dual;

    /** Nodes n1 to the given number. */
    static ClusterText nodes(int count) {
        ClusterText text = new ClusterText();
        for (int i = 1; i <= count; i++) {
            text.document("""
                    apiVersion: v1
                    kind: Node
                    metadata: {name: n%1$d, labels: {topology.kubernetes.io/zone: z%2$d}}
                    spec: {podCIDR: 10.244.%1$d.0/24}
                    status:
                      addresses: [{type: InternalIP, address: 10.0.0.1%1$d}]
                    """.formatted(i, 1 + i % 2));
        }
        return text;
    }

    /** The same with IPv6 beside: nodes at fd00:10::11, pods in fd00:10:244:1::/64. */
    static ClusterText dualStack(int count) {
        ClusterText text = new ClusterText();
        text.dual = true;
        for (int i = 1; i <= count; i++) {
            text.document("""
                    apiVersion: v1
                    kind: Node
                    metadata: {name: n%1$d, labels: {topology.kubernetes.io/zone: z%2$d}}
                    spec:
                      podCIDR: 10.244.%1$d.0/24
                      podCIDRs: [10.244.%1$d.0/24, "fd00:10:244:%1$d::/64"]
                    status:
                      addresses:
                      - {type: InternalIP, address: 10.0.0.1%1$d}
                      - {type: InternalIP, address: "fd00:10::1%1$d"}
                    """.formatted(i, 1 + i % 2));
        }
        return text;
    }

    ClusterText document(String yaml) {
        documents.add(yaml);
        return this;
    }

    /** A ready pod; the first on n1 is 10.244.1.10, the next 10.244.1.11. */
    ClusterText pod(String name, String node, String app) {
        return pod(name, node, app, true);
    }

    ClusterText pod(String name, String node, String app, boolean ready) {
        int number = 9 + podsOn.merge(node, 1, Integer::sum);
        return document("""
                apiVersion: v1
                kind: Pod
                metadata: {name: %s, labels: {app: %s}}
                spec:
                  nodeName: %s
                  containers:
                  - name: main
                    image: example/main
                    ports: [{containerPort: 8080}, {containerPort: 8080, protocol: UDP}]
                status:
                  podIP: 10.244.%4$s.%5$d%7$s
                  conditions: [{type: Ready, status: '%6$s'}]
                """.formatted(name, app, node, node.substring(1), number,
                ready ? "True" : "False", dual ? podIps(node.substring(1), number) : ""));
    }

    private static String podIps(String node, int number) {
        return "\n  podIPs: [{ip: 10.244.%1$s.%2$d}, {ip: \"fd00:10:244:%1$s::%2$d\"}]"
                .formatted(node, number);
    }

    /** A pod in its node's own network. */
    ClusterText hostPod(String name, String node, String app) {
        return document("""
                apiVersion: v1
                kind: Pod
                metadata: {name: %s, labels: {app: %s}}
                spec:
                  nodeName: %s
                  hostNetwork: true
                  containers: [{name: main, image: example/main, ports: [{containerPort: 8080}]}]
                status:
                  podIP: 10.0.0.1%s
                  conditions: [{type: Ready, status: 'True'}]
                """.formatted(name, app, node, node.substring(1)));
    }

    /**
     * A Service for the pods of an app, port 80 to 8080, TCP and UDP, on a ClusterIP.
     *
     * @param more further lines of its spec, {@code sessionAffinity: ClientIP}; comma separated
     */
    ClusterText service(String name, String app, String clusterIp, String more) {
        return document("""
                apiVersion: v1
                kind: Service
                metadata: {name: %s}
                spec: {clusterIP: %s, selector: {app: %s}, ports: %s%s}
                """.formatted(name, clusterIp, app, ports(0), more.isEmpty() ? "" : ", " + more));
    }

    /** The same of type LoadBalancer, at 198.51.100.7, node ports 30080 and 30081 for UDP. */
    ClusterText balanced(String name, String app, String clusterIp, String ipMode, String more) {
        return balanced(name, app, clusterIp, "198.51.100.7", 30080, ipMode, more);
    }

    ClusterText balanced(String name, String app, String clusterIp, String vip, int nodePort,
            String ipMode, String more) {
        return document("""
                apiVersion: v1
                kind: Service
                metadata: {name: %s}
                spec: {type: LoadBalancer, clusterIP: %s, selector: {app: %s}, ports: %s%s}
                status: {loadBalancer: {ingress: [{ip: %s, ipMode: %s}]}}
                """.formatted(name, clusterIp, app, ports(nodePort),
                more.isEmpty() ? "" : ", " + more, vip, ipMode));
    }

    private static String ports(int nodePort) {
        String tcp = nodePort == 0 ? "" : ", nodePort: " + nodePort;
        String udp = nodePort == 0 ? "" : ", nodePort: " + (nodePort + 1);
        return "[{name: t, port: 80, targetPort: 8080" + tcp
                + "}, {name: u, port: 80, protocol: UDP, targetPort: 8080" + udp + "}]";
    }

    /** A key of the scenario's network, {@code fabric: l2}. */
    ClusterText network(String line) {
        network.add(line);
        return this;
    }

    ClusterText loadBalancer(String line) {
        loadBalancer.add(line);
        return this;
    }

    /** kube-proxy's mode. */
    ClusterText mode(String name) {
        mode = name;
        return this;
    }

    /** A key of the KubeProxyConfiguration. */
    ClusterText kubeProxy(String line) {
        kubeProxy += line + "\n";
        return this;
    }

    /** A key of the scenario's spec. */
    ClusterText spec(String line) {
        other.add(line);
        return this;
    }

    ClusterText outside(String... names) {
        StringBuilder hosts = new StringBuilder("externalHosts: [");
        for (int i = 0; i < names.length; i++) {
            hosts.append(i == 0 ? "" : ", ").append("{name: ").append(names[i])
                    .append(", ip: 203.0.113.").append(i + 2).append('}');
        }
        return spec(hosts.append(']').toString());
    }

    ClusterText at(String time, String event) {
        timeline.add("{at: " + time + ", " + event + "}");
        return this;
    }

    /** A TCP flow from the start, ten milliseconds between attempts, three seconds' patience. */
    ClusterText flow(String name, String from, String to, int count) {
        return flow(name, from, to, count, "");
    }

    /** The same with further keys of {@code send}. */
    ClusterText flow(String name, String from, String to, int count, String more) {
        return at("0s", send(name, from, to, count, more));
    }

    static String send(String name, String from, String to, int count, String more) {
        return "send: {flow: %s, from: %s, to: \"%s\", count: %d, every: 10ms, timeout: 3s%s}"
                .formatted(name, from, to, count, more.isEmpty() ? "" : ", " + more);
    }

    String yaml() {
        String kubeProxyDocument = """
                apiVersion: kubeproxy.config.k8s.io/v1alpha1
                kind: KubeProxyConfiguration
                mode: %s
                clusterCIDR: 10.244.0.0/16%s
                %s""".formatted(mode, dual ? ",fd00:10:244::/48" : "", kubeProxy);
        StringBuilder scenario = new StringBuilder("""
                apiVersion: podhop.dev/v1alpha1
                kind: Scenario
                metadata: {name: test}
                spec:
                """);
        other.forEach(line -> scenario.append("  ").append(line).append('\n'));
        scenario.append("  network:\n    clusterCIDR: 10.244.0.0/16")
                .append(dual ? ",fd00:10:244::/48" : "")
                .append("\n    serviceCIDR: 10.96.0.0/12")
                .append(dual ? ",fd00:10:96::/112\n" : "\n    gateway: 10.0.0.1/24\n");
        network.forEach(line -> scenario.append("    ").append(line).append('\n'));
        if (!loadBalancer.isEmpty()) {
            scenario.append("  loadBalancer:\n");
            loadBalancer.forEach(line -> scenario.append("    ").append(line).append('\n'));
        }
        if (!timeline.isEmpty()) {
            scenario.append("  timeline:\n");
            timeline.forEach(line -> scenario.append("  - ").append(line).append('\n'));
        }
        List<String> all = new ArrayList<>(documents);
        all.add(kubeProxyDocument);
        all.add(scenario.toString());
        return String.join("---\n", all);
    }

    LoadedScenario load() {
        try {
            Path file = Files.createTempFile("podhop-", ".yaml");
            try {
                return load(Files.writeString(file, yaml()));
            } finally {
                Files.delete(file);
            }
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    private static LoadedScenario load(Path file) {
        Problems problems = new Problems();
        return ScenarioLoader.load(file, problems)
                .orElseThrow(() -> new AssertionError(problems.all()));
    }
}
