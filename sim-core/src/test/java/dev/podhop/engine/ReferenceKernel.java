package dev.podhop.engine;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;

/** What {@link Simulation} must do, in the plainest way: a binary heap with sequence numbers. */
final class ReferenceKernel implements TestKernel {

    private record Event(long time, long sequence, int target, long arg) {}

    private final PriorityQueue<Event> queue =
            new PriorityQueue<>(
                    Comparator.comparingLong(Event::time).thenComparingLong(Event::sequence));
    private final Map<Long, Event> bySequence = new HashMap<>();
    private final EventHandler handler;
    private long sequence;
    private long nowNanos;
    private long processed;

    ReferenceKernel(EventHandler handler) {
        this.handler = handler;
    }

    @Override
    public long nowNanos() {
        return nowNanos;
    }

    @Override
    public long scheduleAfter(long delayNanos, int target, long arg) {
        Event event = new Event(nowNanos + delayNanos, ++sequence, target, arg);
        queue.add(event);
        bySequence.put(sequence, event);
        return sequence;
    }

    @Override
    public boolean cancel(long handle) {
        Event event = bySequence.remove(handle);
        return event != null && queue.remove(event);
    }

    @Override
    public boolean isPending(long handle) {
        return bySequence.containsKey(handle);
    }

    @Override
    public boolean step() {
        Event event = queue.poll();
        if (event == null) {
            return false;
        }
        bySequence.remove(event.sequence);
        nowNanos = event.time;
        processed++;
        handler.onEvent(event.time, event.target, event.arg);
        return true;
    }

    @Override
    public void runUntil(long endNanos) {
        while (!queue.isEmpty() && queue.peek().time <= endNanos) {
            step();
        }
        nowNanos = endNanos;
    }

    @Override
    public int pending() {
        return queue.size();
    }

    @Override
    public long processed() {
        return processed;
    }

    @Override
    public void reset() {
        queue.clear();
        bySequence.clear();
        nowNanos = 0;
        processed = 0;
    }
}
