package dev.podhop.cli;

import dev.podhop.reports.out.Shown;
import dev.podhop.reports.text.TextTable;
import dev.podhop.run.ScenarioRunner;
import dev.podhop.run.result.UsageException;
import dev.podhop.run.state.ClusterState;
import dev.podhop.run.state.Table;
import dev.podhop.scenario.LoadedScenario;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/**
 * {@code podhop get}. Its output can stand beside that of the real tool, or be fed to it: what is
 * not part of it, assumptions and warnings, goes to standard error.
 */
@Command(name = "get", mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n", footer = {
            "  podhop get rules dump.yaml shop/web --node worker-1",
            "  podhop get conntrack scenario.yaml --node n1 --at 5s",
            "  podhop get services dump.yaml -A -o wide",
            "  podhop get pods scenario.yaml -o wide --at 30s",
            "  podhop get endpoints dump.yaml -n shop",
            "  podhop get topology scenario.yaml -o dot | dot -Tsvg > wiring.svg",
            ExitCode.HELP},
        description = "The state at a time, in the shape of the tool that shows it on a cluster.")
final class GetVerb implements Callable<Integer> {

    /** What can be got; the first three belong to a node. */
    enum What {
        rules,
        conntrack,
        routes,
        endpoints,
        endpointslices,
        services,
        pods,
        nodes,
        loadbalancers,
        dns,
        topology;

        /** Whether {@code kubectl get} lists it. */
        boolean isKubectls() {
            return KUBECTLS.contains(this);
        }

        /** Whether it can be written so. */
        boolean takes(Output output) {
            return output == Output.table || (output == Output.wide ? isKubectls()
                    : this == topology);
        }
    }

    /** How it is written: wide of what kubectl lists, as a graph of a topology. */
    enum Output {
        table,
        wide,
        dot,
        graphml
    }

    private static final Set<What> KUBECTLS = EnumSet.of(What.endpoints, What.endpointslices,
            What.services, What.pods, What.nodes);
    /** Below these, wide, stands what kubectl does not say. */
    private static final Set<What> WITH_DETAILS = EnumSet.of(What.endpoints, What.endpointslices);

    private static final Set<What> BELONG_TO_NONE =
            EnumSet.of(What.routes, What.dns, What.topology);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private Scenarios scenarios = new Scenarios();

    /** A plural as Podhop writes it, or another form of kubectl's. */
    static final class WhatWord implements ITypeConverter<What> {

        private static final Map<String, What> OTHER_FORMS = Map.ofEntries(
                Map.entry("po", What.pods), Map.entry("pod", What.pods),
                Map.entry("no", What.nodes), Map.entry("node", What.nodes),
                Map.entry("svc", What.services), Map.entry("service", What.services),
                Map.entry("ep", What.endpoints), Map.entry("endpointslice",
                        What.endpointslices));

        @Override
        public What convert(String text) {
            List<String> all = Stream.of(What.values()).map(What::name).toList();
            What other = OTHER_FORMS.get(text);
            if (other == null && !all.contains(text)) {
                throw new TypeConversionException("found \"" + text + "\", expected one of " + all
                        + UsageException.meant(text, all));
            }
            return other == null ? What.valueOf(text) : other;
        }
    }

    @Parameters(index = "0", paramLabel = "WHAT", converter = WhatWord.class,
            description = "${COMPLETION-CANDIDATES}; po, no, svc, ep as with kubectl.")
    private What what = What.rules;

    @Parameters(index = "1", paramLabel = "FILE",
            description = "A scenario, or a dump of a cluster.")
    private Path file = Path.of("");

    @Parameters(index = "2", paramLabel = "NAME", arity = "0..1", defaultValue = "",
            description = "Of this Service, pod or node only: web, or shop/web. Of conntrack also"
                    + " an address.")
    private String name = "";

    @Option(names = {"-n", "--namespace"}, paramLabel = "NS", defaultValue = "",
            description = "Of this namespace only.")
    private String namespace = "";

    @Option(names = {"-A", "--all-namespaces"},
            description = "Of all namespaces, which is the default of what kubectl does not"
                    + " list.")
    private boolean everywhere;

    @Option(names = "--node", paramLabel = "NODE",
            description = "This node's; else all nodes', each under its name.")
    private @Nullable String node;

    @Option(names = "--at", paramLabel = "TIME", converter = TypedWords.TimeWord.class,
            description = "At this time: 5s, or end, which is the default.")
    private OptionalLong at = OptionalLong.empty();

    @Option(names = {"-o", "--output"}, paramLabel = "FORMAT",
            description = "${COMPLETION-CANDIDATES}. wide, of what kubectl lists: services with"
                    + " their selectors, pods and nodes with their addresses; below endpoints"
                    + " and slices, each endpoint with what is known of it. dot, graphml: of"
                    + " topology.")
    private Output output = Output.table;

