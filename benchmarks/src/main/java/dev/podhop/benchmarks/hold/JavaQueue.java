package dev.podhop.benchmarks.hold;

import java.util.PriorityQueue;

/**
 * The JDK's binary heap, as most simulators in Java use it: a new event object each time, with a
 * sequence number for a stable order.
 */
final class JavaQueue implements HoldQueue {

    private record Event(long time, long sequence, int value) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            int byTime = Long.compare(time, other.time);
            return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
        }
    }

    private final PriorityQueue<Event> queue = new PriorityQueue<>();
    private long sequence;
    private int value;

    @Override
    public void add(long timeNanos) {
        queue.add(new Event(timeNanos, sequence++, value++));
    }

    @Override
    public long removeFirst() {
        Event event = queue.remove();
        value = event.value;
        return event.time;
    }
}
