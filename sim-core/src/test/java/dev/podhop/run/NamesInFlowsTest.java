package dev.podhop.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.engine.SimTime;
import dev.podhop.net.L4Protocol;
import dev.podhop.packet.EtherType;
import dev.podhop.run.result.RunOptions;
import dev.podhop.run.result.RunResult;
import dev.podhop.run.result.TraceRequest;
import dev.podhop.run.result.TraceResult;
import dev.podhop.trace.DropReason;
import dev.podhop.trace.Explanation;
import dev.podhop.trace.Hop;
import dev.podhop.trace.Outcome;
import dev.podhop.trace.StateChange;
import dev.podhop.trace.Step;
import dev.podhop.workload.AttemptResult;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import org.apache.commons.math3.fraction.BigFraction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Flows that call names.
 *
 * <pre>
 *   n1: client, alpine, jvm, mended     n2: dns-1, web-1     n3: dns-2
 * </pre>
 */
class NamesInFlowsTest {

    private static ClusterText cluster(String kernel) {
        return ClusterText.nodes(3).document("""
                apiVersion: v1
                kind: Node
                metadata: {name: n4}
                spec: {podCIDR: 10.244.4.0/24}
                status:
                  addresses: [{type: InternalIP, address: 10.0.0.14}]
                  nodeInfo: {kernelVersion: %s}
                """.formatted(kernel)).pod("client", "n4", "client")
                .pod("alpine", "n4", "alpine").pod("jvm", "n4", "jvm").pod("web-1", "n2", "web")
                .service("web", "web", "10.96.0.20", "")
                .document(own("mended", "n4", 60, "dnsConfig: {options: [{name: "
                        + "single-request-reopen}]}"))
                .document(own("alone", "n4", 61, "dnsPolicy: None"))
                .document(own("host-like", "n4", 62, "dnsPolicy: Default"))
                .spec("clients: [{pods: {app: alpine}, resolver: musl},"
                        + " {pods: {app: jvm}, resolver: jvm}]");
    }

    private static String own(String name, String node, int last, String spec) {
        return """
                apiVersion: v1
                kind: Pod
                metadata: {name: %s}
                spec:
                  nodeName: %s
                  %s
                  containers: [{name: main, image: example/main}]
                status:
                  podIP: 10.244.%s.%d
                  conditions: [{type: Ready, status: 'True'}]
                """.formatted(name, node, spec, node.substring(1), last);
    }

    /** CoreDNS on n2, n3 and n1, as many as wanted. */
    private static ClusterText served(String kernel, int servers) {
        ClusterText text = cluster(kernel).document("""
                apiVersion: v1
                kind: Service
                metadata: {name: kube-dns, namespace: kube-system}
                spec:
                  clusterIP: 10.96.0.10
                  selector: {k8s-app: kube-dns}
                  ports:
                  - {name: dns, port: 53, protocol: UDP}
                  - {name: dns-tcp, port: 53, protocol: TCP}
                """);
        for (int i = 1; i <= servers; i++) {
            text.document("""
                    apiVersion: v1
                    kind: Pod
                    metadata: {name: dns-%d, namespace: kube-system, labels: {k8s-app: kube-dns}}
                    spec:
                      nodeName: n%d
                      containers:
                      - name: c
                        image: i
                        ports:
                        - {containerPort: 53, protocol: UDP}
                        - {containerPort: 53, protocol: TCP}
                    status:
                      podIP: 10.244.%d.53
                      conditions: [{type: Ready, status: 'True'}]
                    """.formatted(i, 1 + i % 3, 1 + i % 3));
        }
        return text;
    }

    private static AttemptResult only(ClusterText text) {
        return Answers.of(text).traced().attempts().getFirst();
    }

    private static String ended(AttemptResult result) {
        Explanation why = result.why();
        return result.outcome() + (why == null ? "" : " " + why.code());
    }

    /** The reasons of what sockets send: questions, answers, the call itself. */
    private static List<String> said(RunResult run) {
        return run.hops().stream().filter(h -> h.header().etherType() != EtherType.ARP)
                .filter(h -> h.entry() instanceof Step.Originated)
                .map(h -> h.entry().why().code() + " "
                        + Objects.toString(h.entry().why().arguments().get("type"), ""))
                .map(String::strip).filter(code -> code.startsWith("dns.")).toList();
    }

