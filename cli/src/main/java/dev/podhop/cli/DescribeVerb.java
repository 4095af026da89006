package dev.podhop.cli;

import dev.podhop.reports.out.Shown;
import dev.podhop.run.ScenarioRunner;
import dev.podhop.run.result.UsageException;
import dev.podhop.run.state.ClusterState;
import dev.podhop.scenario.LoadedScenario;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code podhop describe}: one object as {@code kubectl describe} prints it. */
@Command(name = "describe", mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n", footer = {
            "  podhop describe service dump.yaml web",
            "  podhop describe service dump.yaml shop/web --at 5s",
            ExitCode.HELP},
        description = "An object at a time, as kubectl describes it.")
final class DescribeVerb implements Callable<Integer> {

    private static final String GAP = "  ";

    /** What can be described. */
    enum What {
        service
    }

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private Scenarios scenarios = new Scenarios();

    @Parameters(index = "0", paramLabel = "WHAT", description = "${COMPLETION-CANDIDATES}")
    private What what = What.service;

    @Parameters(index = "1", paramLabel = "FILE",
            description = "A scenario, or a dump of a cluster.")
    private Path file = Path.of("");

    @Parameters(index = "2", paramLabel = "NAME", arity = "0..1", defaultValue = "",
            description = "Of this name: web, or shop/web; else all of the namespace.")
    private String name = "";

    @Option(names = {"-n", "--namespace"}, paramLabel = "NS", defaultValue = "",
            description = "Of this namespace.")
    private String namespace = "";

    @Option(names = "--at", paramLabel = "TIME", converter = TypedWords.TimeWord.class,
            description = "At this time: 5s, or end, which is the default.")
    private OptionalLong at = OptionalLong.empty();

    @Override
    public Integer call() {
        LoadedScenario scenario = scenarios.load(file);
        ClusterState state = new ScenarioRunner(scenario).state(at);
        scenarios.tellAssumptions(scenario, Format.json);
        Selection asked = Selection.of(namespace, name);
        Listing found = Listing.of(what + "s", state.services(false), asked, false);
        if (found.shown().isEmpty()) {
            throw new UsageException(found.remark());
        }
        spec.commandLine().getOut().print(found.shown().stream().sorted()
                .map(each -> text(state.describe(each.substring(0, each.indexOf('/')),
                        each.substring(each.indexOf('/') + 1))))
                .collect(Collectors.joining("\n\n")));
        return ExitCode.OK;
    }

    /** As a tabwriter lays it out: only lines that stand together share a column. */
    private static String text(List<List<String>> rows) {
        int label = rows.stream().mapToInt(row -> row.getFirst().length()).max().orElse(0);
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            String line = row.getFirst() + " ".repeat(label - row.getFirst().length()) + GAP
                    + String.join(GAP, row.subList(1, row.size()));
            text.append(Shown.line(line.stripTrailing())).append('\n');
        }
        return text.toString();
    }
}
