package dev.podhop.netstack.conntrack;

/**
 * Entries without a place in the index that packets may still hold, oldest first: a stand-in for
 * the kernel's reference counts, which would cost every packet a decrement on each of its ends.
 *
 * <p>A refused connection's entry is deleted by the very reset that still has to be translated; a
 * dropped packet's entry may be shared by a flooded copy or by the ICMP error about it.
 */
final class Graveyard {

    /** Longer than any packet stays in a namespace: one waits three seconds for a neighbour. */
    private static final long GRACE_NANOS = 5_000_000_000L;

    private long[] handles = new long[8];
    private long[] sinceNanos = new long[8];
    private int first;
    private int size;

    void add(long handle, long nowNanos) {
        if (size == handles.length) {
            grow();
        }
        int last = (first + size++) & (handles.length - 1);
        handles[last] = handle;
        sinceNanos[last] = nowNanos;
    }

    /** Whether the oldest lies here long enough. */
    boolean isDue(long nowNanos) {
        return size > 0 && nowNanos - sinceNanos[first] >= GRACE_NANOS;
    }

    long remove() {
        long handle = handles[first];
        first = (first + 1) & (handles.length - 1);
        size--;
        return handle;
    }

    void clear() {
        size = 0;
    }

    private void grow() {
        long[] newHandles = new long[size * 2];
        long[] newSince = new long[size * 2];
        for (int i = 0; i < size; i++) {
            newHandles[i] = handles[(first + i) & (size - 1)];
            newSince[i] = sinceNanos[(first + i) & (size - 1)];
        }
        handles = newHandles;
        sinceNanos = newSince;
        first = 0;
    }
}
