package dev.podhop.cli;

import dev.podhop.reports.Amounts;
import dev.podhop.run.result.RunWatch;

/**
 * How far a long command has come, told to who looks on: after the first second, and then often
 * enough to be seen to move. The virtual time that is reached tells whether it will ever end.
 */
final class Progress implements RunWatch {

    private static final long PATIENCE_NANOS = 1_000_000_000L;
    private static final long PAUSE_NANOS = 200_000_000L;

    private final Screen screen;
    private final String what;
    private long nextNanos = System.nanoTime() + PATIENCE_NANOS;
    private boolean told;

    /**
     * Progress of something.
     *
     * @param what is under way: {@code lb-loopback: run 3 of 500}
     */
    Progress(Screen screen, String what) {
        this.screen = screen;
        this.what = what;
    }

    @Override
    public boolean goesOn(long nowNanos) {
        long wall = System.nanoTime();
        if (wall - nextNanos >= 0) {
            told = true;
            nextNanos = wall + PAUSE_NANOS;
            screen.progress(what + ", " + Amounts.time(nowNanos / 1_000_000 * 1_000_000)
                    + " of virtual time");
        }
        return true;
    }

    /** Takes the line away. */
    void end() {
        if (told) {
            screen.progress("");
        }
    }
}
