package dev.podhop.trace;

/** Takes what a run records. */
public interface TraceSink {

    /** How much is recorded. */
    enum Level {
        /** Nothing; no allocation anywhere. */
        NONE,
        /** How each attempt ended. */
        OUTCOME,
        /** Every hop and state change as well. */
        FULL
    }

    Level level();

    /** Whether the hops of this attempt are wanted; asked once a packet enters a namespace. */
    default boolean wants(int attempt) {
        return level() == Level.FULL;
    }

    void hop(Hop hop);

    void stateChange(StateChange change);

    /** Records nothing. */
    TraceSink NONE = new TraceSink() {
        @Override
        public Level level() {
            return Level.NONE;
        }

        @Override
        public void hop(Hop hop) {
            // Nothing is recorded at this level.
        }

        @Override
        public void stateChange(StateChange change) {
            // Nothing is recorded at this level.
        }
    };
}