    @Test
    void aNameIsAskedForByPacketsAndThenCalled() {
        RunResult run = Answers.of(served("6.1.0", 2).flow("f", "pod/client", "web:80", 1))
                .traced();

        assertThat(said(run)).containsExactly("dns.asked A", "dns.asked AAAA", "dns.answered A",
                "dns.answered.no-data AAAA");
        assertThat(Answers.answerers(run, "f")).containsExactly("pod/web-1");
        AttemptResult attempt = run.attempts().getFirst();
        assertThat(attempt.remote()).hasToString("10.96.0.20:80");
        assertThat(attempt.questions()).isEqualTo(2);
        assertThat(attempt.durationNanos()).as("two round trips and more")
                .isGreaterThan(1_600_000);
    }

    @Test
    void theSecondAnswerComesFromTheServersCache() {
        RunResult run = Answers.of(served("6.1.0", 1).flow("f", "pod/client", "nix:80", 2))
                .traced();

        assertThat(said(run).subList(0, 4)).containsExactly("dns.asked A", "dns.asked AAAA",
                "dns.answered.no-such-name A", "dns.answered.no-such-name AAAA");
        assertThat(run.attempts()).extracting(NamesInFlowsTest::ended)
                .containsOnly("Unreachable dns.unknown");
        RunResult found = Answers.of(served("6.1.0", 1).flow("f", "pod/client", "web:80", 2))
                .traced();
        assertThat(said(found)).contains("dns.answered A", "dns.answered.cache A");
    }

    /** A pool asks again for each connection, and for none of the requests on an open one. */
    @ParameterizedTest(name = "{0}: asked {1} times")
    @CsvSource(delimiter = '|', value = {
        "keepAlive: true                            | 1",
        // twenty requests, a hundred milliseconds apart
        "'keepAlive: true, maxConnectionAge: 500ms' | 4",
        "keepAlive: false                           | 20",
    })
    void aPoolAsksAgainForEachConnection(String keys, int times) {
        RunResult run = Answers.of(served("6.1.0", 1).at("0s", "send: {flow: f,"
                + " from: pod/client, to: \"web:80\", count: 20, every: 100ms, timeout: 3s, "
                + keys + "}")).traced();

        assertThat(said(run)).filteredOn(said -> said.equals("dns.asked A")).hasSize(times);
        assertThat(Answers.answerers(run, "f")).containsOnly("pod/web-1");
    }

    /** 4.18 loses every race; who waits how long for what is lost is the library's affair. */
    @ParameterizedTest(name = "{0}: {1} s")
    @CsvSource({"client, 5", "alpine, 2.5", "jvm, 5"})
    void aRaceCostsTheLibrarysTimeout(String pod, String seconds) {
        AttemptResult late = only(served("4.18.0", 2).spec("dns: {race: 1}").at("0s",
                "send: {flow: f, from: pod/%s, to: 'web:80'}".formatted(pod)));

        assertThat(late.outcome()).hasToString("Answered");
        long waited = SimTime.parseNanos(seconds + "s");
        assertThat(late.durationNanos()).isBetween(waited, waited + 10_000_000);
    }

    @Test
    void glibcThenAsksOneAfterTheOther() {
        RunResult run = Answers.of(served("4.18.0", 1).spec("dns: {race: 1}").at("0s",
                "send: {flow: f, from: pod/client, to: 'web.default.svc.cluster.local:80'}"))
                .traced();

        assertThat(said(run)).as("the race is met once, though four names are tried")
                .filteredOn(s -> s.startsWith("dns.asked.race")).hasSize(1);
        assertThat(said(run).get(1)).isEqualTo("dns.asked.race AAAA");
        assertThat(said(run).subList(3, 5)).containsExactly("dns.asked.again A",
                "dns.answered.no-such-name A");
        assertThat(run.attempts().getFirst().durationNanos()).isLessThan(5_100_000_000L);
        assertThat(run.hops()).extracting(Hop::terminal).filteredOn(Step.Dropped.class::isInstance)
                .extracting(t -> ((Step.Dropped) t).reason()).contains(
                        DropReason.CT_INSERT_FAILED);
    }

    @ParameterizedTest(name = "Linux {0}, {1} servers: {2}")
    @CsvSource({
        "4.18.0, 2, 1/10 TimedOut",
        "5.4.0, 1, none",
        "5.4.0, 2, 1/20 TimedOut",
        "5.4.0, 3, 1/15 TimedOut",
        "6.1.0, 3, none",
    })
    void theOddsOfARace(String kernel, int servers, String expected) {
        List<String> odds = Answers.of(served(kernel, servers).spec("dns: {race: 1/10}")
                .flow("f", "pod/client", "web:80", 1)).odds("f");

        assertThat(odds.stream().filter(line -> line.endsWith("TimedOut")).findFirst()
                .orElse("none")).isEqualTo(expected);
    }

