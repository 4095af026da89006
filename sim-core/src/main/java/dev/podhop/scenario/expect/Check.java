package dev.podhop.scenario.expect;

import dev.podhop.trace.Explanation;

/**
 * An expectation or an invariant, held against a run.
 *
 * @param subject the flow or thing it speaks of
 * @param statement what was expected, as the file has it
 * @param why what was found
 */
public record Check(String subject, String statement, Status status, Explanation why) {

    /** How it came out. */
    public enum Status {
        PASSED,
        FAILED,
        /** Nothing here can check it; said, so that silence is not taken for success. */
        NOT_CHECKED
    }

    public boolean failed() {
        return status == Status.FAILED;
    }
}
