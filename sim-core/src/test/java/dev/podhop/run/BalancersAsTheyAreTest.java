package dev.podhop.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.cloud.LoadBalancerProfiles;
import dev.podhop.engine.SimTime;
import dev.podhop.run.result.RunResult;
import dev.podhop.run.state.ClusterState;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What each profile does, seen from outside: its sessions, its probes, whom it lets in, what it
 * takes up and binds. A row for every profile; that none is missing is a test as well.
 */
class BalancersAsTheyAreTest {

    private static final String VIP = "198.51.100.7";
    private static final String READY = "patch: {target: pod/%s, with: {status: {conditions: "
            + "[{type: Ready, status: '%s'}]}}}";
    private static final String LOCAL = "externalTrafficPolicy: Local";

    private static Collection<String> names() {
        return LoadBalancerProfiles.names();
    }

    private static boolean sendsToPods(String profile) {
        return LoadBalancerProfiles.of(profile).orElseThrow().settings().backends().toString()
                .equals("pod");
    }

    /** One port, of one protocol: more than that VKE does not take. */
    private static String service(String protocol, String more) {
        return """
                apiVersion: v1
                kind: Service
                metadata: {name: web}
                spec: {type: LoadBalancer, clusterIP: 10.96.0.10, selector: {app: web}, ports: \
                [{port: 80, protocol: %s, targetPort: 8080, nodePort: 30080}]%s}
                status: {loadBalancer: {ingress: [{ip: 198.51.100.7}]}}
                """.formatted(protocol, more.isEmpty() ? "" : ", " + more);
    }

    /** Pods on n1 and n2; n3 has none. */
    private static ClusterText cluster(String profile, String more) {
        return ClusterText.nodes(3).pod("web-1", "n1", "web").pod("web-2", "n2", "web")
                .document(service("TCP", more)).outside("ext")
                .loadBalancer("profile: " + profile).network("latency: {external: 1ms}");
    }

    /** Only web-2 is ready at first, so that sessions go there; web-1 is a while later. */
    private static ClusterText withSessionsAtWeb2(String profile, String protocol, int count,
            String every) {
        return ClusterText.nodes(3).pod("web-1", "n1", "web", false).pod("web-2", "n2", "web")
                .document(service(protocol, LOCAL)).outside("ext")
                .loadBalancer("profile: " + profile)
                .loadBalancer("controller: {apiLatency: 0s}")
                .network("latency: {external: 1ms}")
                .at("1s", "send: {flow: f, from: external/ext, to: '" + VIP + ":80', protocol: "
                        + protocol + ", count: " + count + ", every: " + every
                        + ", timeout: 900ms, "
                        + (protocol.equals("TCP") ? "keepAlive: true" : "sourcePort: 5000") + "}")
                .at("3s", READY.formatted("web-1", "True"));
    }

    /**
     * What became of the session: kept, reset by the balancer itself, or moved to another. A UDP
     * session may be kept and lead nowhere: kube-proxy cleans up behind an endpoint that is gone.
     */
    private static String fate(ClusterText text, String protocol) {
        RunResult run = Answers.of(text).traced();
        List<String> who = Answers.answerers(run, "f");
        assertThat(who.getFirst()).isEqualTo("pod/web-2");
        Set<String> after = new HashSet<>(who);
        if (after.equals(Set.of("pod/web-2"))
                || protocol.equals("UDP") && !after.contains("pod/web-1")) {
            return "kept";
        }
        boolean byBalancer = Answers.story(run.hops()).stream()
                .anyMatch(line -> line.startsWith("fab ") && line.endsWith(": tcp-reset"));
        if (protocol.equals("TCP")) {
            assertThat(after).contains("Reset");
        } else {
            assertThat(who.getLast()).isEqualTo("pod/web-1");
        }
        return byBalancer ? "reset" : "moved";
    }

