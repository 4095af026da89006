package dev.podhop.cli;

import dev.podhop.k8s.source.Problems;
import dev.podhop.reports.out.Shown;
import dev.podhop.run.ScenarioRunner;
import dev.podhop.scenario.LoadedScenario;
import dev.podhop.scenario.load.Overrides;
import dev.podhop.scenario.load.ScenarioLoader;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Loads the files of a command, with the settings laid over them. */
final class Scenarios {

    @Spec(Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    @Option(names = "--set", paramLabel = "KEY=VALUE",
            description = "Change a field before the file is read: loadBalancer.clientIP=snat (of"
                    + " the Scenario), kubeProxy.detectLocalMode=NodeCIDR,"
                    + " service/web.externalTrafficPolicy=Local. Repeatable.")
    private List<String> settings = List.of();

    @Option(names = "--resources-anywhere",
            description = "Let a file name resources outside its repository; outside of one,"
                    + " outside the folder above its own.")
    private boolean anywhere;

    List<String> settings() {
        return settings;
    }

    /**
     * A file that can be used, its warnings told.
     *
     * @throws BadInput with every problem of the file
     */
    LoadedScenario load(Path file) {
        return load(List.of(Inputs.one(file))).getFirst();
    }

    /** Several files; the problems of all of them are told at once. */
    List<LoadedScenario> load(List<Path> files) {
        return load(files, settings);
    }

    /** Several files under other settings than the command's own. */
    List<LoadedScenario> load(List<Path> files, List<String> under) {
        return load(files, null, under);
    }

    /** Several files, each as a change to what {@code before} holds, where there is one. */
    List<LoadedScenario> loadAfter(@Nullable Path before, List<Path> files) {
        return load(files, before, settings);
    }

    private List<LoadedScenario> load(List<Path> files, @Nullable Path before,
            List<String> under) {
        List<LoadedScenario> loaded = new ArrayList<>();
        Inputs inputs = new Inputs();
        Problems all = new Problems();
        for (Path file : files) {
            Problems problems = new Problems();
            Overrides overrides = Overrides.of(under, problems);
            Optional<LoadedScenario> scenario =
                    ScenarioLoader.load(file, before, overrides, inputs.bytes(file, before),
                            anywhere, problems);
            problems.all().forEach(all::add);
            scenario.ifPresent(loaded::add);
        }
        if (!all.isEmpty()) {
            throw new BadInput(all.all());
        }
        PrintWriter err = command.commandLine().getErr();
        loaded.forEach(scenario -> scenario.warnings()
                .forEach(warning -> say(err, "warning: ", warning)));
        loaded.forEach(scenario -> new ScenarioRunner(scenario).unsimulated()
                .forEach(note -> say(err, "not simulated: ", note)));
        return loaded;
    }

    /** A line of its own, whatever stands in it. */
    static void say(PrintWriter to, String label, String text) {
        to.println(label + Shown.line(text));
    }

    /** Prints what objects left open and how it was filled in; beside the data for JSON. */
    void tellAssumptions(LoadedScenario scenario, Format format) {
        PrintWriter to = format == Format.json ? command.commandLine().getErr()
                : command.commandLine().getOut();
        scenario.told().forEach(each -> say(to, "assumed: ", each.toString()));
        scenario.notes().forEach(
                line -> say(to, line.startsWith("assumed: ") ? "" : "note: ", line));
        if (format == Format.text
                && !(scenario.told().isEmpty() && scenario.notes().isEmpty())) {
            to.println();
        }
    }
}