    /** Four names to try, each with two draws of three and a race: merged, and still exact. */
    @Test
    void theOddsOfALongSearchAreExact() {
        List<String> odds = Answers.of(served("5.4.0", 3).spec("dns: {race: 1/10}")
                .flow("f", "pod/client", "web.default.svc.cluster.local:80", 1)).odds("f");

        // 1 - (14/15)^4
        assertThat(odds).contains("12209/50625 TimedOut")
                .anyMatch(line -> line.startsWith("38416/50625 Answered pod/web-1"));
    }

    @Test
    void oneSocketForEachQuestionMendsIt() {
        AttemptResult quick = only(served("4.18.0", 2).spec("dns: {race: 1}").flow("f",
                "pod/mended", "web:80", 1));

        assertThat(quick.durationNanos()).isLessThan(10_000_000);
    }

    @Test
    void overTcpNothingRaces() {
        RunResult run = Answers.of(served("4.18.0", 2).spec("dns: {race: 1}")
                .document(own("vc", "n4", 64, "dnsConfig: {options: [{name: use-vc}]}"))
                .flow("f", "pod/vc", "web.default:80", 1)).traced();

        AttemptResult attempt = run.attempts().getFirst();
        assertThat(attempt.outcome()).hasToString("Answered");
        assertThat(attempt.questions()).as("of two names").isEqualTo(4);
        assertThat(attempt.durationNanos()).isLessThan(20_000_000);
        assertThat(run.hops()).as("connections to the Service's port 53")
                .filteredOn(h -> h.place().label().equals("pod/vc")
                        && h.header().what().equals("SYN")
                        && h.header().destination().toString().equals("10.96.0.10"))
                .hasSize(2);
    }

    @Test
    void withoutServersATcpResolverIsRefusedToo() {
        assertThat(ended(only(served("6.1.0", 0)
                .document(own("vc", "n4", 64, "dnsConfig: {options: [{name: use-vc}]}"))
                .flow("f", "pod/vc", "web:80", 1)))).isEqualTo("Refused dns.refused");
    }

    /** glibc's socket is connected and hears of the refusal; musl's is not, and waits. */
    @Test
    void withoutServersGlibcIsRefusedAndMuslWaits() {
        ClusterText nobody = served("6.1.0", 0).at("0s", "send: {flow: glibc, from: pod/client,"
                + " to: 'web:80'}").at("0s", "send: {flow: musl, from: pod/alpine, to: 'web:80'}");
        List<AttemptResult> attempts = Answers.of(nobody).run().attempts();

        assertThat(attempts).extracting(a -> a.flow() + " " + ended(a)).containsExactly(
                "glibc Refused dns.refused", "musl TimedOut dns.silent");
        assertThat(attempts.getFirst().durationNanos()).isLessThan(100_000_000);
        assertThat(attempts.getLast().durationNanos()).isEqualTo(5_000_000_000L);
    }

    @Test
    void aServerThatIsGoneCostsGlibcTwoTimeouts() {
        // The endpoint stays; the process does not answer.
        AttemptResult attempt = only(served("6.1.0", 0).document("""
                apiVersion: v1
                kind: Service
                metadata: {name: far}
                spec: {clusterIP: 10.96.0.77, ports: [{port: 53, protocol: UDP}]}
                ---
                apiVersion: discovery.k8s.io/v1
                kind: EndpointSlice
                metadata: {name: far-1, labels: {kubernetes.io/service-name: far}}
                addressType: IPv4
                ports: [{port: 53, protocol: UDP}]
                endpoints: [{addresses: [10.244.9.9], conditions: {ready: true}}]
                """).document(own("far-client", "n4", 63,
                "dnsPolicy: None\n  dnsConfig: {nameservers: [10.96.0.77]}")).at("0s",
                        "send: {flow: f, from: pod/far-client, to: 'web.default:80'}"));

        assertThat(ended(attempt)).isEqualTo("TimedOut dns.silent");
        assertThat(attempt.durationNanos()).as("timeout 5 s, attempts 2")
                .isEqualTo(10_000_000_000L);
        assertThat(attempt.questions()).isEqualTo(4);
    }

    @Test
    void aPodWithoutServersFindsNothing() {
        assertThat(ended(only(served("6.1.0", 1).flow("f", "pod/alone", "web:80", 1))))
                .isEqualTo("Unreachable dns.no-servers");
    }

    @Test
    void theNodesServersKnowNothingOfTheCluster() {
        assertThat(ended(only(served("6.1.0", 1).flow("f", "pod/host-like",
                "web.default.svc.cluster.local:80", 1)))).isEqualTo("Unreachable dns.unknown");
        assertThat(ended(only(served("6.1.0", 1).spec("dns: {names: {a.example: [10.96.0.20]}}")
                .flow("f", "node/n4", "a.example:80", 1)))).isEqualTo("Answered");
    }

