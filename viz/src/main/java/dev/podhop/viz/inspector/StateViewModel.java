package dev.podhop.viz.inspector;

import dev.podhop.run.ClusterState;
import dev.podhop.run.ScenarioRunner;
import dev.podhop.run.Table;
import dev.podhop.trace.StateChange;
import dev.podhop.trace.StateChange.Kind;
import dev.podhop.viz.playback.PlaybackViewModel;
import dev.podhop.viz.recording.Recording;
import dev.podhop.viz.recording.Wiring;
import dev.podhop.workload.AttemptResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
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
            take.accept(lines(shown, state, place));
            return;
        }
        background.execute(() -> {
            ClusterState asked = new ScenarioRunner(recording.scenario())
                    .state(OptionalLong.of(now));
            List<Line> lines = lines(shown, asked, place);
            foreground.execute(() -> {
                known.put(epoch, asked);
                take.accept(lines);
            });
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

    private static List<Line> lines(Shown shown, ClusterState state, String place) {
        boolean node = state.nodes().contains(place);
        return switch (shown) {
            case CONNTRACK -> List.of();
            case RULES -> node ? plain(state.rules(place).lines().toList()) : List.of();
            case ROUTES -> node ? plain(state.routes(place)) : List.of();
            case ENDPOINTS -> table(state.endpoints());
            case SERVICES -> table(state.services());
            case BALANCERS -> table(state.loadBalancers());
        };
    }

    private static List<Line> plain(List<String> lines) {
        return lines.stream().map(each -> new Line(each, false)).toList();
    }

    /** Columns as wide as their widest cell, as {@code kubectl get} prints them. */
    private static List<Line> table(Table table) {
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
            return new Line(line.toString().stripTrailing(), false);
        }).toList();
    }
}
