package dev.podhop.engine;

import java.util.Arrays;

/**
 * A first-in-first-out queue of longs that refuses what exceeds its bound: the backlog of a
 * listening socket, the queue of a device.
 *
 * <p>A ring buffer. Memory follows the greatest length reached, not the bound, so that a hundred
 * thousand devices with queues of a thousand cost little while idle.
 */
public final class BoundedQueue {

    private static final int INITIAL_LENGTH = 8;

    private final int capacity;

    /** Length a power of two, so that positions wrap by a mask. */
    private long[] ring = new long[0];

    private int head;
    private int size;

    /**
     * @param capacity the bound; 0 refuses everything
     */
    public BoundedQueue(int capacity) {
        if (capacity < 0) {
            throw new IllegalArgumentException("negative capacity: " + capacity);
        }
        this.capacity = capacity;
    }

    /** Appends a value, or returns false if the queue is full. */
    public boolean offer(long value) {
        if (size == capacity) {
            return false;
        }
        if (size == ring.length) {
            grow();
        }
        ring[(head + size) & (ring.length - 1)] = value;
        size++;
        return true;
    }

    /**
     * Takes the oldest value out.
     *
     * @throws IllegalStateException if the queue is empty
     */
    public long poll() {
        long value = get(0);
        head = (head + 1) & (ring.length - 1);
        size--;
        return value;
    }

    /**
     * The value {@code index} places behind the oldest.
     *
     * @throws IllegalStateException if the queue is not that long
     */
    public long get(int index) {
        if (index < 0 || index >= size) {
            throw new IllegalStateException("no element " + index + " in a queue of " + size);
        }
        return ring[(head + index) & (ring.length - 1)];
    }

    public int size() {
        return size;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    /** Drops everything. */
    public void clear() {
        head = 0;
        size = 0;
    }

    private void grow() {
        long[] longer = Arrays.copyOf(ring, Math.max(INITIAL_LENGTH, 2 * ring.length));
        // full, so the values from head to the end and those wrapped before it: unroll them
        int unwrapped = ring.length - head;
        System.arraycopy(ring, head, longer, 0, unwrapped);
        System.arraycopy(ring, 0, longer, unwrapped, head);
        ring = longer;
        head = 0;
    }
}
