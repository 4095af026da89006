package dev.podhop.run;

import java.util.ArrayList;
import java.util.List;

/**
 * A cluster in time, drawn from a seed: workloads that are scaled and rolled out, pods that are
 * deleted, killed and turn unready, nodes, links and kube-proxies that fail and recover, under
 * flows that go on all the while.
 */
final class RandomFaults {

    private static final String VIP = "198.51.100.";
    private static final int UNTIL_MILLIS = 20_000;
    private static final List<String> NAMES = List.of("plain:80", "plain.default.svc:80",
            "plain.default.svc.cluster.local.:80", "db:8080", "nobody:80");

    private final Draw draw;
    private final ClusterText text;
    private final int nodes;
    /** Whether there is a cluster DNS. */
    private final boolean names;
    private final List<String> clients = new ArrayList<>();
    private final List<String> barePods = new ArrayList<>();
    private final List<String> targets = new ArrayList<>();
    private final List<String> services = new ArrayList<>();
    private final List<String> balanced = new ArrayList<>();

    private RandomFaults(long seed) {
        // Seeds that follow each other must not give clusters that are alike.
        this.draw = new Draw(seed * 0x9E3779B97F4A7C15L);
        this.nodes = 2 + draw.below(3);
        this.names = draw.chance(30);
        this.text = ClusterText.nodes(nodes).spec("seed: " + seed).outside("ext");
    }

    static ClusterText of(long seed) {
        RandomFaults drawn = new RandomFaults(seed);
        drawn.pods();
        drawn.workloads();
        drawn.services();
        drawn.clusterDns();
        drawn.settings();
        drawn.flows();
        drawn.events();
        return drawn.text;
    }

    /** Clients live on the first node, which is never drained. */
    private void pods() {
        text.pod("client", "n1", "client");
        clients.addAll(List.of("pod/client", "node/n1", "external/ext"));
        for (int i = 1; i <= draw.below(4); i++) {
            text.pod("bare-" + i, draw.node(nodes), "web", draw.chance(85));
            barePods.add("bare-" + i);
            targets.add("pod/bare-" + i + ":8080");
        }
    }

    private void workloads() {
        text.document("""
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: web}
                spec:
                  replicas: %d
                  minReadySeconds: %d
                  strategy: %s
                  selector: {matchLabels: {app: web, by: deployment}}
                  template:
                    metadata: {labels: {app: web, by: deployment}}
                    spec: %s
                """.formatted(1 + draw.below(4), draw.below(3),
                draw.oneOf("{type: RollingUpdate, rollingUpdate: {maxSurge: 1, maxUnavailable: 0}}",
                        "{type: RollingUpdate, rollingUpdate: {maxSurge: 0, maxUnavailable: 1}}",
                        "{rollingUpdate: {maxSurge: 25%, maxUnavailable: 50%}}",
                        "{type: Recreate}"),
                podSpec()));
        if (draw.chance(40)) {
            text.document("""
                    apiVersion: apps/v1
                    kind: StatefulSet
                    metadata: {name: db}
                    spec:
                      replicas: %d
                      serviceName: db
                      podManagementPolicy: %s
                      selector: {matchLabels: {app: db}}
                      template:
                        metadata: {labels: {app: db}}
                        spec: %s
                    """.formatted(1 + draw.below(3), draw.oneOf("OrderedReady", "Parallel"),
                    podSpec()));
            service("db", "db", "clusterIP: None");
        }
    }

    private String podSpec() {
        String probe = draw.chance(50) ? ", readinessProbe: {httpGet: {path: /, port: 8080},"
                + " periodSeconds: %d, failureThreshold: %d}".formatted(1 + draw.below(3),
                        1 + draw.below(3))
                : "";
        String liveness = draw.chance(20) ? ", livenessProbe: {tcpSocket: {port: 8080},"
                + " periodSeconds: 2, failureThreshold: 2}" : "";
        String preStop = draw.chance(40) ? ", lifecycle: {preStop: {sleep: {seconds: %d}}}"
                .formatted(1 + draw.below(4)) : "";
        return "{terminationGracePeriodSeconds: %d, containers: [{name: main, image: example/main,"
                .formatted(1 + draw.below(8))
                + " ports: [{containerPort: 8080}, {containerPort: 8080, protocol: UDP}]" + probe
                + liveness + preStop + "}]}";
    }

