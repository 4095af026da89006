package dev.podhop.benchmarks.hold;

import umontreal.ssj.simevents.Event;
import umontreal.ssj.simevents.Simulator;
import umontreal.ssj.simevents.eventlist.EventList;
import umontreal.ssj.simevents.eventlist.SplayTree;

/** The event list that SSJ (Stochastic Simulation in Java) takes by default, a splay tree. */
final class SsjQueue implements HoldQueue {

    private static final class Held extends Event {
        Held(Simulator simulator, double time) {
            super(simulator);
            setTime(time);
        }

        @Override
        public void actions() {
            throw new IllegalStateException("the hold model only queues events");
        }
    }

    private final Simulator simulator = new Simulator();
    private final EventList queue = new SplayTree();

    @Override
    public void add(long timeNanos) {
        queue.add(new Held(simulator, timeNanos));
    }

    @Override
    public long removeFirst() {
        return (long) queue.removeFirst().time();
    }
}
