package dev.podhop.cli;

import dev.podhop.k8s.ApiKind;
import dev.podhop.k8s.ApiObject;
import dev.podhop.scenario.LoadedScenario;
import dev.podhop.scenario.Send;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code podhop validate}. Reading a file checks it as far as running it would: there is no second,
 * laxer check that could let pass what {@code run} then refuses.
 */
@Command(name = "validate", mixinStandardHelpOptions = true,
        description = "Checks files without running them, and tells every problem with its line.")
final class ValidateVerb implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private Scenarios scenarios = new Scenarios();

    @Parameters(paramLabel = "FILE", arity = "1..*",
            description = "Scenarios, dumps of a cluster, or plain manifests.")
    private List<Path> files = List.of();

    @Override
    public Integer call() {
        for (LoadedScenario scenario : scenarios.load(files)) {
            spec.commandLine().getOut().println(scenario.file() + ": valid, " + summary(scenario));
        }
        return ExitCode.OK;
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
            counts.merge(object.kind(), 1, Integer::sum);
        }
        counts.forEach((kind, count) -> parts.add(count + " " + kind.kind()));
        return parts.isEmpty() ? "nothing in it" : String.join(", ", parts);
    }
}
