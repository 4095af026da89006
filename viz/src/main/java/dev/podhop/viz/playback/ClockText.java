package dev.podhop.viz.playback;

import java.util.Locale;

/** Virtual time in full: {@code 5.000 012 300 s}. */
public final class ClockText {

    private static final long SECOND = 1_000_000_000L;

    private ClockText() {}

    /** Seconds and nine digits behind the point, in groups of three. */
    public static String of(long nanos) {
        long below = nanos % SECOND;
        return String.format(Locale.ROOT, "%d.%03d %03d %03d s", nanos / SECOND,
                below / 1_000_000, below / 1_000 % 1_000, below % 1_000);
    }
}
