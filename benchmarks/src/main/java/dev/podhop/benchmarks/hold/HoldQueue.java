package dev.podhop.benchmarks.hold;

import java.util.function.Supplier;

/** A queue of events, reduced to what the hold model asks of it. */
public interface HoldQueue {

    void add(long timeNanos);

    /** Takes the earliest event out and returns its time. */
    long removeFirst();

    /** The queues compared. */
    enum Kind {
        PODHOP("Podhop", LadderQueue::new),
        JAVA_PRIORITY_QUEUE("PriorityQueue", JavaQueue::new),
        SSJ("SSJ", SsjQueue::new),
        CLOUDSIM_PLUS("CloudSim Plus", CloudSimPlusQueue::new);

        private final String label;
        private final Supplier<HoldQueue> maker;

        Kind(String label, Supplier<HoldQueue> maker) {
            this.label = label;
            this.maker = maker;
        }

        /** The name that readers of the table know it by. */
        public String label() {
            return label;
        }

        public HoldQueue make() {
            return maker.get();
        }
    }
}
