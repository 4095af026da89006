package dev.podhop.viz.inspector;

import dev.podhop.scenario.evidence.Cited;
import java.util.List;

/**
 * A step in words.
 *
 * @param number of the step in its hop
 * @param stage where in the kernel: {@code PREROUTING}, {@code routing}
 * @param when whether it is past, under the cursor, or still to come
 * @param bad whether the packet ended here and nobody took it
 * @param lines of the file that it rests on
 */
public record WhyStep(int number, String stage, String what, List<Remark> remarks, When when,
        boolean bad, boolean nat, List<Cited> lines) {

    /** A sentence, and what the real tool would print; empty for none. */
    public record Remark(String sentence, String evidence) {}

    /** Seen from the cursor. */
    public enum When {
        PAST,
        NOW,
        TO_COME
    }
}
