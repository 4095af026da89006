package dev.podhop.viz.inspector;

import dev.podhop.net.IpAddress;
import dev.podhop.net.SocketAddress;
import dev.podhop.packet.Header;
import dev.podhop.reports.picture.Wiring;
import dev.podhop.run.ScenarioRunner;
import dev.podhop.run.result.RunCancelledException;
import dev.podhop.run.state.ClusterState;
import dev.podhop.run.state.Table;
import dev.podhop.trace.Hop;
import dev.podhop.trace.StateChange;
import dev.podhop.trace.StateChange.Kind;
import dev.podhop.trace.Step;
import dev.podhop.viz.playback.PlaybackViewModel;
import dev.podhop.viz.recording.Recording;
import dev.podhop.workload.AttemptResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * What the place under the cursor knows at that moment, in the shape of the tools that show it.
 * Connections come from the recorded changes; the other tables are asked from the simulator, which
 * plays the file up to that moment again: in the background, once for each state that there is.
 */
public final class StateViewModel {

    /** The tables to choose from. */
    enum Shown {
        CONNTRACK,
        RULES,
        ROUTES,
        ENDPOINTS,
        SERVICES,
        BALANCERS
    }

    /** A line of a table; {@code own} where it is about the connection under the cursor. */
    record Line(String text, boolean own) {}

    private static final String NO_NODE = "";

    private final PlaybackViewModel playback;
    private final Recording recording;
    private final Executor background;
    private final Executor foreground;
    private final Map<Long, ClusterState> known = new HashMap<>();
    private volatile long asked;

    /**
     * A view model.
     *
     * @param background runs what is slow
     * @param foreground runs what tells the view
     */
    public StateViewModel(PlaybackViewModel playback, Executor background, Executor foreground) {
        this.playback = playback;
        this.recording = playback.recording();
        this.background = background;
        this.foreground = foreground;
    }

    PlaybackViewModel playback() {
        return playback;
    }

    /** Whose tables: the place under the cursor, or the node that its pod is on. */
    String place() {
        int hop = playback.hop().get();
        if (hop < 0) {
            return NO_NODE;
        }
        String label = recording.visit(hop).place();
        return recording.wiring().spaces().stream().filter(each -> each.label().equals(label))
                .map(each -> each.kind() == Wiring.Kind.POD ? each.node() : each.name())
                .findFirst().orElse(NO_NODE);
    }

    /** Asks for a table; it may come later, and then for the moment that was asked for. */
    void lines(Shown shown, Consumer<List<Line>> take) {
        if (shown == Shown.CONNTRACK) {
            take.accept(conntrack());
            return;
        }
        long now = playback.time().get();
        String place = place();
        long epoch = epoch(now);
        ClusterState state = known.get(epoch);
        if (state != null) {
            take.accept(lines(shown, state, place, evidence()));
            return;
        }
        long mine = ++asked;
        Set<String> evidence = evidence();
        background.execute(() -> {
            try {
                // Whoever drags the cursor asks for many states, and wants to see the last.
                ClusterState made = new ScenarioRunner(recording.scenario(),
                        clock -> mine == asked).state(OptionalLong.of(now),
                                recording.request().seed());
                List<Line> lines = lines(shown, made, place, evidence);
                foreground.execute(() -> {
                    known.put(epoch, made);
                    take.accept(lines);
                });
            } catch (RunCancelledException nobodyWaits) {
                // A later moment is on its way.
            }
        });
    }

    /** Changes when anything but a connection does: what one answer holds for. */
    private long epoch(long now) {
        long changes = recording.journal().between(-1, now).stream()
                .filter(each -> each.kind() != Kind.CONNTRACK).count();
        long events = recording.scenario().spec().timeline().stream()
                .filter(each -> each.atNanos() <= now).count();
        return changes * 1_000_003 + events;
    }

    private List<Line> conntrack() {
        long now = playback.time().get();
        String place = place();
        return recording.journal().at(now).stream()
                .filter(each -> each.kind() == Kind.CONNTRACK && each.where().equals(place))
                .map(each -> new Line(entry(each), isOwn(entry(each)))).toList();
    }

    /** The client's port is in the entry's first direction, whatever was translated after that. */
    private boolean isOwn(String entry) {
        int hop = playback.hop().get();
        AttemptResult attempt =
                hop < 0 ? null : recording.attempt(recording.hop(hop).attempt());
        return attempt != null && entry.contains("sport=" + attempt.local().port() + " ")
                && entry.contains("src=" + attempt.local().address() + " ");
    }

    private static String entry(StateChange change) {
        return change.value().getOrDefault("entry", change.key());
    }

    /** What the hop under the cursor rests on: rules, routes, and the addresses of its packet. */
    private Set<String> evidence() {
        int number = playback.hop().get();
        Set<String> evidence = new HashSet<>();
        if (number < 0) {
            return evidence;
        }
        Hop hop = recording.hop(number);
        for (Step step : hop.steps()) {
            switch (step) {
                case Step.RuleWalk walk -> walk.rules().forEach(
                        rule -> evidence.add(rule.text()));
                case Step.Route route -> evidence.add(
                        route.why().arguments().getOrDefault("route", ""));
                case Step.Nat nat -> addresses(nat.after(), evidence);
                default -> {
                }
            }
        }
        addresses(hop.header(), evidence);
        return evidence;
    }

    private static void addresses(Header header, Set<String> evidence) {
        for (IpAddress end : List.of(header.source(), header.destination())) {
            evidence.add(end.toString());
        }
        evidence.add(new SocketAddress(header.source(), header.sourcePort()).toString());
        evidence.add(new SocketAddress(header.destination(), header.destinationPort()).toString());
    }

    private static List<Line> lines(Shown shown, ClusterState state, String place,
            Set<String> evidence) {
        boolean node = state.nodes().contains(place);
        return switch (shown) {
            case CONNTRACK -> List.of();
            case RULES -> node ? plain(state.rules(place).lines().toList(), evidence)
                    : List.of();
            case ROUTES -> node ? plain(state.routes(place), evidence) : List.of();
            case ENDPOINTS -> table(state.endpointDetails(), evidence);
            case SERVICES -> table(state.services(true), evidence);
            case BALANCERS -> balancers(state, evidence);
        };
    }

    private static List<Line> balancers(ClusterState state, Set<String> evidence) {
        List<Line> lines = new ArrayList<>(table(state.loadBalancerTargets(), evidence));
        lines.add(new Line("", false));
        lines.addAll(table(state.loadBalancers(), Set.of()));
        return lines;
    }

    private static List<Line> plain(List<String> lines, Set<String> evidence) {
        return lines.stream().map(each -> new Line(each, evidence.contains(each))).toList();
    }

    /** Columns as wide as their widest cell, as {@code kubectl get} prints them. */
    private static List<Line> table(Table table, Set<String> evidence) {
        List<List<String>> rows = new ArrayList<>(List.of(table.columns()));
        rows.addAll(table.rows());
        int[] widths = IntStream.range(0, table.columns().size())
                .map(i -> rows.stream().mapToInt(row -> row.get(i).length()).max().orElse(0))
                .toArray();
        return rows.stream().map(row -> {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.size(); i++) {
                line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 3));
            }
            return new Line(line.toString().stripTrailing(),
                    row.stream().anyMatch(evidence::contains));
        }).toList();
    }
}
