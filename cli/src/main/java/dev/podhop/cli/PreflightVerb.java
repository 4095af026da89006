package dev.podhop.cli;

import dev.podhop.k8s.ObjectKey;
import dev.podhop.reports.json.PreflightJson;
import dev.podhop.reports.text.PreflightText;
import dev.podhop.reports.text.Sheet;
import dev.podhop.run.during.Preflight;
import dev.podhop.run.during.PreflightReport;
import dev.podhop.run.result.RunWatch;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code podhop preflight}: what a rollout will lose, before it is made. */
@Command(name = "preflight", mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n", footer = {
            "  podhop preflight dump.yaml --target deployment/shop/web",
            "%nExit codes: 0 a rollout loses nothing with the file's settings; 1 it does; 2 bad"
                    + " usage, bad input, or an output that cannot be written; 70 a bug of Podhop;"
                    + " 130 interrupted."},
        description = "Rolls a workload out, again and again, while its Services are called, and"
                + " searches for the smallest preStop, grace period and minReadySeconds that lose"
                + " no call.")
final class PreflightVerb implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private Scenarios scenarios = new Scenarios();

    @Parameters(paramLabel = "FILE", description = "A dump of a cluster, manifests or a scenario.")
    private Path file = Path.of("");

    @Option(names = "--target", paramLabel = "KIND/NAME", required = true,
            converter = TypedWords.ObjectWord.class,
            description = "The workload: deployment/NAME, deployment/NS/NAME, statefulset/...,"
                    + " daemonset/....")
    private @Nullable ObjectKey target;

    @Option(names = "--replications", paramLabel = "N", defaultValue = "5",
            description = "Rollouts for each setting, each with other lags and luck. Default:"
                    + " ${DEFAULT-VALUE}.")
    private int replications = 5;

    @Option(names = "-o", paramLabel = "FORMAT", description = "${COMPLETION-CANDIDATES}")
    private Format format = Format.text;

    @Override
    public Integer call() {
        PreflightReport report = new Preflight(scenarios.load(file), RunWatch.NONE,
                Objects.requireNonNull(target),
                Math.max(1, replications)).report();
        Sheet sheet = Main.screen(spec).sheet();
        spec.commandLine().getOut().print(switch (format) {
            case text -> new PreflightText(Main.narrator(spec), sheet).render(report);
            case json -> PreflightJson.render(report);
        });
        return report.today().isLossless() ? ExitCode.OK : ExitCode.NOT_AS_EXPECTED;
    }
}
