package dev.podhop.benchmarks.dispatch;

import dev.podhop.benchmarks.Increments;

/** A running model of eight kinds of event; each adds to a sum and schedules an event. */
public interface DispatchModel {

    int KINDS = 8;

    /** Fires one event. */
    void step();

    /** What the events have added up: tells whether two kernels did the same. */
    long sum();

    /** The kernels compared. */
    enum Kind {
        /** Events as numbers, called through an array of handlers. */
        PODHOP {
            @Override
            public DispatchModel make(Increments increments, int pending) {
                return new NumberModel(increments, pending);
            }
        },
        /** Events as objects with a virtual method, in a {@link java.util.PriorityQueue}. */
        EVENT_OBJECTS {
            @Override
            public DispatchModel make(Increments increments, int pending) {
                return new ObjectModel(increments, pending);
            }
        };

        public abstract DispatchModel make(Increments increments, int pending);
    }
}
