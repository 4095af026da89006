package dev.podhop.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.k8s.source.Problems;
import dev.podhop.run.result.RunOptions;
import dev.podhop.run.result.RunResult;
import dev.podhop.scenario.LoadedScenario;
import dev.podhop.scenario.expect.Check;
import dev.podhop.scenario.invariant.InvariantInput;
import dev.podhop.scenario.invariant.Invariants;
import dev.podhop.scenario.load.ScenarioLoader;
import dev.podhop.trace.Explanation;
import dev.podhop.trace.Hop;
import dev.podhop.trace.Outcome;
import dev.podhop.trace.Step;
import dev.podhop.workload.AttemptResult;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * The trace of an attempt through a load balancer and a node, whole, and with one thing broken at a
 * time.
 */
class InvariantsTest {

    private static final List<Hop> WHOLE = Answers.of(ClusterText.nodes(2)
            .pod("web", "n2", "web").balanced("web", "web", "10.96.0.10", "Proxy", "")
            .outside("ext").flow("f", "external/ext", "198.51.100.7:80", 1)).traced().hops();

    private static List<String> violations(List<Hop> hops, Set<Long> inUse, int underWay) {
        return Invariants.check(new InvariantInput(hops, List.of(), inUse, underWay)).stream()
                .map(v -> v.invariant() + " " + v.why().code()).toList();
    }

    private static List<String> violations(List<Hop> hops) {
        return violations(hops, Set.of(), 0);
    }

    /** The first hop of IP packets that is such. */
    private static Hop first(Predicate<Hop> such) {
        return WHOLE.stream().filter(h -> h.header().what().startsWith("SYN")).filter(such)
                .findFirst().orElseThrow();
    }

    private static List<Hop> with(Hop old, UnaryOperator<Hop> change) {
        return WHOLE.stream().map(h -> h == old ? change.apply(h) : h).toList();
    }

    private static Hop ending(Hop hop, Step.Terminal end) {
        List<Step> steps = new ArrayList<>(hop.steps().subList(0, hop.steps().size() - 1));
        steps.add(end);
        return new Hop(hop.id(), hop.parent(), hop.packet(), hop.attempt(), hop.timeNanos(),
                hop.endNanos(), hop.place(), steps);
    }

    private static boolean isAt(Hop hop, String name) {
        return hop.place().name().equals(name);
    }

    @Test
    void aSoundTraceViolatesNothing() {
        assertThat(WHOLE).hasSizeGreaterThan(40);
        assertThat(violations(WHOLE)).isEmpty();
    }

    @Test
    void aPacketThatLeavesAndIsNeverSeenAgain() {
        Hop last = first(hop -> isAt(hop, "web"));
        List<Hop> without = WHOLE.stream().filter(h -> h != last).toList();

        assertThat(violations(without)).containsExactly("terminalStep invariant.lost");
        assertThat(violations(without, Set.of(last.packet()), 1)).as("still under way").isEmpty();
    }

    @Test
    void aPacketThatGoesOnAfterItsEnd() {
        Hop early = first(hop -> isAt(hop, "fab"));

        assertThat(violations(with(early, hop -> ending(hop,
                new Step.Delivered("socket", hop.header(), Explanation.NONE)))))
                .contains("terminalStep invariant.goes-on");
    }

    @Test
    void aFloodedFrameOneOfWhoseCopiesIsMissing() {
        Hop copy = WHOLE.stream().filter(h -> h.entry() instanceof Step.Copied).findFirst()
                .orElseThrow();

        assertThat(violations(WHOLE.stream().filter(h -> h.packet() != copy.packet()).toList()))
                .containsExactly("terminalStep invariant.copies-lost");
    }

    @Test
    void aReplyThatItsTranslatorLeavesAsItIs() {
        for (String translator : List.of("fab", "n1", "n2")) {
            WHOLE.stream().filter(h -> h.header().what().equals("SYN-ACK"))
                    .filter(h -> isAt(h, translator))
                    .filter(h -> h.steps().stream().anyMatch(Step.Nat.class::isInstance))
                    .forEach(reply -> assertThat(violations(with(reply, hop -> ending(hop,
                            new Step.Transmitted("eth0", "edge", hop.header(),
                                    Explanation.NONE)))))
                            .contains("natUndone invariant.nat-not-undone"));
        }
        assertThat(WHOLE).anyMatch(h -> h.header().what().equals("SYN-ACK")
                && h.steps().stream().anyMatch(Step.Nat.class::isInstance));
    }

    @Test
    void aPacketThatComesToAPlaceTwice() {
        Hop visit = first(hop -> isAt(hop, "fab"));
        Hop next = first(hop -> hop.packet() == visit.packet() && hop.id() > visit.id());
        Hop again = new Hop(next.id(), visit.id(), visit.packet(), visit.attempt(),
                next.timeNanos(), next.endNanos(), visit.place(), visit.steps());
        List<Hop> circling = new ArrayList<>(with(next, hop -> again));

        assertThat(violations(circling)).contains("noForwardingLoop invariant.loop");
    }

