package dev.podhop.run;

import java.util.ArrayList;
import java.util.List;

/** A cluster, its settings, flows and changes, drawn from a seed. */
final class RandomScenario {

    private static final String VIP = "198.51.100.";
    /** Addresses without anybody, a port without a listener. */
    private static final List<String> NOBODYS =
            List.of("10.96.0.99:80", "10.0.0.11:31999", "10.244.1.250:80", "198.18.0.1:80");

    static final String[] SCHEDULERS = {"rr", "wrr", "lc", "wlc", "sh", "dh", "mh", "sed", "nq",
        "lblc", "lblcr"};

    private final Draw draw;
    /** What came to the cluster later is drawn apart: it shifts nothing else. */
    private final Draw later;
    private final ClusterText text;
    private final int nodes;
    private final List<String> clients = new ArrayList<>();
    private final List<String> backends = new ArrayList<>();
    private final List<String> services = new ArrayList<>();
    private final List<String> targets = new ArrayList<>();
    /** Whether every load balancer's address is known to the nodes. */
    private boolean nodesKnowVips = true;

    private RandomScenario(long seed) {
        this.draw = new Draw(seed);
        this.later = new Draw(seed ^ 0x686f7374506f7274L);
        this.nodes = 1 + draw.below(4);
        this.text = ClusterText.nodes(nodes).spec("seed: " + seed)
                .outside("ext", "ext-2");
    }

    static ClusterText of(long seed) {
        RandomScenario drawn = new RandomScenario(seed);
        drawn.pods();
        drawn.services();
        drawn.hostPort();
        drawn.network();
        drawn.loadBalancer();
        drawn.timeline();
        return drawn.text;
    }

    private void pods() {
        for (int i = 1; i <= 1 + draw.below(2); i++) {
            text.pod("client-" + i, draw.node(nodes), "client");
            clients.add("pod/client-" + i);
        }
        for (String app : List.of("web", "api")) {
            int count = (app.equals("web") ? 1 : 0) + draw.below(4);
            for (int i = 1; i <= count; i++) {
                String name = app + "-" + i;
                text.pod(name, draw.node(nodes), app, draw.chance(85));
                backends.add("pod/" + name);
                clients.add("pod/" + name);
            }
        }
        if (draw.chance(20)) {
            text.hostPod("host-1", "n1", draw.oneOf("web", "api"));
        }
        clients.addAll(List.of("node/" + draw.node(nodes), "external/ext", "external/ext-2"));
        backends.forEach(pod -> targets.add(pod + ":8080"));
    }

    /** Sometimes with the number of a node port. */
    private void hostPort() {
        if (!later.chance(25)) {
            return;
        }
        String node = later.node(nodes);
        String port = later.oneOf("18080", "18080", "30090");
        String own = "10.0.0.1" + node.substring(1);
        String hostIp = later.oneOf("", "", ", hostIP: " + own, ", hostIP: 127.0.0.1");
        text.document("""
                apiVersion: v1
                kind: Pod
                metadata: {name: edge, labels: {app: %s}}
                spec:
                  nodeName: %s
                  containers:
                  - name: main
                    image: example/main
                    ports:
                    - {containerPort: 8080, hostPort: %s%s}
                    - {containerPort: 8080, hostPort: %s, protocol: UDP%s}
                status:
                  podIP: 10.244.%s.200
                  conditions: [{type: Ready, status: 'True'}]
                """.formatted(later.oneOf("web", "edge"), node, port, hostIp, port, hostIp,
                node.substring(1)));
        clients.add("pod/edge");
        targets.addAll(List.of("pod/edge:8080", own + ":" + port, own + ":" + port,
                "10.244." + node.substring(1) + ".1:" + port, "127.0.0.1:" + port));
    }

    /** A host firewall on all nodes or on one, Calico's blackhole. */
    private void firewall(boolean routed) {
        if (later.chance(15)) {
            String chain = later.oneOf("FORWARD", "FORWARD", "INPUT", "OUTPUT") + ": DROP";
            text.network(later.chance(50) ? "chainPolicies: {filter: {" + chain + "}}"
                    : "chainPolicies: {nodes: {" + later.node(nodes) + ": {" + chain + "}}}");
        }
        if (routed && later.chance(30)) {
            text.network("podBlackhole: true");
        }
    }

