package dev.podhop.run.doctor;

/** How much a fault matters, the worst first. */
public enum Severity {
    /** Calls that somebody is expected to make fail. */
    ERROR,
    /** Calls that somebody may make fail, or calls will fail at an event that is to be expected. */
    WARNING,
    /** Worth knowing; nothing fails today. */
    HINT;

    /** Whether this is at least as bad. */
    public boolean isAtLeast(Severity other) {
        return compareTo(other) <= 0;
    }
}
