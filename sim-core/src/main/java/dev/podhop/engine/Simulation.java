package dev.podhop.engine;

import java.util.Arrays;

/**
 * Discrete-event kernel: virtual time in nanoseconds, stable first-in-first-out order among events
 * of equal times. Not for use by several threads.
 *
 * <p>An event is a time, a handler type, a target and an argument; no object stands for it, and
 * scheduling, firing and cancelling allocate nothing once the greatest number of pending events was
 * reached. A cancelled event stays in the queue, marked, until its time comes or until such events
 * outnumber the others: then all of them are swept out at once.
 */
public final class Simulation {

    /** A handle that no event ever has. */
    public static final long NO_EVENT = 0;

    /** Below so many cancelled events a sweep would cost more than it frees. */
    private static final int MIN_SWEEP = 256;

    private final EventQueue queue = new EventQueue();
    private final EventSlab slab = new EventSlab();
    private final EventQueue.Filter keepOrFree = this::keepOrFree;
    private EventHandler[] handlers = new EventHandler[8];
    private int handlerCount;
    private long nowNanos;
    private int pending;
    private int cancelled;
    private long processed;
    private boolean firing;

    /** The virtual time, 0 in the beginning. */
    public long nowNanos() {
        return nowNanos;
    }

    /** Registers a handler for a kind of event; returns its type, counted from 0. */
    public int register(EventHandler handler) {
        if (handlerCount == handlers.length) {
            handlers = Arrays.copyOf(handlers, 2 * handlerCount);
        }
        handlers[handlerCount] = handler;
        return handlerCount++;
    }

    /**
     * Schedules a call of handler {@code type}.
     *
     * @param timeNanos absolute time, not before now; equal to now means after all events already
     *     scheduled for now
     * @return a handle for {@link #cancel} and {@link #isPending}
     * @throws IllegalArgumentException if the time lies in the past or the type is unknown
     */
    public long scheduleAt(long timeNanos, int type, int target, long arg) {
        if (timeNanos < nowNanos || type < 0 || type >= handlerCount) {
            throw refuse(timeNanos, type);
        }
        long handle = slab.add(type, target, arg);
        queue.push(timeNanos, EventSlab.slotOf(handle));
        pending++;
        return handle;
    }

    /** Like {@link #scheduleAt}, so many nanoseconds from now; the delay may be 0. */
    public long scheduleAfter(long delayNanos, int type, int target, long arg) {
        // an overflow comes out negative, and is refused as a time in the past
        return scheduleAt(delayNanos < 0 ? -1 : nowNanos + delayNanos, type, target, arg);
    }

    /**
     * Cancels a pending event, in constant time.
     *
     * @return false if it fired already, was cancelled before, or never was ({@link #NO_EVENT})
     */
    public boolean cancel(long handle) {
        if (!slab.isPending(handle)) {
            return false;
        }
        slab.cancel(handle);
        pending--;
        cancelled++;
        if (cancelled >= MIN_SWEEP && cancelled > pending) {
            sweep();
        }
        return true;
    }

    /** Whether the event is still to fire; false while its own handler runs. */
    public boolean isPending(long handle) {
        return slab.isPending(handle);
    }

    /** Fires the next event, if there is one. */
    public boolean step() {
        return fire(Long.MAX_VALUE, 1) == 1;
    }

    /** Fires all events up to and including {@code endNanos}; then that time is now. */
    public void runUntil(long endNanos) {
        if (endNanos < nowNanos) {
            throw refuse(endNanos, 0);
        }
        fire(endNanos, Long.MAX_VALUE);
        nowNanos = endNanos;
    }

    /**
     * Like {@link #runUntil(long)}, a slice of it: for whoever wants to look up in between.
     *
     * @param most events that are fired at most
     * @return whether {@code endNanos} is reached; else time stands at the last event
     */
    public boolean runUntil(long endNanos, long most) {
        if (endNanos < nowNanos) {
            throw refuse(endNanos, 0);
        }
        boolean done = fire(endNanos, most) < most;
        if (done) {
            nowNanos = endNanos;
        }
        return done;
    }

    /** Fires events until none is pending. */
    public void run() {
        fire(Long.MAX_VALUE, Long.MAX_VALUE);
    }

    /** Number of events still to fire. */
    public int pending() {
        return pending;
    }

    /** Number of events fired since the beginning or the last {@link #reset}. */
    public long processed() {
        return processed;
    }

    /** Bytes of memory held for events, used or not. */
    public long bytes() {
        return queue.bytes() + slab.bytes();
    }

    /**
     * Forgets all events and sets time and counters back to 0. Handlers stay registered, memory
     * stays allocated, and handles given out before stay dead.
     */
    public void reset() {
        refuseInsideHandler();
        queue.clear();
        slab.clear();
        nowNanos = 0;
        pending = 0;
        cancelled = 0;
        processed = 0;
    }

    private long fire(long limitNanos, long count) {
        refuseInsideHandler();
        firing = true;
        long before = processed;
        try {
            // with nothing pending the queue holds cancelled events at most, and taking those out
            // would let its floor pass the present
            while (processed - before < count && pending > 0 && queue.hasNext(limitNanos)) {
                long time = queue.nextTime();
                int slot = queue.poll();
                if (slab.isCancelled(slot)) {
                    cancelled--;
                    slab.free(slot);
                } else {
                    dispatch(time, slot);
                }
            }
        } finally {
            firing = false;
        }
        return processed - before;
    }

    private void dispatch(long time, int slot) {
        int type = slab.type(slot);
        int target = slab.target(slot);
        long arg = slab.arg(slot);
        // free before the call: the handler often schedules the successor, which finds this slot
        // in the cache
        slab.free(slot);
        nowNanos = time;
        pending--;
        processed++;
        handlers[type].onEvent(time, target, arg);
    }

    private void sweep() {
        queue.retain(keepOrFree);
        cancelled = 0;
    }

    private boolean keepOrFree(int slot) {
        if (slab.isCancelled(slot)) {
            slab.free(slot);
            return false;
        }
        return true;
    }

    private void refuseInsideHandler() {
        if (firing) {
            throw new IllegalStateException("not from inside a handler: events are being fired");
        }
    }

    private IllegalArgumentException refuse(long timeNanos, int type) {
        return new IllegalArgumentException(
                timeNanos < nowNanos
                        ? "time " + timeNanos + " ns lies before now, " + nowNanos + " ns"
                        : "no handler is registered as type " + type);
    }
}
