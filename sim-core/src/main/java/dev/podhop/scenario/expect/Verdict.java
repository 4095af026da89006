package dev.podhop.scenario.expect;

import dev.podhop.trace.Explanation;

/**
 * How one thing that was expected came out.
 *
 * @param flow the flow it speaks of; empty for what is about no flow
 * @param statement what was expected, as the file has it: {@code outcomes.Answered: 2/3}
 * @param why what was found
 */
public record Verdict(String flow, String statement, Status status, Explanation why) {

    /** How it came out. */
    public enum Status {
        PASSED,
        FAILED,
        /** Nothing here can check it; said, so that silence is not taken for success. */
        NOT_CHECKED
    }
}