    /**
     * Its readiness goes, though it serves: kube-proxy says 503. Of a pod that is bound itself,
     * whose readiness would unbind it, the wire is cut for a while between two requests. UDP to
     * pods is not probed.
     */
    private static ClusterText unhealthy(String profile, String protocol) {
        return sendsToPods(profile)
                ? withSessionsAtWeb2(profile, protocol, 2, "150s")
                        .at("40s", "fail: link/pod/web-2").at("100s", "recover: link/pod/web-2")
                : withSessionsAtWeb2(profile, protocol, 40, "5s")
                        .at("100s", READY.formatted("web-2", "False"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"tke-clb, kept, kept", "tke-clb-direct, kept, kept", "vke-clb, kept, kept",
        "aws-nlb-instance, reset, moved", "aws-nlb-ip, reset, kept",
        "azure-public, kept, moved",
        "aws-classic-elb, reset, moved", "azure-ilb, kept, moved", "gcp-internal, kept, moved",
        "gcp-external, kept, moved", "metallb-l2, moved, moved", "metallb-bgp, moved, moved"})
    void anOpenSessionWhoseTargetTurnsUnhealthy(String profile, String tcp, String udp) {
        assertThat(fate(unhealthy(profile, "TCP"), "TCP")).as("TCP").isEqualTo(tcp);
        assertThat(fate(unhealthy(profile, "UDP"), "UDP")).as("UDP").isEqualTo(udp);
    }

    /** A node is excluded; a pod that is bound itself is no longer ready. It goes on serving. */
    private static ClusterText removed(String profile, String protocol) {
        return withSessionsAtWeb2(profile, protocol, 90, "5s").at("100s", sendsToPods(profile)
                ? READY.formatted("web-2", "False")
                : "patch: {target: node/n2, with: {metadata: {labels: "
                        + "{node.kubernetes.io/exclude-from-external-load-balancers: ''}}}}");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"tke-clb, kept, kept", "tke-clb-direct, kept, kept", "vke-clb, kept, kept",
        "aws-nlb-instance, kept, moved", "aws-nlb-ip, kept, moved",
        "azure-public, kept, kept",
        "aws-classic-elb, reset, moved", "azure-ilb, kept, kept", "gcp-internal, moved, moved",
        "gcp-external, moved, moved", "metallb-l2, moved, moved", "metallb-bgp, moved, moved"})
    void anOpenSessionWhoseTargetIsRemoved(String profile, String tcp, String udp) {
        assertThat(fate(removed(profile, "TCP"), "TCP")).as("TCP").isEqualTo(tcp);
        assertThat(fate(removed(profile, "UDP"), "UDP")).as("UDP").isEqualTo(udp);
    }

    /** Ten connections while a third node comes: whose target stays has nothing to fear, mostly. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({"tke-clb, kept", "tke-clb-direct, kept", "vke-clb, kept", "aws-nlb-instance, kept",
        "azure-public, kept",
        "aws-nlb-ip, kept", "aws-classic-elb, kept", "azure-ilb, kept", "gcp-internal, kept",
        "gcp-external, kept", "metallb-bgp, moved"})
    void anOpenSessionWhenAnotherTargetComes(String profile, String tcp) {
        ClusterText text = cluster(profile, LOCAL).pod("web-3", "n3", "web", false)
                .loadBalancer("controller: {apiLatency: 0s}")
                .at("60s", "send: {flow: f, from: external/ext, to: '" + VIP + ":80', count: 300, "
                        + "every: 1s, keepAlive: true, connections: 10, timeout: 900ms}")
                .at("100s", READY.formatted("web-3", "True"));

        assertThat(Answers.answerers(Answers.of(text).run(), "f").contains("Reset"))
                .isEqualTo(tcp.equals("moved"));
    }

    /** MetalLB: whoever answers for the address now gets everything; nothing else is lost. */
    @Test
    void aStreamFollowsTheAnnouncer() {
        ClusterText text = withSessionsAtWeb2("metallb-l2", "UDP", 600, "100ms")
                .at("20s", READY.formatted("web-2", "False"));
        List<String> who = Answers.answerers(Answers.of(text).run(), "f");

        assertThat(new TreeSet<>(who)).contains("pod/web-1", "pod/web-2");
        assertThat(who.stream().filter(w -> !w.startsWith("pod/")).count()).isLessThan(25);
    }

