package dev.podhop.run.result;

/**
 * Looks on while a run is made, and may end it. sim-core knows no threads: whoever runs it in the
 * background answers here, between two slices of events, whether the answer is still wanted.
 */
@FunctionalInterface
public interface RunWatch {

    /** Lets every run come to its end. */
    RunWatch NONE = nowNanos -> true;

    /**
     * Whether to go on; where not, the runner throws a {@link RunCancelledException}.
     *
     * @param nowNanos virtual time; what follows the run itself, as the odds do, starts anew
     */
    boolean goesOn(long nowNanos);

    /** Asks. */
    default void look(long nowNanos) {
        if (!goesOn(nowNanos)) {
            throw new RunCancelledException();
        }
    }
}
