package dev.podhop.cli;

import dev.podhop.reports.Narrator;
import dev.podhop.reports.ReportFolder;
import dev.podhop.reports.out.NewFiles;
import dev.podhop.run.result.RunResult;
import dev.podhop.run.result.UsageException;
import dev.podhop.scenario.LoadedScenario;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code podhop run}: the only verb whose exit code is a verdict. All files are read before the
 * first one is run, so that a mistake in the last is not told after minutes of work.
 */
@Command(name = "run", mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n", footer = {
            "  podhop run scenario.yaml",
            "  podhop run scenario.yaml --runs 100 --report out",
            "  podhop run scenario.yaml --set loadBalancer.clientIP=snat",
            ExitCode.HELP},
        description = "Runs scenarios: each flow's outcomes, why the failures failed, and whether"
                + " that was expected. Exits with 1 when it was not.")
final class RunVerb implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private Scenarios scenarios = new Scenarios();

    @Mixin
    private Everything everything = new Everything();

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "Scenarios.")
    private List<Path> files = List.of();

    @Option(names = "-o", paramLabel = "FORMAT", description = "${COMPLETION-CANDIDATES}")
    private RunFormat format = RunFormat.text;

    @Option(names = "--report", paramLabel = "DIR",
            description = "Write report.md and result.json into this folder.")
    private @Nullable Path report;

    @Option(names = "--seed", paramLabel = "N", description = "Instead of the file's own.")
    private @Nullable Long seed;

    @Option(names = "--runs", paramLabel = "N",
            description = "Run N times, with the seeds from the first one on, and add up.")
    private int runs = 1;

    @Option(names = "--threads", paramLabel = "N", description = "How many of these runs are under"
            + " way at once; it changes nothing but the time. Default: one a processor.")
    private @Nullable Integer threads;

    @Override
    public Integer call() {
        if (runs < 1) {
            throw new UsageException("found --runs " + runs + ", expected 1 or more");
        }
        if (threads != null && threads < 1) {
            throw new UsageException("found --threads " + threads + ", expected 1 or more");
        }
        List<LoadedScenario> loaded = scenarios.load(files.stream()
                .flatMap(file -> Inputs.each(file, false).stream()).toList());
        // A dump says what there is, not what happens: without a timeline there is nothing to run.
        for (LoadedScenario scenario : loaded) {
            if (scenario.bareDump()) {
                throw new UsageException(scenario.file() + " has no Scenario document, so there is"
                        + " nothing to run; trace, odds and get take a dump as it is");
            }
        }
        if (report != null) {
            make(report);
        }
        Format read = format.forReaders() ? Format.text : Format.json;
        loaded.forEach(scenario -> scenarios.tellAssumptions(scenario, read));
        Narrator narrator = Main.narrator(spec);
        Tally tally = new Tally(loaded, runs);
        try (Interruption interruption = new Interruption(() -> interrupted(tally, narrator))) {
            loaded.forEach(scenario -> run(scenario, tally));
        }
        boolean expected = tell(tally, narrator);
        List<String> refusals =
                tally.summed().stream().flatMap(run -> run.refusals().stream()).toList();
        return Failures.told(spec, refusals,
                expected ? ExitCode.OK : ExitCode.NOT_AS_EXPECTED);
    }

    /** Prints what there is, and returns whether all of it was expected. */
    private boolean tell(Tally tally, Narrator narrator) {
        List<RunResult> results = tally.summed();
        spec.commandLine().getOut()
                .print(format.render(results, narrator, everything.sheet(spec)));
        if (report != null) {
            write(report, results, narrator);
        }
        return results.stream().allMatch(RunResult::passed);
    }

    /** Somebody ends the command: what is done is not lost. */
    private void interrupted(Tally tally, Narrator narrator) {
        PrintWriter err = spec.commandLine().getErr();
        Main.screen(spec).progress("");
        err.println("podhop: interrupted, " + tally.progress());
        try {
            if (!tally.isEmpty()) {
                tell(tally, narrator);
            }
        } catch (UsageException unwritten) {
            err.println("podhop: " + unwritten.getMessage());
        }
        spec.commandLine().getOut().flush();
        err.flush();
    }

    private void run(LoadedScenario scenario, Tally tally) {
        long first = seed == null ? scenario.spec().seed() : seed;
        int most = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
        new Replications(scenario, Main.screen(spec), runs, first)
                .make(most, result -> tally.add(scenario, result));
    }

    /** Before anything runs: minutes of work are not to end in a refusal. */
    private static void make(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException refused) {
            throw unwritable(folder, refused);
        }
    }

    private static void write(Path folder, List<RunResult> results, Narrator narrator) {
        try {
            new ReportFolder(narrator).write(folder, results);
        } catch (IOException refused) {
            throw unwritable(folder, refused);
        }
    }

    /** Its message would repeat the path, and more of the machine than concerns anybody. */
    private static UsageException unwritable(Path folder, IOException refused) {
        return new UsageException("cannot write the report into " + folder + ": "
                + NewFiles.why(refused) + "; expected a folder that can be written, or made");
    }
}