    /** Dead by memberlist within seconds, by BGP's hold time within minutes; not by the lease. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({"metallb-l2, 3s, 10s", "metallb-bgp, 150s, 200s"})
    void aDeadNodeIsFoundWithoutTheApiServer(String profile, String early, String late) {
        ClusterText text = cluster(profile, "").at("0s", "fail: node/n2")
                .spec("controlPlane: {nodeMonitorGrace: 1000s}");

        assertThat(health(text, early, "n2")).isEqualTo("healthy");
        assertThat(health(text, late, "n2")).isEqualTo("unhealthy");
        assertThat(health(text.at("300s", "recover: node/n2"), "320s", "n2"))
                .isEqualTo("healthy");
    }

    private static ClusterState at(ClusterText text, String time) {
        return new ScenarioRunner(text.load()).state(OptionalLong.of(SimTime.parseNanos(time)));
    }

    private static String health(ClusterText text, String time, String target) {
        return at(text, time).loadBalancerTargets().rows().stream()
                .filter(row -> row.get(1).startsWith("TCP") && row.get(6).equals(target))
                .map(row -> row.get(9)).findFirst().orElse("not bound");
    }

    /** Cluster: kube-proxy's own word, or any pod behind the node port; Local: what is ready. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({"tke-clb, nodePort, healthCheckNodePort",
        "aws-nlb-instance, nodePort, healthCheckNodePort",
        "aws-classic-elb, nodePort, healthCheckNodePort",
        "azure-public, nodePort, healthCheckNodePort",
        "azure-ilb, nodePort, healthCheckNodePort",
        "gcp-internal, kubeProxy, healthCheckNodePort",
        "gcp-external, kubeProxy, healthCheckNodePort"})
    void whatANodeIsAsked(String profile, String cluster, String local) {
        ClusterText dead = cluster(profile, "").at("10s", "fail: kube-proxy/n1");
        assertThat(health(dead, "290s", "n1")).as("its kube-proxy is dead")
                .isEqualTo(cluster.equals("kubeProxy") ? "unhealthy" : "healthy");
        ClusterText nobody = cluster(profile, "").at("10s", "stop: pod/web-1")
                .at("10s", "stop: pod/web-2");
        assertThat(health(nobody, "110s", "n3")).as("nobody serves")
                .isEqualTo(cluster.equals("kubeProxy") ? "healthy" : "unhealthy");
        ClusterText drained = cluster(profile, "").at("10s", "patch: {target: node/n1, with: "
                + "{spec: {taints: [{key: ToBeDeletedByClusterAutoscaler, effect: NoSchedule}]}}}");
        assertThat(health(drained, "290s", "n1")).as("it drains (KEP-3836)")
                .isEqualTo(cluster.equals("kubeProxy") ? "unhealthy" : "healthy");
        ClusterText unready = cluster(profile, LOCAL)
                .at("10s", READY.formatted("web-1", "False"));
        assertThat(health(unready, "290s", "n1")).as("nothing there is ready")
                .isEqualTo(local.equals("healthCheckNodePort") ? "unhealthy" : "healthy");
        assertThat(health(cluster(profile, LOCAL), "0s", "n3")).isEqualTo("unhealthy");
    }

    /** A pod that is bound itself is asked itself, whatever the policy. */
    @ParameterizedTest
    @CsvSource({"tke-clb-direct", "vke-clb", "aws-nlb-ip"})
    void aPodIsAskedItself(String profile) {
        for (String policy : List.of("", LOCAL)) {
            ClusterText text = cluster(profile, policy).at("10s", "fail: kube-proxy/n1")
                    .at("10s", "fail: link/pod/web-2");
            assertThat(health(text, "100s", "pod/web-1")).isEqualTo("healthy");
            assertThat(health(text, "100s", "pod/web-2")).isEqualTo("unhealthy");
        }
    }

    /** Where nobody asks, there is nothing but what the API server says, and who is dead. */
    @ParameterizedTest
    @CsvSource({"metallb-l2", "metallb-bgp"})
    void nobodyAsks(String profile) {
        ClusterText text = cluster(profile, "").at("10s", "fail: kube-proxy/n1");

        assertThat(health(text, "290s", "n1")).isEqualTo("healthy");
    }

