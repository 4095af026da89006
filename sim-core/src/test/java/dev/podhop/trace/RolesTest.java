package dev.podhop.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.k8s.source.Problems;
import dev.podhop.net.L4Protocol;
import dev.podhop.packet.Header;
import dev.podhop.run.ScenarioRunner;
import dev.podhop.run.result.TraceRequest;
import dev.podhop.run.result.TraceResult;
import dev.podhop.scenario.LoadedScenario;
import dev.podhop.scenario.load.ScenarioLoader;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whose packet a leg is: of a call, and of the questions for names before it. */
class RolesTest {

    private static final int DNS = 53;

    @ParameterizedTest
    @CsvSource({"18-dns-5s-race", "19-ndots", "20-headless-ttl", "26-externalname"})
    void aQuestionForANameIsARequestAndWhatIsSaidAReply(String name) {
        Problems problems = new Problems();
        LoadedScenario scenario = ScenarioLoader.load(
                Path.of("../scenarios", name, "scenario.yaml"), problems).orElseThrow();
        ScenarioRunner runner = new ScenarioRunner(scenario);
        Set<String> roles = new TreeSet<>();
        runner.odds(null).flows().stream().map(flow -> flow.flow()).distinct().limit(3)
                .forEach(flow -> {
                    TraceResult trace = runner.trace(new TraceRequest(flow, null, null,
                            L4Protocol.TCP, null, Map.of()));
                    Legs legs = Legs.of(trace.hops());
                    legs.all().stream()
                            .filter(leg -> leg.first().entry() instanceof Step.Originated)
                            .forEach(leg -> roles.add(way(leg.first().header(), trace) + " "
                                    + legs.role(leg)));
                    legs.answer(trace.attempt().local()).ifPresent(
                            hop -> assertThat(hop.header().sourcePort()).isNotEqualTo(DNS));
                });
        assertThat(roles).contains("question REQUEST", "answer REPLY")
                .isSubsetOf("question REQUEST", "answer REPLY", "call REQUEST", "back REPLY");
    }

    private static String way(Header header, TraceResult trace) {
        return header.destinationPort() == DNS ? "question"
                : header.sourcePort() == DNS ? "answer"
                : header.source().same(trace.attempt().local().address()) ? "call"
                : "back";
    }
}
