package dev.podhop.cli;

import dev.podhop.reports.Explanations;
import dev.podhop.reports.Narrator;
import dev.podhop.reports.json.TraceJson;
import dev.podhop.reports.text.TraceText;
import dev.podhop.run.ScenarioRunner;
import dev.podhop.run.result.TraceRequest;
import dev.podhop.run.result.TraceResult;
import dev.podhop.run.result.TraceResult.Diagnosis;
import dev.podhop.scenario.LoadedScenario;
import dev.podhop.scenario.Send;
import dev.podhop.trace.AttemptFacts;
import dev.podhop.trace.Hop;
import dev.podhop.trace.HopFilter;
import dev.podhop.trace.Outcome;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code podhop trace}. Whoever asks for a trace mostly has a failure to explain, so that the
 * likeliest one is shown unless another outcome is named; what is shown is one branch of those that
 * {@code odds} adds up, and not a sample.
 */
@Command(name = "trace", mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n", footer = {
            "  podhop trace scenario.yaml --flow loop",
            "  podhop trace dump.yaml --from pod/shop/client --to service/shop/web:80",
            "  podhop trace scenario.yaml --flow loop --outcome answered --pick lb/web=n3",
            ExitCode.HELP},
        description = "One attempt, hop by hop and hook by hook, both directions, with the reason"
                + " of every decision; then what went wrong and what helps.")
final class TraceVerb implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private Scenarios scenarios = new Scenarios();

    @Mixin
    private Everything everything = new Everything();

    @Parameters(paramLabel = "FILE", description = "A scenario, or a dump of a cluster.")
    private Path file = Path.of("");

    @Mixin
    private WhichFlow which = new WhichFlow();

    @Option(names = "--outcome", paramLabel = "OUTCOME",
            description = "An attempt that ends so: ${COMPLETION-CANDIDATES}. Default: the"
                    + " likeliest failure.")
    private @Nullable Outcome outcome;

    @Option(names = "--pick", paramLabel = "CHOOSER=CHOICE",
            description = "An attempt for which this was chosen: lb/web=n1. Repeatable.")
    private Map<String, String> picks = Map.of();

    @Option(names = "--arp", description = "Tell ARP exchanges too.")
    private boolean arp;

    @Option(names = "--filter", paramLabel = "EXPR", converter = TypedWords.FilterWord.class,
            description = "Only these hops: node==n1 && (dropped || rst).")
    private HopFilter filter = HopFilter.parse("");

    @Option(names = "-o", paramLabel = "FORMAT", description = "${COMPLETION-CANDIDATES}")
    private Format format = Format.text;

    @Override
    public Integer call() {
        LoadedScenario scenario = scenarios.load(file).askedBy(which.from);
        TraceResult trace = new ScenarioRunner(scenario).trace(request(scenario));
        scenarios.tellAssumptions(scenario, format);
        // All hops of a trace are of one attempt.
        Diagnosis diagnosis = trace.diagnosis();
        AttemptFacts facts = new AttemptFacts(trace.odds().flow(), trace.attempt().outcome(),
                diagnosis == null ? null : diagnosis.what().code());
        Predicate<Hop> wanted = hop -> filter.matches(hop, attempt -> facts);
        spec.commandLine().getOut().print(switch (format) {
            case json -> new TraceJson(new Narrator(Explanations.english())).render(trace,
                    trace.hops().stream().filter(wanted).toList());
            case text -> new TraceText(Main.narrator(spec), everything.sheet(spec), arp).render(
                    trace,
                    wanted);
        });
        return ExitCode.OK;
    }

    private TraceRequest request(LoadedScenario scenario) {
        return new TraceRequest(which.isOpen() ? onlyFlow(scenario) : which.flow, which.from,
                which.to, which.protocol, outcome, picks, which.at);
    }

    /** Where the file leaves no choice, nobody is asked to name it. */
    private static @Nullable String onlyFlow(LoadedScenario scenario) {
        List<String> flows = scenario.spec().timeline().stream()
                .filter(entry -> entry.event() instanceof Send)
                .map(entry -> ((Send) entry.event()).flow()).toList();
        return flows.size() == 1 ? flows.getFirst() : null;
    }
}
