package dev.podhop.benchmarks.hold;

import dev.podhop.engine.EventQueue;

/** Podhop's own. The value, an event's number, stays the same as it would in a kernel. */
final class LadderQueue implements HoldQueue {

    private final EventQueue queue = new EventQueue();
    private int value;

    @Override
    public void add(long timeNanos) {
        queue.push(timeNanos, value++);
    }

    @Override
    public long removeFirst() {
        if (!queue.hasNext(Long.MAX_VALUE)) {
            throw new IllegalStateException("empty");
        }
        long time = queue.nextTime();
        value = queue.poll();
        return time;
    }
}