    private void services() {
        service("plain", "web", "clusterIP: 10.96.0.1" + policies());
        if (draw.chance(60)) {
            String local = draw.oneOf("Local", "Cluster");
            service("lb", "web", "clusterIP: 10.96.0.2, type: LoadBalancer,"
                    + " externalTrafficPolicy: " + local + policies());
            balanced.add("lb");
            targets.add("service/lb@vip:80");
        }
        if (draw.chance(40)) {
            service("np", "web", "clusterIP: 10.96.0.3, type: NodePort" + policies());
        }
    }

    private void clusterDns() {
        if (!names) {
            return;
        }
        text.document("""
                apiVersion: v1
                kind: Namespace
                metadata: {name: kube-system}
                """).document("""
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: coredns, namespace: kube-system}
                data:
                  Corefile: |
                    .:53 {
                        kubernetes cluster.local in-addr.arpa ip6.arpa
                        forward . /etc/resolv.conf
                        cache 30
                    }
                """).document("""
                apiVersion: v1
                kind: Service
                metadata: {name: kube-dns, namespace: kube-system, labels: {k8s-app: kube-dns}}
                spec:
                  clusterIP: 10.96.0.10
                  selector: {k8s-app: kube-dns}
                  ports: [{name: dns, port: 53, protocol: UDP}, {name: dns-tcp, port: 53}]
                """);
        for (int i = 1; i <= 2; i++) {
            text.document("""
                    apiVersion: v1
                    kind: Pod
                    metadata:
                      name: coredns-%d
                      namespace: kube-system
                      labels: {k8s-app: kube-dns}
                    spec:
                      nodeName: n%d
                      dnsPolicy: Default
                      containers:
                      - name: coredns
                        image: example/coredns
                        ports: [{containerPort: 53, protocol: UDP}, {containerPort: 53}]
                    status:
                      podIP: 10.244.%d.53
                      conditions: [{type: Ready, status: 'True'}]
                    """.formatted(i, i, i));
        }
    }

    private void service(String name, String app, String spec) {
        services.add(name);
        String status = spec.contains("LoadBalancer")
                ? "status: {loadBalancer: {ingress: [{ip: %s7, ipMode: %s}]}}\n".formatted(VIP,
                        draw.oneOf("VIP", "Proxy"))
                : "";
        text.document("""
                apiVersion: v1
                kind: Service
                metadata: {name: %s}
                spec: {%s, selector: {app: %s}, ports: [{name: t, port: 80, targetPort: 8080},
                  {name: u, port: 80, protocol: UDP, targetPort: 8080}]}
                %s""".formatted(name, spec, app, status));
        if (!spec.contains("clusterIP: None")) {
            targets.add("service/" + name + ":80");
        }
    }

    private String policies() {
        return (draw.chance(15) ? ", internalTrafficPolicy: Local" : "")
                + (draw.chance(20) ? ", sessionAffinity: ClientIP" : "")
                + (draw.chance(15) ? ", publishNotReadyAddresses: true" : "");
    }

    private void settings() {
        text.spec("kubernetesVersion: \"1." + (30 + draw.below(9)) + "\"");
        String mode = draw.oneOf("iptables", "nftables", "ipvs");
        text.mode(mode);
        text.kubeProxy("ipvs: {scheduler: " + draw.oneOf(RandomScenario.SCHEDULERS)
                + ", minSyncPeriod: " + draw.oneOf("0s", "1s") + "}");
        text.kubeProxy("nftables: {minSyncPeriod: " + draw.oneOf("0s", "1s", "10s") + "}");
        boolean routed = draw.chance(20);
        text.network("fabric: " + draw.oneOf("vpc", "vpc", "l2"));
        text.network("podAttachment: " + (routed ? "routed" : "bridge"));
        if (routed) {
            // what is for a pod that is gone goes to and fro between its node and the edge
            text.spec("allowedViolations: [noForwardingLoop]");
        }
        text.network("sysctls: {net.ipv4.conf.all.rp_filter: " + draw.below(3)
                + ", net.ipv4.icmp_ratelimit: 0}");
        text.loadBalancer("backends: " + draw.oneOf("nodePort", "nodePort", "pod"));
        text.loadBalancer("clientIP: " + draw.oneOf("preserve", "snat"));
        if (draw.chance(60)) {
            text.loadBalancer("healthCheck: {interval: %ds, timeout: 1s, unhealthyThreshold: %d}"
                    .formatted(1 + draw.below(4), 1 + draw.below(3)));
        }
        if (draw.chance(50)) {
            text.spec("controlPlane: {watchDelay: %s}".formatted(draw.oneOf("0ms", "1ms..30ms",
                    "200ms..2s")));
        }
        if (draw.chance(50)) {
            text.spec("servers: [{pods: {app: web}, serviceTime: %dms, startupTime: %dms}]"
                    .formatted(draw.below(50), draw.below(1500)));
        }
        if (draw.chance(20)) {
            text.loadBalancer("profile: " + draw.oneOf("tke-clb", "aws-nlb-instance"));
        }
        if (draw.chance(40)) {
            text.spec("clients: [{pods: {app: client}, resolver: %s, retries: %d}]".formatted(
                    draw.oneOf("glibc", "musl", "jvm"), draw.below(3)));
        }
        text.kubeProxy("iptables: {minSyncPeriod: " + draw.oneOf("1s", "0s", "10s") + "}");
    }