    private void services() {
        int count = 1 + draw.below(3);
        for (int i = 1; i <= count; i++) {
            String name = "svc-" + i;
            services.add(name);
            String app = draw.oneOf("web", "web", "web", "api", "api", "nobody");
            String policies = policies();
            switch (draw.below(4)) {
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
        if (draw.chance(25)) {
            lines.add("internalTrafficPolicy: Local");
        }
        if (draw.chance(20)) {
            lines.add("sessionAffinity: ClientIP");
        }
        if (draw.chance(20)) {
            lines.add("publishNotReadyAddresses: true");
        }
        if (draw.chance(15)) {
            lines.add("externalIPs: [203.0.113.200]");
            targets.add("203.0.113.200:80");
        }
        return String.join(", ", lines);
    }

    private String external(String policies) {
        String local =
                draw.chance(40) ? "externalTrafficPolicy: Local" : "externalTrafficPolicy: Cluster";
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
        targets.add("node/" + draw.node(nodes) + ":" + port);
        targets.add("127.0.0.1:" + port);
    }

    private void balanced(String name, String app, int i, String policies) {
        String mode = draw.oneOf("VIP", "Proxy");
        nodesKnowVips &= mode.equals("VIP");
        String ranges = draw.chance(15) ? ", loadBalancerSourceRanges: [203.0.113.0/24]" : "";
        text.balanced(name, app, "10.96.0." + i, VIP + i, 30080 + 10 * i, mode,
                external(policies) + ranges);
        addNodePorts(name, 30080 + 10 * i);
        targets.add("service/" + name + "@vip:80");
        targets.add("service/" + name + "@vip:80");
        if (draw.chance(20)) {
            targets.add(VIP + i + ":81");
        }
    }

    private void network() {
        text.network("fabric: " + draw.oneOf("vpc", "vpc", "l2"));
        boolean routed = draw.chance(30);
        text.network("podAttachment: " + (routed ? "routed" : "bridge"));
        if (routed) {
            // what is for no pod of a node goes to and fro between that node and the edge
            text.spec("allowedViolations: [noForwardingLoop]");
        }
        firewall(routed);
        text.network("hairpinMode: " + draw.oneOf("hairpin-veth", "promiscuous-bridge", "none"));
        text.network("ipMasq: " + draw.chance(30));
        // a limit would turn the later refusals of a burst into silence
        text.network("sysctls: {net.ipv4.icmp_ratelimit: 0, pods: {net.ipv4.icmp_ratelimit: 0}, "
                + sysctl() + ", net.bridge.bridge-nf-call-iptables: " + draw.below(2) + "}");
        if (draw.chance(25)) {
            text.network("latency: {pod: {mean: 20us, jitter: 20us}, node: {mean: 200us, "
                    + "jitter: 150us}}");
        }
        if (draw.chance(25)) {
            text.spec("servers: [{pods: {app: web}, serviceTime: 8ms}]");
        }
        text.kubeProxy("detectLocalMode: " + draw.oneOf("ClusterCIDR", "ClusterCIDR", "NodeCIDR"));
        if (draw.chance(15)) {
            text.kubeProxy("iptables: {masqueradeAll: true}");
        }
        text.mode(draw.oneOf("iptables", "iptables", "nftables", "ipvs"));
        text.kubeProxy("ipvs: {scheduler: " + draw.oneOf(SCHEDULERS) + "}");
        text.spec("kubernetesVersion: \"1." + (30 + draw.below(9)) + "\"");
    }

    private String sysctl() {
        return "net.ipv4.conf.all.rp_filter: " + draw.below(3);
    }

    private void loadBalancer() {
        text.loadBalancer("backends: " + draw.oneOf("nodePort", "nodePort", "pod"));
        text.loadBalancer("clientIP: " + draw.oneOf("preserve", "preserve", "snat"));
        text.loadBalancer("loopAvoidance: " + draw.oneOf("sourceIP", "none"));
        text.loadBalancer("scheduler: " + draw.oneOf("random", "weighted round robin",
                "least connections", "source hash"));
        text.loadBalancer("allUnhealthy: " + draw.oneOf("forwardToAll", "drop"));
        if (draw.chance(40)) {
            text.loadBalancer("healthCheck: {interval: 5s, timeout: 2s}");
        }
        // a kept destination that a node does not know would come back for ever
        if (nodesKnowVips && draw.chance(15)) {
            text.loadBalancer("destination: keep");
        }
    }

    private void timeline() {
        int flows = 2 + draw.below(4);
        for (int i = 1; i <= flows; i++) {
            // some begin while others run, some alone
            flow("flow-" + i, 10L * draw.below(3) + "s");
        }
        for (int i = draw.below(4); i > 0; i--) {
            text.at(10_000 * draw.below(3) + draw.below(100) + "ms", change());
        }
    }

    private void flow(String name, String at) {
        String from = draw.oneOf(clients);
        String to = draw.chance(10) ? draw.oneOf(NOBODYS) : draw.oneOf(targets);
        if (to.startsWith("127") && draw.chance(80)) {
            from = "node/" + draw.node(nodes);
        }
        named(from, to);
        boolean udp = draw.chance(30) && !to.startsWith("127") && !to.startsWith("node/");
        String more = (udp ? "protocol: UDP, connected: " + draw.chance(70)
                : "requestSize: " + draw.oneOf("0", "200", "4000"))
                + (draw.chance(10) ? ", sourcePort: 4000" + name.charAt(5) : "");
        text.at(at,
                "send: {flow: %s, from: %s, to: \"%s\", count: %d, every: 10ms, timeout: 7s, %s}"
                        .formatted(name, from, to, 1 + draw.below(8), more));
    }

    /** Whoever is named by a flow stays until the end. */
    private void named(String from, String to) {
        backends.removeIf(pod -> pod.equals(from) || to.startsWith(pod + ":"));
    }

    private String change() {
        return switch (draw.below(backends.isEmpty() ? 2 : 4)) {
            case 0 -> "sysctl: {" + sysctl() + "}";
            case 1 -> "patch: {target: service/%s, with: {spec: {selector: {app: %s}}}}"
                    .formatted(draw.oneOf(services), draw.oneOf("web", "api", "nobody"));
            // Nothing happens to a pod after that: it could be gone by then.
            case 2 -> "stop: " + backends.remove(draw.below(backends.size()));
            default -> "delete: " + backends.remove(draw.below(backends.size()));
        };
    }
}
