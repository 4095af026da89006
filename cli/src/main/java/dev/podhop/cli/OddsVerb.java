package dev.podhop.cli;

import dev.podhop.reports.json.OddsJson;
import dev.podhop.reports.text.OddsText;
import dev.podhop.run.OddsResult;
import dev.podhop.run.ScenarioRunner;
import dev.podhop.scenario.LoadedScenario;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code podhop odds}. It always exits with 0 once the odds are known: what was expected of them is
 * {@code run}'s business.
 */
@Command(name = "odds", mixinStandardHelpOptions = true,
        description = "Every outcome's exact probability: every random choice that can matter is"
                + " enumerated.")
final class OddsVerb implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private Scenarios scenarios = new Scenarios();

    @Parameters(paramLabel = "FILE", description = "A scenario, or a dump of a cluster.")
    private Path file = Path.of("");

    @Option(names = "--flow", paramLabel = "FLOW", description = "This flow only.")
    private @Nullable String flow;

    @Option(names = "-o", paramLabel = "FORMAT", description = "${COMPLETION-CANDIDATES}")
    private Format format = Format.text;

    @Override
    public Integer call() {
        LoadedScenario scenario = scenarios.load(file);
        OddsResult odds = new ScenarioRunner(scenario).odds(flow);
        scenarios.tellAssumptions(scenario, format);
        spec.commandLine().getOut().print(switch (format) {
            case json -> OddsJson.render(odds);
            case text -> new OddsText(Screen.style()).render(odds);
        });
        return ExitCode.OK;
    }
}