    @Test
    void withoutADnsServiceNamesAreResolvedAtOnce() {
        LoadedText text = new LoadedText(cluster("6.1.0").flow("f", "pod/client", "web:80", 1));

        assertThat(text.run.hops()).noneMatch(h -> h.header().destinationPort() == 53);
        assertThat(text.run.attempts().getFirst().outcome()).hasToString("Answered");
        assertThat(text.notes).contains("dns: no Service kube-system/kube-dns; names are resolved"
                + " at once, without packets");
    }

    private static final class LoadedText {
        final RunResult run;
        final List<String> notes;

        LoadedText(ClusterText text) {
            ScenarioRunner runner = new ScenarioRunner(text.load());
            run = runner.run(new RunOptions(OptionalLong.empty(), 1));
            notes = runner.unsimulated();
        }
    }

    @Test
    void aJvmAsksOnceInThirtySeconds() {
        RunResult run = Answers.of(served("6.1.0", 1).at("0s", "send: {flow: f, from: pod/jvm, to:"
                + " 'web:80', count: 41, every: 1s}")).run();

        assertThat(run.attempts()).filteredOn(a -> a.questions() > 0)
                .extracting(AttemptResult::number).as("the answer came at 2 ms")
                .containsExactly(0, 31);
    }

    @Test
    void aJvmThatStartsAnewHasForgotten() {
        RunResult run = Answers.of(served("6.1.0", 1).at("0s", "send: {flow: f, from: pod/jvm, to:"
                + " 'web:80', count: 20, every: 1s}").at("5.5s", "restart: pod/jvm")).run();

        assertThat(run.attempts()).filteredOn(a -> a.questions() > 0)
                .extracting(AttemptResult::number).hasSize(2).startsWith(0)
                .last().satisfies(number -> assertThat(number).isBetween(6, 10));
    }

    @Test
    void aTraceNamesTheMend() {
        TraceResult trace = new ScenarioRunner(served("4.18.0", 2).spec("dns: {race: 1/10}")
                .flow("f", "pod/client", "web:80", 1).load())
                .trace(new TraceRequest("f", null, null, L4Protocol.TCP, Outcome.TimedOut,
                        Map.of()));

        assertThat(Objects.requireNonNull(trace.diagnosis()).fixes()).first()
                .satisfies(fix -> {
                    assertThat(fix.what().code()).isEqualTo("fix.single-request");
                    assertThat(fix.failureAfter()).isEqualTo(BigFraction.ZERO);
                });
    }

    @Test
    void headlessNamesMeetEachPodAlike() {
        List<String> odds = Answers.of(served("6.1.0", 2).pod("db-1", "n1", "db")
                .pod("db-2", "n2", "db").pod("db-3", "n3", "db").document("""
                        apiVersion: v1
                        kind: Service
                        metadata: {name: db}
                        spec: {clusterIP: None, selector: {app: db}, ports: [{port: 8080}]}
                        """).flow("f", "pod/client", "db:8080", 1)).odds("f");

        assertThat(odds).containsExactly("1/3 Answered pod/db-1 10.244.4.10",
                "1/3 Answered pod/db-2 10.244.4.10", "1/3 Answered pod/db-3 10.244.4.10");
    }

    @Test
    void eachServerHearsOfAChangeByItself() {
        RunResult run = Answers.of(served("6.1.0", 2).at("1s", "delete: service/web")
                .at("2s", "send: {flow: f, from: pod/client, to: 'web:80'}")).traced();

        List<StateChange> dns = run.changes().stream()
                .filter(c -> c.kind() == StateChange.Kind.DNS && c.timeNanos() > 0).toList();
        assertThat(run.changes()).as("what there was at the beginning").anyMatch(c -> c
                .timeNanos() == 0 && c.key().equals("web.default.svc.cluster.local. A")
                && c.value().equals(Map.of("data", "10.96.0.20")));
        assertThat(dns).filteredOn(c -> c.key().equals("web.default.svc.cluster.local. A"))
                .extracting(StateChange::where).containsExactlyInAnyOrder(
                        "pod/kube-system/dns-1", "pod/kube-system/dns-2");
        assertThat(dns).allMatch(StateChange::removed)
                .allMatch(c -> c.timeNanos() > 1_000_000_000L && c.timeNanos() < 1_020_000_000L);
        assertThat(ended(run.attempts().getFirst())).isEqualTo("Unreachable dns.unknown");
    }
}
