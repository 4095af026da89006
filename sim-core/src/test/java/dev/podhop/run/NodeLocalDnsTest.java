package dev.podhop.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.packet.EtherType;
import dev.podhop.run.result.RunResult;
import dev.podhop.trace.Hop;
import dev.podhop.trace.Step;
import dev.podhop.workload.AttemptResult;
import dev.podhop.workload.ResultKey;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * NodeLocal DNSCache: who answers for names where it is, is not, and is no more.
 *
 * <pre>
 *   n1: client, the cache     n2: dns-1, web-1     n3: bystander, no cache
 * </pre>
 */
class NodeLocalDnsTest {

    private static final String ALONE = "169.254.20.10";
    /** With the ClusterIP of kube-dns, so that pods' resolv.conf stays as it is. */
    private static final String BOUND = "169.254.20.10,10.96.0.2";

    private static ClusterText cluster(String addresses, String more) {
        return servers().document("""
                apiVersion: v1
                kind: Pod
                metadata: {name: cache, namespace: kube-system}
                spec:
                  nodeName: n1
                  hostNetwork: true
                  containers:
                  - name: node-cache
                    image: example/node-cache
                    args: [-localip, "%s", -upstreamsvc, kube-dns-upstream%s]
                status:
                  podIP: 10.0.0.11
                  conditions: [{type: Ready, status: 'True'}]
                """.formatted(addresses, more));
    }

    private static ClusterText servers() {
        return ClusterText.nodes(3).pod("client", "n1", "client").pod("bystander", "n3", "client")
                .pod("web-1", "n2", "web").service("web", "web", "10.96.0.20", "").document("""
                        apiVersion: v1
                        kind: Service
                        metadata: {name: kube-dns, namespace: kube-system}
                        spec:
                          clusterIP: 10.96.0.2
                          selector: {k8s-app: kube-dns}
                          ports: [{port: 53, protocol: UDP}]
                        """).document("""
                        apiVersion: v1
                        kind: Pod
                        metadata: {name: dns-1, namespace: kube-system, labels: {k8s-app: kube-dns}}
                        spec: {nodeName: n2, containers: [{name: c, image: i}]}
                        status:
                          podIP: 10.244.2.53
                          conditions: [{type: Ready, status: 'True'}]
                        """);
    }

    private static List<Hop> questions(RunResult run) {
        return run.hops().stream().filter(h -> h.header().etherType() != EtherType.ARP)
                .filter(h -> h.header().destinationPort() == 53).toList();
    }

    private static List<Hop> entered(RunResult run, String place) {
        return questions(run).stream().filter(h -> h.place().label().equals(place))
                .filter(h -> h.terminal() instanceof Step.Delivered).toList();
    }