    /** A Service whose endpoint is its own address: every node masquerades what circles. */
    @Test
    void aPacketThatCirclesUnderAnotherSourceEachTime() throws URISyntaxException {
        Path file = Path.of(Objects.requireNonNull(
                InvariantsTest.class.getResource("/field/loop-through-own-vip.yaml")).toURI());
        LoadedScenario circle = ScenarioLoader.load(file, new Problems()).orElseThrow();
        RunResult run = new ScenarioRunner(circle).run(new RunOptions(OptionalLong.empty(), 5));

        assertThat(run.checks()).extracting(Check::statement).contains("noForwardingLoop");
    }

    @Test
    void packetsThatNobodyGivesBack() {
        assertThat(violations(WHOLE, Set.of(1_000L), 0))
                .containsExactly("conservation invariant.not-conserved");
        assertThat(violations(WHOLE, Set.of(), 1))
                .containsExactly("conservation invariant.not-conserved");
    }

    /**
     * The balancer still sends to web-2, whose node no longer knows it: the packet circles, and
     * each round at the edge begins a connection whose answers clash with the last one's, so that
     * its port changes. What the edge says in the end is about the last round's packet.
     */
    @Test
    void anErrorAboutAPacketThatCircledQuotesItsLastRound() {
        ClusterText text = ClusterText.nodes(1).pod("web-1", "n1", "web").pod("web-2", "n1", "web")
                .balanced("web", "web", "10.96.0.10", "Proxy", "")
                .network("podAttachment: routed").loadBalancer("backends: pod")
                .loadBalancer("loopAvoidance: sourceIP")
                .spec("allowedViolations: [noForwardingLoop]")
                .flow("f", "pod/web-1", "198.51.100.7:80", 3,
                        "protocol: UDP, connected: true, sourcePort: 40001")
                .at("15ms", "delete: pod/web-2");
        RunResult run = Answers.of(text).traced();

        assertThat(run.hops()).filteredOn(hop -> isAt(hop, "fab"))
                .anyMatch(hop -> hop.header().what().equals("ICMP time exceeded"));
        assertThat(run.checks()).isEmpty();
    }

    /** n1 calls a Service whose pod is n1 itself, where nobody listens at 8080: all of it on lo. */
    @Test
    void anErrorAboutAPacketThatCameByLoQuotesWhatWasCalled() {
        RunResult run = Answers.of(ClusterText.nodes(1).hostPod("web", "n1", "web")
                .service("web", "web", "10.96.0.10", "")
                .spec("servers: [{pods: {app: web}, ports: [9090]}]")
                .flow("f", "node/n1", "10.96.0.10:80", 1, "protocol: UDP, connected: true"))
                .traced();

        assertThat(run.attempts()).extracting(AttemptResult::outcome)
                .containsExactly(Outcome.Refused);
        assertThat(run.checks()).isEmpty();
    }

    /** A question under way while kube-proxy deletes its entry: web-2's answer stays web-2's. */
    @Test
    void anAnswerWhoseEntryKubeProxyDeletedIsNotUndone() {
        ClusterText text = ClusterText.nodes(2).pod("client", "n1", "client")
                .pod("web-1", "n2", "web").pod("web-2", "n2", "web")
                .service("web", "web", "10.96.0.10", "")
                .spec("servers: [{pods: {app: web}, serviceTime: 100ms}]")
                .flow("f", "pod/client", "10.96.0.10:80", 200, "protocol: UDP, connected: true")
                .at("500ms", "patch: {target: pod/web-2, with: {status: {conditions: "
                        + "[{type: Ready, status: 'False'}]}}}");
        RunResult run = Answers.of(text).traced();

        assertThat(run.attempts()).extracting(AttemptResult::outcome).contains(Outcome.TimedOut);
        assertThat(run.checks()).isEmpty();
        assertThat(violations(run.hops())).as("without the deletions' evidence")
                .contains("natUndone invariant.nat-not-undone");
    }

    /** A destination that is kept, and nodes that do not know it: the packet comes back again. */
    @Test
    void aRunSaysSoUnlessTheFileAllowsIt() {
        ClusterText text = ClusterText.nodes(2).pod("web", "n2", "web").outside("ext")
                .balanced("web", "web", "10.96.0.10", "Proxy", "")
                .loadBalancer("destination: keep")
                .flow("f", "external/ext", "198.51.100.7:80", 1);
        RunResult run = Answers.of(text).traced();

        assertThat(run.passed()).isFalse();
        assertThat(run.checks()).singleElement().satisfies(check -> {
            assertThat(check.subject() + " " + check.statement())
                    .isEqualTo("invariant noForwardingLoop");
            assertThat(check.status()).isEqualTo(Check.Status.FAILED);
        });
        assertThat(Answers.of(text.spec("allowedViolations: [noForwardingLoop]")).traced()
                .checks()).isEmpty();
    }
}
