package dev.podhop.cli;

import dev.podhop.reports.out.Shown;
import dev.podhop.reports.text.TextTable;
import dev.podhop.run.ClusterState;
import dev.podhop.run.ScenarioRunner;
import dev.podhop.run.Table;
import dev.podhop.run.UsageException;
import dev.podhop.scenario.LoadedScenario;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code podhop get}. Its output can stand beside that of the real tool, or be fed to it: what is
 * not part of it, assumptions and warnings, goes to standard error.
 */
@Command(name = "get", mixinStandardHelpOptions = true,
        description = "The state at a time, in the shape of the tool that shows it on a cluster.")
final class GetVerb implements Callable<Integer> {

    /** What can be got; the first three belong to a node. */
    enum What {
        rules,
        conntrack,
        routes,
        endpoints,
        services,
        loadbalancers,
        dns
    }

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private Scenarios scenarios = new Scenarios();

    @Parameters(index = "0", paramLabel = "WHAT", description = "${COMPLETION-CANDIDATES}")
    private What what = What.rules;

    @Parameters(index = "1", paramLabel = "FILE",
            description = "A scenario, or a dump of a cluster.")
    private Path file = Path.of("");

    @Option(names = "--node", paramLabel = "NODE",
            description = "This node's; else all nodes', each under its name.")
    private @Nullable String node;

    @Option(names = "--at", paramLabel = "TIME", converter = Words.TimeWord.class,
            description = "At this time: 5s, or end, which is the default.")
    private OptionalLong at = OptionalLong.empty();

    @Override
    public Integer call() {
        LoadedScenario scenario = scenarios.load(file);
        ClusterState state = new ScenarioRunner(scenario).state(at);
        scenarios.tellAssumptions(scenario, Format.json);
        spec.commandLine().getOut().print(switch (what) {
            case rules -> perNode(state, state::rules);
            case conntrack -> perNode(state, name -> lines(state.conntrack(name)));
            case routes -> perNode(state, name -> lines(state.routes(name)));
            case endpoints -> table(state.endpoints());
            case services -> table(state.services());
            case dns -> table(state.dns());
            case loadbalancers -> table(state.loadBalancers()) + "\n"
                    + table(state.loadBalancerTargets()) + "\n"
                    + table(state.loadBalancerSettings());
        });
        return ExitCode.OK;
    }

    private String perNode(ClusterState state, Function<String, String> text) {
        if (node != null) {
            return text.apply(node);
        }
        // iptables-restore and most readers of such texts take a line with # for a comment.
        StringBuilder all = new StringBuilder();
        for (String name : state.nodes()) {
            all.append("# ").append(Shown.line(name)).append('\n').append(text.apply(name));
        }
        return all.toString();
    }

    private String table(Table table) {
        if (node != null) {
            throw new UsageException("found --node with " + what + ", which belong to no node");
        }
        TextTable text = new TextTable().row(table.columns());
        table.rows().forEach(text::row);
        return lines(text.lines());
    }

    private static String lines(List<String> lines) {
        return lines.stream().map(line -> Shown.line(line) + "\n").collect(Collectors.joining());
    }
}