    /** The node asks once, over TCP, for all that its pods ask until the answer is old. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', value = {"169.254.20.10", "169.254.20.10,10.96.0.2"})
    void whatANodeWasToldItsPodsAreToldByTheNode(String addresses) {
        RunResult run = Answers.of(cluster(addresses, "").flow("f", "pod/client", "web:80", 10))
                .traced();

        assertThat(Answers.answerers(run, "f")).containsOnly("pod/web-1");
        assertThat(entered(run, "node/n1")).hasSize(20)
                .allMatch(h -> h.header().what().startsWith("UDP"));
        assertThat(entered(run, "pod/kube-system/dns-1")).isNotEmpty()
                .noneMatch(h -> h.header().what().startsWith("UDP"))
                .filteredOn(h -> h.header().what().equals("SYN")).hasSize(2);
        assertThat(run.attempts()).allMatch(a -> a.questions() == 2);
    }

    @Test
    void noConnectionTableKnowsWhatGoesToTheCache() {
        RunResult run = Answers.of(cluster(BOUND, "").flow("f", "pod/client", "web:80", 1))
                .traced();

        assertThat(questions(run)).filteredOn(h -> h.place().label().equals("node/n1")
                && h.header().source().toString().startsWith("10.244.1."))
                .isNotEmpty().allSatisfy(hop -> assertThat(hop.steps())
                        .noneMatch(step -> step instanceof Step.Nat
                                || step instanceof Step.Conntrack));
    }

    /** Where no cache is: the address is nobody's; a ClusterIP is kube-proxy's. */
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', value = {
        "169.254.20.10           | TimedOut",
        "169.254.20.10,10.96.0.2 | Answered pod/web-1 10.244.3.10",
    })
    void aNodeWithoutCache(String addresses, String ends) {
        assertThat(ends(cluster(addresses, "").flow("f", "pod/bystander", "web:80", 1)))
                .containsExactly(ends);
    }

    /** SIGTERM takes device and rules away; SIGKILL and a crash leave them, and nobody listens. */
    @ParameterizedTest(name = "{0}, {1}{2}: {3}")
    @CsvSource(delimiter = '|', value = {
        "delete | 169.254.20.10           | ''                   | TimedOut",
        "delete | 169.254.20.10,10.96.0.2 | ''                   | Answered pod/web-1 10.244.1.10",
        "delete | 169.254.20.10           | , -skipteardown=true | Refused",
        "delete | 169.254.20.10,10.96.0.2 | , -skipteardown=true | Refused",
        "kill   | 169.254.20.10           | ''                   | Refused",
        "kill   | 169.254.20.10,10.96.0.2 | ''                   | Refused",
        "stop   | 169.254.20.10,10.96.0.2 | ''                   | Refused",
    })
    void aCacheThatIsNoMore(String verb, String addresses, String more, String ends) {
        assertThat(ends(cluster(addresses, more)
                .at("1s", verb + ": pod/kube-system/cache")
                .at("90s", "send: {flow: f, from: pod/client, to: 'web:80', timeout: 30s}")))
                .containsExactly(ends);
    }

    /** A new process makes its device again; what it was told before it does not know. */
    @Test
    void aCacheThatComesBackAnswersAgain() {
        RunResult run = Answers.of(cluster(ALONE, "").flow("f", "pod/client", "web:80", 1)
                .at("1s", "restart: pod/kube-system/cache")
                .at("4s", "send: {flow: g, from: pod/client, to: 'web:80', timeout: 30s}"))
                .traced();

        assertThat(Answers.answerers(run, "g")).containsOnly("pod/web-1");
        assertThat(entered(run, "pod/kube-system/dns-1"))
                .filteredOn(h -> h.header().what().equals("SYN")).hasSize(4);
    }

    /** {@code forward} asks once and says SERVFAIL: glibc gives up then, musl waits for better. */
    @ParameterizedTest(name = "{0}, {1}: {2} within {3} s")
    @CsvSource(delimiter = '|', value = {
        "client | delete: pod/kube-system/dns-1    | Unreachable dns.failed | 0 | 0.1",
        "client | fail: link/pod/kube-system/dns-1 | Unreachable dns.failed | 1 | 2.1",
        "alpine | delete: pod/kube-system/dns-1    | TimedOut dns.silent    | 5 | 5.1",
    })
    void aCacheWhoseServersAreGoneSaysSo(String pod, String event, String ends, double least,
            double most) {
        RunResult run = Answers.of(cluster(ALONE, "").pod("alpine", "n1", "alpine")
                .spec("clients: [{pods: {app: alpine}, resolver: musl}]").at("1s", event)
                .at("90s", "send: {flow: f, from: pod/%s, to: 'web:80', timeout: 30s}"
                        .formatted(pod)))
                .run();

        AttemptResult attempt = run.attempts().getFirst();
        assertThat(attempt.outcome() + " " + Objects.requireNonNull(attempt.why()).code())
                .isEqualTo(ends);
        assertThat(attempt.durationNanos() / 1e9).isBetween(least, most);
    }

    /** An answer is kept for its own TTL, at most 30 s; that there is none for 5 s. */
    @Test
    void anAnswerOutlivesWhoGaveIt() {
        ClusterText text = cluster(ALONE, "").document("""
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: coredns, namespace: kube-system}
                data:
                  Corefile: |
                    .:53 {
                        kubernetes cluster.local {
                            ttl 60
                        }
                        cache 60
                    }
                """).at("0s", "send: {flow: f, from: pod/client, to: 'web:80', count: 60,"
                + " every: 1s, timeout: 30s}").at("500ms", "delete: pod/kube-system/dns-1");

        List<String> outcomes = Answers.answerers(Answers.of(text).run(), "f");
        assertThat(outcomes.indexOf("Unreachable")).isEqualTo(31);
        assertThat(outcomes.subList(31, 60)).containsOnly("Unreachable");
    }

    /** A host that drops what nobody accepts: the cache's own rules accept. */
    @ParameterizedTest
    @ValueSource(strings = {"INPUT", "OUTPUT"})
    void itsRulesAcceptWhatAFirewallWouldDrop(String chain) {
        RunResult run = Answers.of(cluster(ALONE, "")
                .network("chainPolicies: {nodes: {n1: {" + chain + ": DROP}}}")
                .flow("f", "pod/client", "web:80", 1)).traced();

        assertThat(entered(run, "node/n1")).isNotEmpty();
        assertThat(run.hops()).filteredOn(h -> h.place().label().equals("pod/client")
                && h.header().sourcePort() == 53).isNotEmpty();
    }

    /** A Scenario's key is the project's manifest: one on every node, and pods that ask it. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', value = {"iptables", "nftables", "ipvs"})
    void aScenarioAsksForIt(String mode) {
        ClusterText text = servers().mode(mode).spec("dns: {nodeLocal: {}}")
                .flow("a", "pod/client", "web:80", 2).flow("b", "pod/bystander", "web:80", 2);
        RunResult run = Answers.of(text).traced();

        assertThat(Answers.answerers(run, "a")).containsOnly("pod/web-1");
        assertThat(Answers.answerers(run, "b")).containsOnly("pod/web-1");
        assertThat(entered(run, "node/n1")).hasSize(4);
        assertThat(entered(run, "node/n3")).hasSize(4);
        assertThat(Answers.of(text).odds("b")).containsExactly("Answered pod/web-1 10.244.3.10");
    }

    private static List<String> ends(ClusterText text) {
        return Answers.of(text).run().attempts().stream()
                .map(a -> Answers.text(new ResultKey(a.outcome(), a.endpoint(),
                        a.source() == null ? null : a.source().toString())))
                .toList();
    }
}
