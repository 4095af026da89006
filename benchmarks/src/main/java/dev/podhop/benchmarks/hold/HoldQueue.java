package dev.podhop.benchmarks.hold;

import java.util.function.Supplier;

/** A queue of events, reduced to what the hold model asks of it. */
public interface HoldQueue {

    void add(long timeNanos);

    /** Takes the earliest event out and returns its time. */
    long removeFirst();

    /** The queues compared. */
    enum Kind {
        PODHOP(LadderQueue::new),
        JAVA_PRIORITY_QUEUE(JavaQueue::new),
        SSJ(SsjQueue::new),
        CLOUDSIM_PLUS(CloudSimPlusQueue::new);

        private final Supplier<HoldQueue> maker;

        Kind(Supplier<HoldQueue> maker) {
            this.maker = maker;
        }

        public HoldQueue make() {
            return maker.get();
        }
    }
}
