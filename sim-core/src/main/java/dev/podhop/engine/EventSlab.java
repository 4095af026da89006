package dev.podhop.engine;

import java.util.Arrays;

/**
 * What the pending events are to do: three longs for each, reused without garbage.
 *
 * <p>A slot's generation counts how often it was given out, and is half of the handle. So a handle
 * kept after its event fired does not reach the event that has the slot now (short of 4 billion
 * uses of that slot in between).
 *
 * <pre>
 *   word 0   arg
 *   word 1   generation (32 bits) | target (32 bits)
 *   word 2   state: handler type, CANCELLED, or free and the next free slot
 * </pre>
 */
final class EventSlab {

    private static final int WORDS = 3;
    private static final int INITIAL_EVENTS = 64;
    private static final long CANCELLED = -1;

    /** State of a free slot: {@code FREE - next free slot}; the list ends with {@link #NONE}. */
    private static final long FREE = -2;

    private static final int NONE = Integer.MAX_VALUE;
    private static final long TARGET_MASK = 0xffff_ffffL;

    private long[] words = new long[WORDS * INITIAL_EVENTS];
    private int used;
    private int freeHead = NONE;

    /** Takes a slot and returns the event's handle, never 0. */
    long add(int type, int target, long arg) {
        int slot = freeHead;
        if (slot != NONE) {
            freeHead = (int) (FREE - words[WORDS * slot + 2]);
        } else {
            slot = used++;
            if (WORDS * used > words.length) {
                // by an eighth, as in ChunkPool
                words = Arrays.copyOf(words, words.length + words.length / (8 * WORDS) * WORDS);
            }
        }
        int at = WORDS * slot;
        int generation = (int) (words[at + 1] >>> 32) + 1;
        if (generation == 0) {
            generation = 1;
        }
        words[at] = arg;
        words[at + 1] = (long) generation << 32 | target & TARGET_MASK;
        words[at + 2] = type;
        return (long) generation << 32 | slot;
    }

    static int slotOf(long handle) {
        return (int) handle;
    }

    /** Whether the handle's event is neither fired nor cancelled. */
    boolean isPending(long handle) {
        int slot = (int) handle;
        return slot >= 0
                && slot < used
                && words[WORDS * slot + 1] >>> 32 == handle >>> 32
                && words[WORDS * slot + 2] >= 0;
    }

    /** Marks an event as not to happen. Its slot stays taken until the queue gives it back. */
    void cancel(long handle) {
        words[WORDS * (int) handle + 2] = CANCELLED;
    }

    boolean isCancelled(int slot) {
        return words[WORDS * slot + 2] == CANCELLED;
    }

    int type(int slot) {
        return (int) words[WORDS * slot + 2];
    }

    int target(int slot) {
        return (int) words[WORDS * slot + 1];
    }

    long arg(int slot) {
        return words[WORDS * slot];
    }

    void free(int slot) {
        words[WORDS * slot + 2] = FREE - freeHead;
        freeHead = slot;
    }

    /** Frees everything. Generations go on, so that old handles stay dead. */
    void clear() {
        freeHead = NONE;
        for (int slot = used - 1; slot >= 0; slot--) {
            free(slot);
        }
    }

    /** Bytes held, in use or not. */
    long bytes() {
        return 8L * words.length;
    }
}
