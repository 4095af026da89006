package dev.podhop.run;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A cluster, its settings, flows and changes, drawn from a seed. */
final class RandomScenario {

    private static final String VIP = "198.51.100.";
    /** Addresses without anybody, a port without a listener. */
    private static final List<String> NOBODYS =
            List.of("10.96.0.99:80", "10.0.0.11:31999", "10.244.1.250:80", "198.18.0.1:80");

    private final SplittableRandom random;
    private final ClusterText text;
    private final int nodes;
    private final List<String> clients = new ArrayList<>();
    private final List<String> backends = new ArrayList<>();
    private final List<String> services = new ArrayList<>();
    private final List<String> targets = new ArrayList<>();
    /** Whether every load balancer's address is known to the nodes. */
    private boolean nodesKnowVips = true;

    private RandomScenario(long seed) {
        this.random = new SplittableRandom(seed);
        this.nodes = 1 + random.nextInt(4);
        this.text = ClusterText.nodes(nodes).spec("seed: " + seed)
                .outside("ext", "ext-2");
    }

    static ClusterText of(long seed) {
        RandomScenario drawn = new RandomScenario(seed);
        drawn.pods();
        drawn.services();
        drawn.network();
        drawn.loadBalancer();
        drawn.timeline();
        return drawn.text;
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private String oneOf(String... values) {
        return values[random.nextInt(values.length)];
    }

    private String oneOf(List<String> values) {
        return values.get(random.nextInt(values.size()));
    }

    private String node() {
        return "n" + (1 + random.nextInt(nodes));
    }

    private void pods() {
        for (int i = 1; i <= 1 + random.nextInt(2); i++) {
            text.pod("client-" + i, node(), "client");
            clients.add("pod/client-" + i);
        }
        for (String app : List.of("web", "api")) {
            int count = (app.equals("web") ? 1 : 0) + random.nextInt(4);
            for (int i = 1; i <= count; i++) {
                String name = app + "-" + i;
                text.pod(name, node(), app, chance(85));
                backends.add("pod/" + name);
                clients.add("pod/" + name);
            }
        }
        if (chance(20)) {
            text.hostPod("host-1", "n1", oneOf("web", "api"));
        }
        clients.addAll(List.of("node/" + node(), "external/ext", "external/ext-2"));
        backends.forEach(pod -> targets.add(pod + ":8080"));
    }

    private void services() {
        int count = 1 + random.nextInt(3);
        for (int i = 1; i <= count; i++) {
            String name = "svc-" + i;
            services.add(name);
            String app = oneOf("web", "web", "web", "api", "api", "nobody");
            String policies = policies();
            switch (random.nextInt(4)) {
                case 0 -> {
                    text.service(name, app, "10.96.0." + i, policies);
                    targets.add("service/" + name + ":80");
                }
                case 1 -> nodePort(name, app, i, policies);
                default -> balanced(name, app, i, policies);
            }
        }
    }

    /** Policies that any type may have; each begins with nothing or ends with a comma. */
    private String policies() {
        List<String> lines = new ArrayList<>();
        if (chance(25)) {
            lines.add("internalTrafficPolicy: Local");
        }
        if (chance(20)) {
            lines.add("sessionAffinity: ClientIP");
        }
        if (chance(20)) {
            lines.add("publishNotReadyAddresses: true");
        }
        if (chance(15)) {
            lines.add("externalIPs: [203.0.113.200]");
            targets.add("203.0.113.200:80");
        }
        return String.join(", ", lines);
    }

    private String external(String policies) {
        String local =
                chance(40) ? "externalTrafficPolicy: Local" : "externalTrafficPolicy: Cluster";
        return policies.isEmpty() ? local : policies + ", " + local;
    }

    private void nodePort(String name, String app, int i, String policies) {
        int port = 30080 + 10 * i;
        text.document("""
                apiVersion: v1
                kind: Service
                metadata: {name: %s}
                spec: {type: NodePort, clusterIP: 10.96.0.%d, selector: {app: %s}, %s,
                  ports: [{name: t, port: 80, targetPort: 8080, nodePort: %d}]}
                """.formatted(name, i, app, external(policies), port));
        addNodePorts(name, port);
    }

    private void addNodePorts(String name, int port) {
        targets.add("service/" + name + ":80");
        targets.add("node/" + node() + ":" + port);
        targets.add("127.0.0.1:" + port);
    }

    private void balanced(String name, String app, int i, String policies) {
        String mode = oneOf("VIP", "Proxy");
        nodesKnowVips &= mode.equals("VIP");
        String ranges = chance(15) ? ", loadBalancerSourceRanges: [203.0.113.0/24]" : "";
        text.balanced(name, app, "10.96.0." + i, VIP + i, 30080 + 10 * i, mode,
                external(policies) + ranges);
        addNodePorts(name, 30080 + 10 * i);
        targets.add("service/" + name + "@vip:80");
        targets.add("service/" + name + "@vip:80");
        if (chance(20)) {
            targets.add(VIP + i + ":81");
        }
    }

    private void network() {
        text.network("fabric: " + oneOf("vpc", "vpc", "l2"));
        boolean routed = chance(30);
        text.network("podAttachment: " + (routed ? "routed" : "bridge"));
        if (routed) {
            // what is for no pod of a node goes to and fro between that node and the edge
            text.spec("allowedViolations: [noForwardingLoop]");
        }
        text.network("hairpinMode: " + oneOf("hairpin-veth", "promiscuous-bridge", "none"));
        text.network("ipMasq: " + chance(30));
        // a limit would turn the later refusals of a burst into silence
        text.network("sysctls: {net.ipv4.icmp_ratelimit: 0, pods: {net.ipv4.icmp_ratelimit: 0}, "
                + sysctl() + ", net.bridge.bridge-nf-call-iptables: " + random.nextInt(2) + "}");
        if (chance(25)) {
            text.network("latency: {pod: {mean: 20us, jitter: 20us}, node: {mean: 200us, "
                    + "jitter: 150us}}");
        }
        if (chance(25)) {
            text.spec("servers: [{pods: {app: web}, serviceTime: 8ms}]");
        }
        text.kubeProxy("detectLocalMode: " + oneOf("ClusterCIDR", "ClusterCIDR", "NodeCIDR"));
        if (chance(15)) {
            text.kubeProxy("iptables: {masqueradeAll: true}");
        }
    }

    private String sysctl() {
        return "net.ipv4.conf.all.rp_filter: " + random.nextInt(3);
    }

    private void loadBalancer() {
        text.loadBalancer("backends: " + oneOf("nodePort", "nodePort", "pod"));
        text.loadBalancer("clientIP: " + oneOf("preserve", "preserve", "snat"));
        text.loadBalancer("loopAvoidance: " + oneOf("sourceIP", "none"));
        text.loadBalancer("scheduler: " + oneOf("random", "weighted round robin",
                "least connections", "source hash"));
        text.loadBalancer("allUnhealthy: " + oneOf("forwardToAll", "drop"));
        if (chance(40)) {
            text.loadBalancer("healthCheck: {interval: 5s, timeout: 2s}");
        }
        // a kept destination that a node does not know would come back for ever
        if (nodesKnowVips && chance(15)) {
            text.loadBalancer("destination: keep");
        }
    }

    private void timeline() {
        int flows = 2 + random.nextInt(4);
        for (int i = 1; i <= flows; i++) {
            // some begin while others run, some alone
            flow("flow-" + i, 10L * random.nextInt(3) + "s");
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            text.at(10_000 * random.nextInt(3) + random.nextInt(100) + "ms", change());
        }
    }

    private void flow(String name, String at) {
        String from = oneOf(clients);
        String to = chance(10) ? oneOf(NOBODYS) : oneOf(targets);
        if (to.startsWith("127") && chance(80)) {
            from = "node/" + node();
        }
        named(from, to);
        boolean udp = chance(30) && !to.startsWith("127") && !to.startsWith("node/");
        String more = (udp ? "protocol: UDP, connected: " + chance(70)
                : "requestSize: " + oneOf("0", "200", "4000"))
                + (chance(10) ? ", sourcePort: 4000" + name.charAt(5) : "");
        text.at(at,
                "send: {flow: %s, from: %s, to: \"%s\", count: %d, every: 10ms, timeout: 7s, %s}"
                        .formatted(name, from, to, 1 + random.nextInt(8), more));
    }

    /** Whoever is named by a flow stays until the end. */
    private void named(String from, String to) {
        backends.removeIf(pod -> pod.equals(from) || to.startsWith(pod + ":"));
    }

    private String change() {
        return switch (random.nextInt(backends.isEmpty() ? 2 : 4)) {
            case 0 -> "sysctl: {" + sysctl() + "}";
            case 1 -> "patch: {target: service/%s, with: {spec: {selector: {app: %s}}}}"
                    .formatted(oneOf(services), oneOf("web", "api", "nobody"));
            // Nothing happens to a pod after that: it could be gone by then.
            case 2 -> "stop: " + backends.remove(random.nextInt(backends.size()));
            default -> "delete: " + backends.remove(random.nextInt(backends.size()));
        };
    }
}