    private void flows() {
        int flows = 1 + draw.below(3);
        for (int i = 1; i <= flows; i++) {
            boolean named = names && draw.chance(30);
            text.at(draw.below(3) + "s",
                    ("send: {flow: flow-%d, from: %s, to: \"%s\", %s, timeout: %ds, %s}")
                            .formatted(i, named ? "pod/client" : draw.oneOf(clients),
                                    named ? draw.oneOf(NAMES) : draw.oneOf(targets), load(),
                                    1 + draw.below(5), protocol()));
        }
    }

    /** How many attempts, and when. */
    private String load() {
        int count = 5 + draw.below(35);
        return switch (draw.below(6)) {
            case 0 -> "rate: %d, for: %ds".formatted(1 + draw.below(10), 1 + draw.below(8));
            case 1 -> "count: %d, clients: %d, thinkTime: %dms".formatted(count,
                    1 + draw.below(5), draw.below(300));
            default -> "count: %d, every: %dms".formatted(count, 50 + draw.below(300));
        };
    }

    private String protocol() {
        if (draw.chance(25)) {
            return "protocol: UDP";
        }
        String kept = draw.chance(30) ? ", keepAlive: true, multiplex: " + draw.chance(50)
                + ", connections: " + (1 + draw.below(3)) : "";
        return "requestSize: " + draw.oneOf("0", "200", "4000") + kept;
    }

    private void events() {
        for (int i = 1 + draw.below(6); i > 0; i--) {
            int at = draw.below(UNTIL_MILLIS);
            switch (draw.below(barePods.isEmpty() ? 9 : 13)) {
                case 0, 1 -> text.at(at + "ms", "scale: {target: deployment/web, replicas: "
                        + draw.below(6) + "}");
                case 2, 3 -> text.at(at + "ms", "rollout: deployment/web");
                case 4 -> text.at(at + "ms", "drain: node/n" + (2 + draw.below(nodes - 1)));
                case 5 -> fault(at, "node/" + draw.node(nodes));
                case 6 -> fault(at, "kube-proxy/" + draw.node(nodes));
                case 7 -> fault(at,
                        draw.oneOf("link/node/" + draw.node(nodes), "link/external/ext"));
                case 8 -> text.at(at + "ms",
                        "impair: {target: link/node/%s, latency: %dms, loss: %s}"
                                .formatted(draw.node(nodes), draw.below(30),
                                        draw.oneOf("0", "0.02", "0.3")));
                case 9 -> ready(at, draw.oneOf(barePods));
                case 10 -> text.at(at + "ms", "restart: pod/" + draw.oneOf(barePods));
                case 11 -> text.at(at + "ms", "stop: pod/" + draw.oneOf(barePods));
                default -> text.at(at + "ms", draw.oneOf("delete", "kill") + ": pod/"
                        + barePods.remove(draw.below(barePods.size())));
            }
        }
        if (draw.chance(30)) {
            text.at(draw.below(UNTIL_MILLIS) + "ms", "patch: {target: service/%s, with: {spec:"
                    .formatted(draw.oneOf(services))
                    + " {selector: {app: %s}}}}".formatted(
                            draw.oneOf("web", "db", "nobody")));
        }
        if (!balanced.isEmpty() && draw.chance(20)) {
            fault(draw.below(UNTIL_MILLIS), "healthCheck/" + draw.oneOf(balanced));
        }
    }

    private void ready(int at, String pod) {
        text.at(at + "ms", "patch: {target: pod/%s, with: {status: {conditions: [{type: Ready,"
                .formatted(pod) + " status: \"%s\"}]}}}".formatted(draw.oneOf("True", "False")));
    }

    /** Most faults are mended. */
    private void fault(int at, String target) {
        text.at(at + "ms", "fail: " + target);
        if (draw.chance(80)) {
            text.at(at + 100 + draw.below(60_000) + "ms", "recover: " + target);
        }
    }
}
