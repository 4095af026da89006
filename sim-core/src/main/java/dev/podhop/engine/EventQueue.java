package dev.podhop.engine;

/**
 * Pending events in order of time, first in first out among equal times: an exact radix ladder.
 *
 * <pre>
 *   level 10 .. 2   [ 64 slots ]  a slot holds the times that differ from the floor in this digit
 *   level 1         [ 64 slots ]  and in none above it
 *   level 0         [ 64 slots ]  a slot holds one single time
 *   bottom          sorted run of the few events that come next
 * </pre>
 *
 * <p>The lowest slot of the lowest occupied level holds the minimum. It is scattered over the
 * levels below it, or sorted at once into the bottom when it is small. An event only ever moves
 * down, at most eleven times, and three times in practice, so the cost hardly grows with the number
 * pending.
 *
 * <p>The slot of a time depends on the floor alone, so equal times are always together, and lists
 * are only appended to and read whole: the order of insertion survives without sequence numbers.
 * The idea joins the radix heap (Ahuja, Mehlhorn, Orlin, Tarjan, J. ACM 1990) with the sorted
 * bottom of the ladder queue (Tang, Goh, Thng, TOMACS 2005).
 *
 * <p>Values are ints that mean something to the caller. Nothing is allocated unless the queue
 * outgrows its greatest size so far.
 */
public final class EventQueue {

    /** A slot of more events is scattered, and a bottom of more is spilled back. */
    private static final int BOTTOM_LIMIT = 48;

    private final Ladder ladder = new Ladder();
    private final SortedRun bottom = new SortedRun();

    /** No pending and no future time is less. */
    private long floor;

    /** Times up to here belong to the bottom: the last time of the slot it came from. */
    private long bottomEnd = -1;

    /** Decides what {@link #retain} keeps. */
    interface Filter {
        boolean keeps(int value);
    }

    /**
     * Adds a value. Its time may not lie before one already taken out; nor, once {@link #hasNext}
     * was asked, before the earlier of its limit and the next time.
     *
     * @throws IllegalArgumentException if the queue can tell that the time lies before those
     */
    public void push(long time, int value) {
        if (time < floor) {
            throw new IllegalArgumentException("time " + time + " lies before " + floor);
        }
        if (time > bottomEnd) {
            ladder.append(floor, time, value);
            return;
        }
        bottom.insert(time, value);
        // entries of one single time stay, however many: inserting them is appending
        if (bottom.size() > BOTTOM_LIMIT && floor < bottomEnd) {
            spill();
        }
    }

    /** Whether an event is pending at {@code limit} or earlier. */
    public boolean hasNext(long limit) {
        return (!bottom.isEmpty() || refill(limit)) && bottom.headTime() <= limit;
    }

    /** Time of the earliest event. Only after {@link #hasNext} said yes. */
    public long nextTime() {
        return bottom.headTime();
    }

    /** Takes the earliest event out. Only after {@link #hasNext} said yes. */
    public int poll() {
        floor = bottom.headTime();
        int value = (int) bottom.headValue();
        bottom.removeHead();
        return value;
    }

    /** Empties the queue and lets time begin at 0 again; keeps its memory. */
    public void clear() {
        ladder.clear();
        bottom.clear();
        floor = 0;
        bottomEnd = -1;
    }

    /** Bytes of memory held, used or not. */
    public long bytes() {
        return ladder.bytes() + bottom.bytes();
    }

    /** Drops the values that {@code filter} does not keep. */
    void retain(Filter filter) {
        bottom.retain(filter);
        ladder.retain(filter);
    }

    /** Brings the earliest slot to the bottom, unless it begins after {@code limit}. */
    private boolean refill(long limit) {
        while (!ladder.isEmpty()) {
            int slot = ladder.lowestSlot();
            long first = Ladder.firstTime(slot, floor);
            // raising the floor above the limit would shut out events still to be scheduled there
            if (first > limit) {
                return false;
            }
            floor = first;
            if (ladder.moveInto(bottom, slot, BOTTOM_LIMIT)) {
                bottomEnd = Ladder.lastTime(slot, first);
                return true;
            }
            ladder.scatter(slot, first);
        }
        return false;
    }

    /** Returns a bottom grown too long to the ladder, which has finer slots below it. */
    private void spill() {
        bottomEnd = -1;
        while (!bottom.isEmpty()) {
            ladder.append(floor, bottom.headTime(), bottom.headValue());
            bottom.removeHead();
        }
    }
}