    /** HTTP where the port says so (AKS), and a status that is an error. */
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"404, TimedOut", "301, Answered", "200, Answered"})
    void aProbeOverHttpWantsAGoodStatus(int status, String outcome) {
        ClusterText text = ClusterText.nodes(2).pod("web-1", "n1", "web").document("""
                apiVersion: v1
                kind: Service
                metadata: {name: web}
                spec:
                  type: LoadBalancer
                  clusterIP: 10.96.0.10
                  selector: {app: web}
                  ports: [{name: t, port: 80, targetPort: 8080, appProtocol: http}]
                status: {loadBalancer: {ingress: [{ip: 198.51.100.7}]}}
                """).outside("ext").loadBalancer("profile: azure-ilb")
                .spec("servers: [{pods: {app: web}, status: {/: " + status + "}}]")
                .at("0s", ClusterText.send("early", "external/ext", VIP + ":80", 1, ""))
                .at("100s", ClusterText.send("late", "external/ext", VIP + ":80", 1, ""));
        RunResult run = Answers.of(text).run();

        assertThat(run.attempts()).allMatch(a -> a.outcome().name().equals(outcome));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"tke-clb, Answered, ''", "tke-clb-direct, Answered, ''", "vke-clb, Answered, ''",
        "aws-nlb-instance, TimedOut, LB_SOURCE_RANGES", "aws-nlb-ip, TimedOut, LB_SOURCE_RANGES",
        "azure-public, TimedOut, LB_SOURCE_RANGES",
        "aws-classic-elb, TimedOut, LB_SOURCE_RANGES", "azure-ilb, TimedOut, LB_SOURCE_RANGES",
        "gcp-internal, TimedOut, LB_SOURCE_RANGES", "gcp-external, TimedOut, LB_SOURCE_RANGES",
        "metallb-l2, TimedOut, NETFILTER_DROP", "metallb-bgp, TimedOut, NETFILTER_DROP"})
    void whomSourceRangesDoNotName(String profile, String outcome, String where) {
        ClusterText text =
                cluster(profile, "loadBalancerSourceRanges: [203.0.113.3/32, 10.0.0.0/8]")
                        .spec("allowedViolations: []")
                        .at("1s", ClusterText.send("f", "external/ext", VIP + ":80", 3, ""));
        RunResult run = Answers.of(text).traced();

        assertThat(run.attempts()).hasSize(3)
                .allMatch(a -> a.outcome().name().equals(outcome));
        if (!where.isEmpty()) {
            assertThat(Answers.story(run.hops())).anyMatch(line -> line.endsWith(where));
        }
    }

    private static ClusterText asking(String profile, String field) {
        return ClusterText.nodes(1).pod("web-1", "n1", "web").document("""
                apiVersion: v1
                kind: Service
                metadata: {name: web}
                spec: {type: LoadBalancer, clusterIP: 10.96.0.10, selector: {app: web}, ports: \
                [{port: 80, targetPort: 8080}], %s}
                """.formatted(field)).outside("ext").loadBalancer("profile: " + profile);
    }

    private static String address(ClusterText text) {
        return at(text, "0s").loadBalancers().rows().stream().map(row -> row.get(2)).findFirst()
                .orElse("nothing");
    }

    @ParameterizedTest
    @MethodSource("names")
    void aClassThatIsNotTakenUpLeavesTheServicePending(String profile) {
        assertThat(address(asking(profile, "loadBalancerClass: example.com/other")))
                .isEqualTo("<none>");
        for (String own : LoadBalancerProfiles.of(profile).orElseThrow().settings()
                .registration().classes()) {
            assertThat(address(asking(profile, "loadBalancerClass: " + own))).as(own)
                    .isNotEqualTo("<none>");
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"tke-clb, ignored", "tke-clb-direct, ignored", "vke-clb, ignored",
        "aws-nlb-instance, refused", "aws-nlb-ip, ignored", "aws-classic-elb, refused",
        "azure-public, honoured",
        "azure-ilb, honoured", "gcp-internal, honoured", "gcp-external, honoured",
        "metallb-l2, honoured", "metallb-bgp, honoured"})
    void anAddressThatIsAskedFor(String profile, String what) {
        String address = address(asking(profile, "loadBalancerIP: 10.9.9.9"));

        assertThat(address.equals("10.9.9.9") ? "honoured"
                : address.equals("<none>") ? "refused"
                : "ignored").isEqualTo(what);
    }

    @Test
    void anAddressThatIsTakenIsNotGivenTwice() {
        ClusterText text = asking("metallb-l2", "loadBalancerIP: 10.9.9.9").document("""
                apiVersion: v1
                kind: Service
                metadata: {name: second}
                spec: {type: LoadBalancer, loadBalancerIP: 10.9.9.9, selector: {app: web}, ports: \
                [{port: 81, targetPort: 8080}]}
                """);

        assertThat(at(text, "0s").loadBalancers().rows()).anySatisfy(row -> {
            assertThat(row.get(3)).isEqualTo("default/second");
            assertThat(row.get(2)).isEqualTo("<none>");
            assertThat(row.get(5)).startsWith("10.9.9.9 is the address of public lb-");
        });
    }

    /** An endpoint that is no pod, a node that is not ready, one of the control plane. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', value = {"tke-clb | n1", "tke-clb-direct | 10.7.7.7:8080",
        "vke-clb | 10.7.7.7:8080", "aws-nlb-instance | n1 n2 n3", "aws-nlb-ip | <none>",
        "azure-public | n1 n2 n3",
        "aws-classic-elb | n1 n2 n3", "azure-ilb | n1 n2 n3", "gcp-internal | n1 n2 n3",
        "gcp-external | n1 n2 n3", "metallb-l2 | n1 n2 n3", "metallb-bgp | n1 n2 n3"})
    void whatIsBound(String profile, String bound) {
        ClusterText text = ClusterText.nodes(1).document("""
                apiVersion: v1
                kind: Node
                metadata: {name: n2, labels: {node-role.kubernetes.io/control-plane: ''}}
                spec: {podCIDR: 10.244.2.0/24}
                status: {addresses: [{type: InternalIP, address: 10.0.0.12}]}
                """).document("""
                apiVersion: v1
                kind: Node
                metadata: {name: n3}
                spec: {podCIDR: 10.244.3.0/24}
                status:
                  addresses: [{type: InternalIP, address: 10.0.0.13}]
                  conditions: [{type: Ready, status: Unknown}]
                """).document("""
                apiVersion: v1
                kind: Node
                metadata:
                  name: n4
                  labels: {node.kubernetes.io/exclude-from-external-load-balancers: ''}
                spec: {podCIDR: 10.244.4.0/24}
                status: {addresses: [{type: InternalIP, address: 10.0.0.14}]}
                """).document("""
                apiVersion: v1
                kind: Service
                metadata: {name: web}
                spec: {type: LoadBalancer, clusterIP: 10.96.0.10, ports: [{port: 80}]}
                status: {loadBalancer: {ingress: [{ip: 198.51.100.7}]}}
                """).document("""
                apiVersion: discovery.k8s.io/v1
                kind: EndpointSlice
                metadata: {name: web-x, labels: {kubernetes.io/service-name: web}}
                addressType: IPv4
                ports: [{port: 8080}]
                endpoints: [{addresses: [10.7.7.7], conditions: {ready: true}}]
                """).outside("ext").loadBalancer("profile: " + profile);

        assertThat(String.join(" ", at(text, "0s").loadBalancerTargets().rows().stream()
                .map(row -> row.get(6)).toList())).isEqualTo(bound);
    }

    /** A vendor's own words stand on that vendor only. */
    @ParameterizedTest
    @MethodSource("names")
    void wordsOfAVendor(String profile) {
        ClusterState state = at(cluster(profile, ""), "0s");
        String all = state.loadBalancers().rows() + " " + state.loadBalancerTargets().rows();

        assertThat(all.contains("TKE_") || all.contains("tke-"))
                .isEqualTo(profile.startsWith("tke-"));
        assertThat(all.contains("kubernetes.io/service-name"))
                .isEqualTo(profile.startsWith("aws-"));
    }

    /** Without an endpoint that serves nobody answers for the address. */
    @ParameterizedTest(name = "{0}, {1}")
    @CsvSource({"metallb-l2, Cluster", "metallb-l2, Local", "metallb-bgp, Cluster",
        "metallb-bgp, Local"})
    void nobodyAnnounces(String profile, String policy) {
        ClusterText text = ClusterText.nodes(2).pod("web-1", "n1", "web", false)
                .balanced("web", "web", "10.96.0.10", "VIP", "externalTrafficPolicy: " + policy)
                .outside("ext").loadBalancer("profile: " + profile)
                .flow("f", "external/ext", VIP + ":80", 3);

        assertThat(Answers.of(text).odds("f")).containsExactly("TimedOut");
        assertThat(Answers.story(Answers.of(text).traced().hops()))
                .anyMatch(line -> line.endsWith("LB_NOT_ANNOUNCED"));
    }

    private static ClusterText doors(String profile, String policy, String ingress) {
        return ClusterText.nodes(2).pod("web-2", "n2", "web").document("""
                apiVersion: v1
                kind: Service
                metadata: {name: web}
                spec:
                  type: LoadBalancer
                  externalTrafficPolicy: %s
                  clusterIP: 10.96.0.10
                  selector: {app: web}
                  ports: [{port: 80, targetPort: 8080}]
                %s
                """.formatted(policy, ingress)).outside("ext")
                .spec(profile.isEmpty() ? "description: none"
                        : "loadBalancer: {profile: "
                                + profile + "}")
                .flow("n1", "external/ext", "10.0.0.11:80", 1)
                .flow("n2", "external/ext", "10.0.0.12:80", 1);
    }

    /** Each ingress address is the door of the node that has it, and no load balancer's. */
    @ParameterizedTest(name = "{0}, {1}")
    @CsvSource({"'', Cluster", "'', Local", "k3s-servicelb, Cluster", "k3s-servicelb, Local"})
    void anAddressThatANodeHasIsItsOwnDoor(String profile, String policy) {
        Answers answers = Answers.of(doors(profile, policy,
                "status: {loadBalancer: {ingress: [{ip: 10.0.0.11}, {ip: 10.0.0.12}]}}"));

        assertThat(answers.odds("n2")).containsExactly(policy.equals("Local")
                ? "Answered pod/web-2 203.0.113.2"
                : "Answered pod/web-2 10.244.2.1");
        assertThat(answers.odds("n1")).containsExactly(policy.equals("Local") ? "TimedOut"
                : "Answered pod/web-2 10.0.0.11");
        assertThat(new ScenarioRunner(answers.scenario()).state(OptionalLong.empty())
                .loadBalancerTargets().rows()).isEmpty();
    }

    /** K3s writes the nodes' addresses itself; with policy Local of those with an endpoint. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({"Cluster, '10.0.0.11,10.0.0.12'", "Local, 10.0.0.12"})
    void k3sShowsItsNodes(String policy, String shown) {
        ClusterText text = doors("k3s-servicelb", policy, "");

        assertThat(at(text, "0s").services(true).rows().toString()).contains(shown);
    }

    @Test
    void noProfileIsMissingInTheTables() throws NoSuchMethodException {
        for (String test : List.of("anOpenSessionWhoseTargetTurnsUnhealthy",
                "anOpenSessionWhoseTargetIsRemoved", "whomSourceRangesDoNotName",
                "anAddressThatIsAskedFor", "whatIsBound")) {
            Class<?>[] types = test.equals("anAddressThatIsAskedFor") || test.equals("whatIsBound")
                    ? new Class<?>[] {String.class, String.class}
                    : new Class<?>[] {String.class, String.class, String.class};
            Set<String> rows = new TreeSet<>();
            for (String row : BalancersAsTheyAreTest.class.getDeclaredMethod(test, types)
                    .getAnnotation(CsvSource.class).value()) {
                rows.add(row.split("[,|]")[0].strip());
            }
            Set<String> expected = new TreeSet<>(names());
            expected.remove("k3s-servicelb"); // it has no load balancer: see the doors
            assertThat(rows).as(test).isEqualTo(expected);
        }
    }
}
