package dev.podhop.viz.export;

import dev.podhop.viz.playback.Axis;

/**
 * A stretch of time, to be shown in so many frames.
 *
 * @param fromNanos virtual time of the first frame
 * @param untilNanos of the last one
 * @param frames at least one
 */
public record Span(long fromNanos, long untilNanos, int frames) {

    /** More are no film but a full disk. */
    public static final int MOST_FRAMES = 2_000;

    public Span {
        if (frames < 1 || frames > MOST_FRAMES) {
            throw new IllegalArgumentException(
                    "found " + frames + " frames, expected 1 to " + MOST_FRAMES);
        }
        if (untilNanos < fromNanos) {
            throw new IllegalArgumentException("the end lies before the beginning");
        }
    }

    /** The time of a frame, from 0: evenly on the axis, so that what is shown is what is played. */
    public long nanosAt(int frame, Axis axis) {
        double share = (double) frame / Math.max(1, frames - 1);
        return axis.nanosAt(axis.at(fromNanos)
                + share * (axis.at(untilNanos) - axis.at(fromNanos)));
    }
}
