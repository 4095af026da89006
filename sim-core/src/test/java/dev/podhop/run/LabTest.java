package dev.podhop.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertAll;

import dev.podhop.k8s.Service;
import dev.podhop.run.Lab.Case;
import dev.podhop.run.result.FlowResult;
import dev.podhop.run.result.OddsResult.FlowOdds;
import dev.podhop.run.result.OddsResult.ResultOdds;
import dev.podhop.run.result.RunOptions;
import dev.podhop.run.result.RunResult;
import dev.podhop.run.state.ClusterState;
import dev.podhop.scenario.LoadedScenario;
import dev.podhop.scenario.Send;
import dev.podhop.trace.Outcome;
import dev.podhop.workload.ResultKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * Podhop against a real kernel: for every case of the lab, every flow's outcomes, every node's
 * rules, every captured packet.
 */
class LabTest {

    /** How unlikely a sample may be before the model counts as wrong. */
    private static final double LEAST_P = 1e-6;
    /** Attempts a flow whose hops are held against the invariants. */
    private static final int TRACED = 5;

    static List<Case> cases() {
        return Stream.of(Lab.iptablesCases(), Lab.nftablesCases(), Lab.ipvsCases(),
                Lab.kernelCases())
                .flatMap(List::stream)
                .filter(lab -> !lab.byHand() || lab.hasLaterLayout()).toList();
    }

    @Test
    void thereAreCases() {
        assertThat(Lab.iptablesCases()).isNotEmpty();
        assertThat(Lab.nftablesCases()).isNotEmpty();
        assertThat(Lab.ipvsCases()).isNotEmpty();
        assertThat(Lab.kernelCases()).isNotEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void agreesWithTheKernel(Case lab) {
        LoadedScenario scenario = lab.load();
        ScenarioRunner runner = new ScenarioRunner(scenario);
        List<Executable> checks = new ArrayList<>();
        Map<String, FlowOdds> odds = new HashMap<>();
        runner.odds(null).flows().forEach(flow -> odds.put(flow.flow(), flow));
        Map<String, FlowResult> run = new HashMap<>();
        RunResult sample = runner.run(new RunOptions(OptionalLong.empty(), TRACED));
        sample.flows().forEach(flow -> run.put(flow.flow(), flow));
        // the lab's own wiring lets what is for no routed pod go to and fro
        checks.add(() -> assertThat(sample.checks()).as("violated invariants")
                .allMatch(check -> check.statement().equals("noForwardingLoop")));
        for (JsonNode flow : lab.observed().get("flows")) {
            String name = flow.get("flow").asString();
            Map<ResultKey, Integer> seen = seen(flow);
            boolean independent = isIndependent(scenario, name);
            checks.add(() -> plausible(name, seen, odds.get(name), independent));
            if (independent) {
                checks.add(() -> plausible(name + " (run)", counts(run.get(name)),
                        odds.get(name), true));
            }
            if (flow.has("capture")) {
                checks.add(() -> new CaptureCheck(scenario, name).agree(flow.get("capture")));
            }
        }
        ClusterState end = runner.state(OptionalLong.empty());
        for (String node : end.nodes()) {
            lab.read(node + ".iptables-save").ifPresent(dump -> checks
                    .add(() -> assertThat(RuleText.normal(end.rules(node))).as("rules of " + node)
                            .isEqualTo(RuleText.normal(dump))));
            lab.read(node + ".ipvs").ifPresent(dump -> checks
                    .add(() -> assertThat(IpvsText.normal(end.rules(node))).as("rules of " + node)
                            .isEqualTo(IpvsText.normal(dump))));
            lab.read(node + ".nft").filter(dump -> !lab.hasLaterLayout()).ifPresent(dump -> checks
                    .add(() -> assertThat(NftText.normal(end.rules(node))).as("rules of " + node)
                            .isEqualTo(NftText.normal(dump))));
        }
        assertAll(checks);
    }

    private static Map<ResultKey, Integer> seen(JsonNode flow) {
        Map<ResultKey, Integer> seen = new TreeMap<>();
        for (JsonNode result : flow.get("results")) {
            seen.put(new ResultKey(Outcome.valueOf(result.get("outcome").asString()),
                    text(result.get("endpoint")), text(result.get("source"))),
                    result.get("count").asInt());
        }
        return seen;
    }

    private static String text(JsonNode node) {
        return node.isNull() ? null : node.asString();
    }

    private static Map<ResultKey, Integer> counts(FlowResult flow) {
        Map<ResultKey, Integer> counts = new TreeMap<>();
        flow.results().forEach(r -> counts.put(r.key(), r.count()));
        return counts;
    }

    /** With affinity, or one source port, later attempts follow the first. */
    private static boolean isIndependent(LoadedScenario scenario, String flow) {
        boolean affinity = scenario.objects(Service.class)
                .anyMatch(s -> s.spec().hasClientAffinity());
        boolean fixedPort = scenario.spec().timeline().stream()
                .anyMatch(e -> e.event() instanceof Send send && send.flow().equals(flow)
                        && send.sourcePort() != null);
        return !affinity && !fixedPort;
    }

    private static void plausible(String flow, Map<ResultKey, Integer> seen, FlowOdds odds,
            boolean frequencies) {
        assertThat(odds).as("flow " + flow).isNotNull();
        assertThat(odds.exact()).as("odds of " + flow + " are exact").isTrue();
        Map<ResultKey, Double> expected = new TreeMap<>();
        for (ResultOdds result : odds.results()) {
            expected.put(result.key(), result.probability().doubleValue());
        }
        assertThat(expected.keySet()).as("possible results of " + flow)
                .containsAll(seen.keySet());
        if (frequencies) {
            assertThat(Plausibility.chiSquare(expected, seen)).as("p-value of " + flow + ": " + seen
                    + " under " + expected).isGreaterThan(LEAST_P);
        }
    }
}
