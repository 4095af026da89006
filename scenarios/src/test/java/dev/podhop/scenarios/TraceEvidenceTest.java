package dev.podhop.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.podhop.k8s.source.Location;
import dev.podhop.net.L4Protocol;
import dev.podhop.reports.Explanations;
import dev.podhop.reports.Narrator;
import dev.podhop.reports.json.TraceJson;
import dev.podhop.reports.json.TraceSchema;
import dev.podhop.run.ScenarioRunner;
import dev.podhop.run.result.TraceRequest;
import dev.podhop.run.result.TraceResult;
import dev.podhop.scenario.LoadedScenario;
import dev.podhop.scenario.Send;
import dev.podhop.scenario.evidence.Citations;
import dev.podhop.scenario.evidence.Cited;
import dev.podhop.trace.Evidence;
import dev.podhop.trace.Explanation;
import dev.podhop.trace.Hop;
import dev.podhop.trace.Step;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The trace of every shipped scenario and of every lab case says what it rests on: its JSON keeps
 * to the published schema, every line that it cites is there and holds what it is said to hold, and
 * whatever decided has evidence, or is one of few kinds that have none.
 */
class TraceEvidenceTest {

    private static final Schema SCHEMA = SchemaRegistry
            .withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(TraceSchema.text(), InputFormat.JSON);

    /** Lines that an item of a list may have. */
    private static final int ITEM = 6;

    /** Decided by the packet, by the kernel's own ways, or by what nobody wrote. */
    private static final Set<String> WITHOUT_EVIDENCE = Set.of("net.delivered",
            "net.no-socket.wrong-peer", "net.ct.insert-failed", "kubeproxy.drop.invalid");

    static Stream<Path> files() throws IOException {
        try (Stream<Path> lab = Files.walk(Path.of("../sim-core/src/test/resources/lab"))) {
            List<Path> cases = lab.filter(file -> file.toString().endsWith(".yaml"))
                    .filter(file -> read(file).contains("kind: Scenario")).sorted().toList();
            return Stream.concat(Shipped.all().stream().map(Shipped::file), cases.stream());
        }
    }

    @Test
    void thePublishedSchemaIsTheOneThatIsPrinted() {
        assertThat(Path.of("../docs/trace.schema.json")).hasContent(TraceSchema.text());
    }

    @Test
    void whatDecidedInScenarioOneIsNamedByItsLine() {
        TraceResult trace = trace(Shipped.of("01-lb-loopback").load());

        assertThat(json(trace)).contains("\"object\": \"service/web\"");
        assertThat(trace.diagnosis()).isNotNull();
        assertThat(trace.diagnosis().evidence()).anySatisfy(cited -> {
            assertThat(cited.object()).isEqualTo("service/web");
            assertThat(line(cited)).contains("ports: [{port: 80");
        });
    }

    @ParameterizedTest
    @MethodSource("files")
    void aTraceSaysWhatItRestsOn(Path file) {
        LoadedScenario scenario = Shipped.load(file);
        if (scenario.timeline().stream().noneMatch(entry -> entry.event() instanceof Send)) {
            return; // nobody sends anything
        }
        TraceResult trace = trace(scenario);

        assertThat(SCHEMA.validate(json(trace), InputFormat.JSON)).isEmpty();
        Citations citations = trace.backdrop().citations();
        for (Hop hop : trace.hops()) {
            for (Step step : hop.steps()) {
                assertThat(citations.of(hop, step)).filteredOn(cited -> cited.line() > 0)
                        .allSatisfy(TraceEvidenceTest::holds);
            }
        }
        assertThat(trace.decidingHop()).isPositive();
        Hop decided = trace.hops().stream().filter(hop -> hop.id() == trace.decidingHop())
                .findFirst().orElseThrow();
        Explanation why = decided.terminal().why();
        if (!WITHOUT_EVIDENCE.contains(why.code())) {
            assertThat(citations.of(decided, why)).as(why.code()).isNotEmpty();
        }
    }

    private static TraceResult trace(LoadedScenario scenario) {
        String flow = scenario.timeline().stream().map(entry -> entry.event())
                .filter(Send.class::isInstance).map(Send.class::cast).findFirst().orElseThrow()
                .flow();
        return new ScenarioRunner(scenario).trace(new TraceRequest(flow, null, null,
                L4Protocol.TCP, null, Map.of(), OptionalLong.empty()));
    }

    private static String json(TraceResult trace) {
        return new TraceJson(new Narrator(Explanations.english())).render(trace, trace.hops());
    }

    /** The key at the path's end stands in the line, or the value that an item was found by. */
    private static void holds(Cited cited) {
        boolean item = cited.field().endsWith("]") && !cited.byDefault();
        String line = item ? item(cited) : line(cited);
        String last = cited.field().replaceFirst("\\[[^]]*]$", "");
        String key = cited.evidence() instanceof Evidence.Sysctl sysctl ? sysctl.name()
                : last.substring(last.lastIndexOf('.') + 1);
        String value = cited.field().replaceAll(".*=([^]]*)].*", "$1");
        if (cited.byDefault()) {
            assertThat(line).as(cited.toString()).isNotBlank();
        } else {
            assertThat(List.of(key, value)).as(cited + " in " + line).anyMatch(line::contains);
        }
    }

    /** An item of a list begins with any of its keys. */
    private static String item(Cited cited) {
        List<String> lines = lines(cited);
        return String.join("\n", lines.subList(cited.line() - 1,
                Math.min(lines.size(), cited.line() + ITEM)));
    }

    private static String line(Cited cited) {
        List<String> lines = lines(cited);
        assertThat(lines).as(cited.toString()).hasSizeGreaterThanOrEqualTo(cited.line());
        return lines.get(cited.line() - 1);
    }

    private static List<String> lines(Cited cited) {
        Location where = cited.where();
        return where == null ? List.of() : read(Path.of(where.file())).lines().toList();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
