package dev.podhop.viz.playback;

import java.util.Arrays;

/**
 * Time as it is drawn and played. Hops are microseconds apart and timeouts are seconds, so that a
 * linear axis shows either the one or the other; in event order every gap has a width that grows
 * with its logarithm. Positions rise with time, and each is one moment: both directions are pure
 * functions.
 */
public final class Axis {

    /** A gap of this length is twice as wide as the shortest. */
    private static final double KNEE_NANOS = 1e6;

    private final long[] times;
    private final double[] positions;

    private Axis(long[] times, double[] positions) {
        this.times = times;
        this.positions = positions;
    }

    /** Milliseconds, from a time to another. */
    public static Axis linear(long fromNanos, long untilNanos) {
        long until = Math.max(untilNanos, fromNanos + 1);
        return new Axis(new long[] {fromNanos, until},
                new double[] {0, (until - fromNanos) / 1e6});
    }

    /** One unit a gap between neighbouring events, more for long gaps. */
    public static Axis events(long[] eventTimes) {
        long[] times = Arrays.stream(eventTimes).sorted().distinct().toArray();
        if (times.length < 2) {
            long only = times.length == 0 ? 0 : times[0];
            return linear(only, only + 1);
        }
        double[] positions = new double[times.length];
        for (int i = 1; i < times.length; i++) {
            double gap = times[i] - times[i - 1];
            positions[i] = positions[i - 1] + 1 + Math.log1p(gap / KNEE_NANOS) / Math.log(2);
        }
        return new Axis(times, positions);
    }

    /** Where a time lies; before the first and after the last event at the ends. */
    public double at(long nanos) {
        int last = times.length - 1;
        if (nanos <= times[0]) {
            return 0;
        }
        if (nanos >= times[last]) {
            return positions[last];
        }
        int found = Arrays.binarySearch(times, nanos);
        if (found >= 0) {
            return positions[found];
        }
        int i = -found - 2;
        double share = (double) (nanos - times[i]) / (times[i + 1] - times[i]);
        return positions[i] + share * (positions[i + 1] - positions[i]);
    }

    /** The time at a position. */
    public long nanosAt(double position) {
        int last = times.length - 1;
        if (position <= 0) {
            return times[0];
        }
        if (position >= positions[last]) {
            return times[last];
        }
        int found = Arrays.binarySearch(positions, position);
        if (found >= 0) {
            return times[found];
        }
        int i = -found - 2;
        double share = (position - positions[i]) / (positions[i + 1] - positions[i]);
        return times[i] + Math.round(share * (times[i + 1] - times[i]));
    }

    /** The position of the last moment. */
    public double length() {
        return positions[positions.length - 1];
    }
}
