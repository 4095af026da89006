package dev.podhop.cli;

import dev.podhop.k8s.ApiKind;
import dev.podhop.k8s.ApiObject;
import dev.podhop.k8s.Node;
import dev.podhop.k8s.source.Problem;
import dev.podhop.reports.Narrator;
import dev.podhop.reports.ResultPhrase;
import dev.podhop.run.ScenarioRunner;
import dev.podhop.scenario.LoadedScenario;
import dev.podhop.scenario.Send;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code podhop validate}. Reading a file checks it as far as every other verb does: there is no
 * second, laxer check. What a file asks for rightly and nothing here simulates is a note.
 */
@Command(name = "validate", mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n", footer = {
            "  podhop validate manifests/",
            "  podhop validate --after dump.yaml change.yaml",
            ExitCode.HELP},
        description = {"Checks files without running them, and tells every problem with its line.",
            "Plain manifests are judged as the API server judges them, one after another: a name"
                    + " that occurs again is an update of what stands before it."})
final class ValidateVerb implements Callable<Integer> {

    private static final List<String> JUDGED_BY =
            List.of("kubernetesVersion", "network.serviceCIDR");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private Scenarios scenarios = new Scenarios();

    @Parameters(paramLabel = "FILE", arity = "1..*",
            description = "Scenarios, dumps of a cluster, or plain manifests; - is standard"
                    + " input. A directory stands for the manifests in it, each by itself.")
    private List<Path> files = List.of();

    @Option(names = "--after", paramLabel = "FILE",
            description = "What the cluster holds already, such as its dump: each FILE is checked"
                    + " as a change to it.")
    private @Nullable Path before;

    @Override
    public Integer call() {
        List<Path> each = files.stream().flatMap(file -> Inputs.each(file, true).stream())
                .toList();
        List<Problem> problems = new ArrayList<>();
        for (Path file : each) {
            try {
                tell(scenarios.loadAfter(before, List.of(file)).getFirst());
            } catch (BadInput bad) {
                problems.addAll(bad.problems());
            }
        }
        if (!problems.isEmpty()) {
            throw new BadInput(problems);
        }
        return ExitCode.OK;
    }

    private void tell(LoadedScenario scenario) {
        Scenarios.say(spec.commandLine().getOut(), "",
                scenario.file() + ": valid, " + summary(scenario));
        assumptions(scenario);
        findings(scenario);
    }

    /** Without nodes there is no cluster to assume, only a server that judges. */
    private void assumptions(LoadedScenario scenario) {
        boolean cluster = scenario.objects(Node.class).anyMatch(node -> !node.isMade());
        scenario.told().stream()
                .filter(each -> cluster || JUDGED_BY.contains(each.key()))
                .forEach(each -> Scenarios.say(spec.commandLine().getOut(), "assumed: ",
                        each.toString()));
        scenario.notes().stream()
                .filter(line -> line.startsWith("assumed: pods:")
                        || cluster && line.startsWith("assumed: "))
                .forEach(line -> Scenarios.say(spec.commandLine().getOut(), "", line));
    }

    /** Valid is not yet working: a Service without endpoints is told, and why it has none. */
    private void findings(LoadedScenario scenario) {
        Narrator narrator = Main.narrator(spec);
        new ScenarioRunner(scenario).findings().forEach(finding -> spec.commandLine().getOut()
                .println(narrator.say(ResultPhrase.FINDING, narrator.text(finding))));
    }

    /** {@code Scenario lb-loopback with 2 flows, 3 nodes, 4 pods}. */
    private static String summary(LoadedScenario scenario) {
        List<String> parts = new ArrayList<>();
        if (!scenario.bareDump()) {
            parts.add("Scenario " + scenario.name());
            long flows = scenario.spec().timeline().stream()
                    .filter(entry -> entry.event() instanceof Send).count();
            parts.add(flows + " flows");
        }
        Map<ApiKind, Integer> counts = new EnumMap<>(ApiKind.class);
        for (ApiObject object : scenario.objects()) {
            if (!object.isMade()) {
                counts.merge(object.kind(), 1, Integer::sum);
            }
        }
        counts.forEach((kind, count) -> parts.add(count + " " + kind.kind()));
        return parts.isEmpty() ? "nothing in it" : String.join(", ", parts);
    }
}
