package dev.podhop.viz.lanes;

import dev.podhop.reports.Amounts;
import dev.podhop.reports.picture.PacketKind;
import dev.podhop.reports.picture.Visit;
import dev.podhop.trace.Hop;
import dev.podhop.trace.Role;
import dev.podhop.viz.playback.Axis;
import dev.podhop.viz.playback.PlaybackViewModel;
import dev.podhop.viz.recording.Happening;
import dev.podhop.viz.recording.Recording;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Shown hops as slices of lanes, in positions of the playback's axis. */
public final class LanesViewModel {

    /** Waits from here on are marked: a thousand times as long as a hop. */
    private static final long LONG_NANOS = 5_000_000;

    private final PlaybackViewModel playback;
    private final Recording recording;
    private final Map<String, Integer> lanes = new LinkedHashMap<>();
    private int[] laneOf = new int[0];
    private int @Nullable [] sorted;

    /**
     * A hop.
     *
     * @param at position on the axis, where it begins
     * @param until where it ends
     * @param next the slice's lane to which its packet went on, or -1
     */
    record Slice(int hop, int lane, double at, double until, Role role, boolean lost,
            PacketKind kind, int next, double nextAt) {}

    /** A time on the axis. */
    record Tick(double at, String text) {}

    /**
     * Something that happens to the cluster.
     *
     * @param before whether it was before the axis begins
     */
    record Mark(double at, boolean before, String text) {}

    /** A long wait that the axis shows shorter than it is, from its middle. */
    record Break(double middle, double width, String text) {}

    public LanesViewModel(PlaybackViewModel playback) {
        this.playback = playback;
        this.recording = playback.recording();
    }

    /** Lanes stand in the order in which packets first came there; sorted when next asked for. */
    private void sort() {
        int[] shown = playback.shown().hops().get();
        if (shown == sorted) {
            return;
        }
        sorted = shown;
        lanes.clear();
        laneOf = new int[shown.length];
        for (int i = 0; i < shown.length; i++) {
            laneOf[i] = lanes.computeIfAbsent(recording.hop(shown[i]).place().label(),
                    label -> lanes.size());
        }
    }

    PlaybackViewModel playback() {
        return playback;
    }

    /** Labels, the topmost lane's first. */
    List<String> lanes() {
        sort();
        return List.copyOf(lanes.keySet());
    }

    Axis axis() {
        return playback.axis().get();
    }

    /** How many hops are shown. */
    int size() {
        sort();
        return laneOf.length;
    }

    int laneOf(int position) {
        return laneOf[position];
    }

    int hop(int position) {
        return playback.shown().hops().get()[position];
    }

    boolean lost(int position) {
        return recording.lost(hop(position)) && playback.tells(hop(position));
    }

    /** How many of the shown hops may be told. */
    int told() {
        return Math.min(size(), playback.told());
    }

    /** The position among the shown hops of the first one at or after an axis position. */
    int firstAt(double at) {
        long nanos = axis().nanosAt(at);
        int before = recording.lastAt(nanos - 1);
        return playback.shown().positionOf(before) + 1;
    }

    /** Where on the axis a shown hop begins. */
    double at(int position) {
        return axis().at(recording.time(hop(position)));
    }

    /** A shown hop as a slice. */
    Slice slice(int position) {
        sort();
        int number = hop(position);
        Hop hop = recording.hop(number);
        Visit visit = recording.visit(number);
        int target = recording.flights().target(number);
        boolean goesOn = target >= 0 && playback.shown().shows(target)
                && playback.tells(number) && playback.tells(target);
        return new Slice(number, laneOf[position], axis().at(hop.timeNanos()),
                axis().at(hop.endNanos()), recording.role(number), lost(position),
                visit.kind(),
                goesOn ? lanes.getOrDefault(recording.hop(target).place().label(), -1) : -1,
                goesOn ? axis().at(recording.time(target)) : 0);
    }

    /** Where the cursor is on the axis. */
    double cursor() {
        return axis().at(playback.time().get());
    }

    /** Times to write below the lanes, no nearer to each other than a distance on the axis. */
    List<Tick> ticks(double from, double until, double distance) {
        List<Tick> ticks = new ArrayList<>();
        double last = Double.NEGATIVE_INFINITY;
        for (int i = firstAt(from); i < told(); i++) {
            long nanos = recording.time(hop(i));
            double at = axis().at(nanos);
            if (at > until) {
                break;
            }
            if (at - last >= distance) {
                ticks.add(new Tick(at, Amounts.time(nanos)));
                last = at;
                // The next one is looked for where it can be, not hop by hop.
                i = Math.max(i, firstAt(at + distance) - 1);
            }
        }
        return ticks;
    }

    /** What happens to the cluster between the axis' ends; before them only the last of it. */
    List<Mark> marks() {
        long begin = axis().nanosAt(0);
        long end = axis().nanosAt(axis().length());
        List<Happening> all = recording.happenings().stream()
                .filter(each -> each.atNanos() <= end).toList();
        List<Mark> marks = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            Happening each = all.get(i);
            boolean before = each.atNanos() < begin;
            boolean lastBefore = i + 1 == all.size() || all.get(i + 1).atNanos() >= begin;
            if (!before || lastBefore) {
                marks.add(new Mark(axis().at(each.atNanos()), before, Amounts.time(
                        each.fileNanos()) + " " + each.words()));
            }
        }
        return marks;
    }

    /** Whether equal widths are equal times. */
    boolean isToScale() {
        return playback.scale().get() == PlaybackViewModel.Scale.LINEAR;
    }

    /** Long waits in view that an axis by events shows shorter than they are. */
    List<Break> breaks(double from, double until, double leastWidth) {
        List<Break> breaks = new ArrayList<>();
        if (isToScale()) {
            return breaks;
        }
        for (int i = Math.max(1, firstAt(from)); i < told() && at(i - 1) < until; i++) {
            long begins = recording.hop(hop(i - 1)).endNanos();
            long waited = recording.time(hop(i)) - begins;
            double width = waited < LONG_NANOS ? 0 : at(i) - axis().at(begins);
            if (width >= leastWidth) {
                breaks.add(new Break(at(i) - width / 2, width, "+" + rounded(waited)));
            }
        }
        return breaks;
    }

    /** Two digits say enough of a wait. */
    private static String rounded(long nanos) {
        return Amounts.duration(new BigDecimal(nanos).round(new MathContext(2)).longValue());
    }
}