    @Override
    public Integer call() {
        LoadedScenario scenario = scenarios.load(file);
        if (everywhere && !namespace.isEmpty()) {
            throw new UsageException("found -A and -n " + namespace + ", expected one of them");
        }
        Selection selected = Selection.of(namespace, name);
        if (!what.takes(output)) {
            throw new UsageException("found -o " + output + " with " + what
                    + ", expected it with " + (output == Output.wide
                            ? "services, endpoints, endpointslices, pods or nodes"
                            : "topology"));
        }
        if (!selected.isAll() && BELONG_TO_NONE.contains(what)) {
            throw new UsageException("found a Service or a namespace with " + what
                    + ", which belong to none");
        }
        ClusterState state = new ScenarioRunner(scenario).state(at);
        scenarios.tellAssumptions(scenario, Format.json);
        spec.commandLine().getOut().print(switch (what) {
            case rules -> perNode(state, node -> rules(selected, state.rules(node)));
            case conntrack -> perNode(state, node -> lines(selected.isAll()
                    ? state.conntrack(node)
                    : selected.entries(state.conntrack(node), state)));
            case routes -> perNode(state, node -> lines(state.routes(node)));
            case endpoints -> list(selected, state.endpoints(), state);
            case endpointslices -> list(selected, state.endpointSlices(), state);
            case services -> list(selected, state.services(output == Output.wide), state);
            case pods -> list(selected, state.pods(output == Output.wide), state);
            case nodes -> list(selected, state.nodes(output == Output.wide), state);
            case dns -> table(selected, state.dns());
            case loadbalancers -> balancers(selected, state);
            case topology -> switch (output) {
                case table, wide -> table(selected, state.topology());
                case dot -> state.wiring().dot();
                case graphml -> state.wiring().graphml();
            };
        });
        return ExitCode.OK;
    }

    /** As kubectl lists it; below, with {@code -o wide}, what kubectl does not say of endpoints. */
    private String list(Selection selected, Table table, ClusterState state) {
        refuseNode();
        Listing listing = Listing.of(what.name(), table, selected, everywhere);
        if (listing.shown().isEmpty() && !selected.name().isEmpty()) {
            throw new UsageException(listing.remark()
                    + UsageException.meant(selected.name(), names(table)));
        }
        if (!listing.remark().isEmpty()) {
            listing.remark().lines().forEach(
                    line -> spec.commandLine().getErr().println(Shown.line(line)));
        }
        boolean more = output == Output.wide && WITH_DETAILS.contains(what);
        String below = !more || listing.rows().isEmpty() ? ""
                : "\n" + table(state.endpointDetails(), row -> listing.shows(row.getFirst(),
                        row.get(what == What.endpoints ? 1 : 2)));
        return lines(listing.rows()) + below;
    }

    private static List<String> names(Table table) {
        int column = table.columns().indexOf("NAME");
        return table.rows().stream().map(row -> row.get(column)).toList();
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

    /** Three tables: of the instances, and of what belongs to those that are shown. */
    private String balancers(Selection selected, ClusterState state) {
        Table instances = state.loadBalancers();
        Set<String> shown = new HashSet<>();
        for (List<String> row : instances.rows()) {
            if (selected.takes(instances.columns(), row)) {
                shown.add(row.get(instances.columns().indexOf("INSTANCE")));
                String service = row.get(instances.columns().indexOf("SERVICE"));
                shown.add("lb/" + service);
                shown.add("lb/" + service.replaceFirst("^default/", ""));
            }
        }
        Predicate<List<String>> belongs = row -> selected.isAll() || shown.contains(row.getFirst());
        return table(selected, instances) + "\n"
                + table(state.loadBalancerTargets(), belongs) + "\n"
                + table(state.loadBalancerSettings(), belongs);
    }

    private static String rules(Selection selected, String text) {
        return selected.isAll() ? text : lines(selected.rules(text.lines().toList()));
    }

    private String table(Selection selected, Table table) {
        return table(table, row -> selected.takes(table.columns(), row));
    }

    private String table(Table table, Predicate<List<String>> wanted) {
        refuseNode();
        TextTable text = new TextTable().row(table.columns());
        table.rows().stream().filter(wanted).forEach(text::row);
        return lines(text.lines());
    }

    private void refuseNode() {
        if (node != null) {
            throw new UsageException("found --node with " + what + ", which belong to no node");
        }
    }

    private static String lines(List<String> lines) {
        return lines.stream().map(line -> Shown.line(line) + "\n").collect(Collectors.joining());
    }
}
