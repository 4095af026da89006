package dev.podhop.cli;

import dev.podhop.reports.json.OddsJson;
import dev.podhop.reports.text.OddsText;
import dev.podhop.run.ScenarioRunner;
import dev.podhop.run.result.OddsResult;
import dev.podhop.run.result.UsageException;
import dev.podhop.scenario.FlowTarget;
import dev.podhop.scenario.LoadedScenario;
import dev.podhop.scenario.Send;
import dev.podhop.scenario.Source;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code podhop odds}. It exits with 0 once all odds are known: what was expected of them is
 * {@code run}'s business.
 */
@Command(name = "odds", mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n", footer = {
            "  podhop odds scenario.yaml",
            "  podhop odds dump.yaml --from pod/client --to service/web:80 --all",
            ExitCode.HELP},
        description = "Every outcome's exact probability: every random choice that can matter is"
                + " enumerated.")
final class OddsVerb implements Callable<Integer> {

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

    @Option(names = "-o", paramLabel = "FORMAT", description = "${COMPLETION-CANDIDATES}")
    private Format format = Format.text;

    @Override
    public Integer call() {
        LoadedScenario scenario = scenarios.load(file).askedBy(which.from);
        OddsResult odds = odds(scenario, new ScenarioRunner(scenario));
        scenarios.tellAssumptions(scenario, format);
        spec.commandLine().getOut().print(switch (format) {
            case json -> OddsJson.render(odds);
            case text -> new OddsText(Main.narrator(spec), everything.sheet(spec)).render(odds);
        });
        return Failures.told(spec, odds.refusals(), ExitCode.OK);
    }

    private OddsResult odds(LoadedScenario scenario, ScenarioRunner runner) {
        Source from = which.from;
        FlowTarget to = which.to;
        if (which.isOpen() && scenario.spec().timeline().stream()
                .noneMatch(entry -> entry.event() instanceof Send)) {
            throw new UsageException("found no flow in " + scenario.file() + ", expected one, or"
                    + " --from and --to: --from pod/NAME --to service/NAME:80, for example");
        }
        if (from == null && to == null) {
            return runner.odds(which.flow, which.at);
        }
        if (from == null || to == null || which.flow != null) {
            throw new UsageException("expected --flow, or --from and --to together");
        }
        return runner.odds(from, to, which.protocol, which.at);
    }
}
