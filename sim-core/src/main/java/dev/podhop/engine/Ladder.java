package dev.podhop.engine;

import java.util.Arrays;

/**
 * The slots of the radix ladder: eleven levels of 64 lists, each level with a bitmap.
 *
 * <p>A time is read as eleven digits of six bits. It belongs to the level of the highest digit in
 * which it differs from the floor, and there to the slot of that digit. All times of a slot agree
 * in every digit above, so a slot is a range of times, and slots do not overlap.
 */
final class Ladder {

    private static final int BITS = 6;
    private static final int SLOTS = 1 << BITS;
    private static final int LEVELS = 11;

    private final ChunkPool chunks = new ChunkPool();

    /** First chunk of each slot's list; means nothing in an empty slot. */
    private final int[] firstChunk = new int[LEVELS * SLOTS];

    /** Number of the entry after the last one of each slot; 0 in an empty slot. */
    private final int[] end = new int[LEVELS * SLOTS];

    private final long[] occupiedSlots = new long[LEVELS];
    private int occupiedLevels;

    boolean isEmpty() {
        return occupiedLevels == 0;
    }

    /** Appends an entry to its slot as seen from {@code floor}; {@code time >= floor}. */
    void append(long floor, long time, long value) {
        // the lowest bit changes no level, and spares the case of equality
        int level = (63 - Long.numberOfLeadingZeros((time ^ floor) | 1)) / BITS;
        int slot = level * SLOTS + ((int) (time >>> (level * BITS)) & (SLOTS - 1));
        int at = end[slot];
        if ((at & ChunkPool.CHUNK_MASK) == 0) {
            at = extend(slot, at);
        }
        long[] entries = chunks.entries;
        entries[2 * at] = time;
        entries[2 * at + 1] = value;
        end[slot] = at + 1;
    }

    /** The slot that holds the minimum. Only if not empty. */
    int lowestSlot() {
        // a level's times lie before those of the levels above it: they still share the floor's
        // digit there
        int level = Integer.numberOfTrailingZeros(occupiedLevels);
        return level * SLOTS + Long.numberOfTrailingZeros(occupiedSlots[level]);
    }

    /** The least time that belongs to {@code slot}, as seen from {@code floor}. */
    static long firstTime(int slot, long floor) {
        int shift = slot / SLOTS * BITS;
        // in two steps, as a shift by 66 would be one by 2
        long above = floor >>> shift >>> BITS << BITS;
        return (above | slot & (SLOTS - 1)) << shift;
    }

    /** The greatest time of the slot that begins with {@code firstTime}. */
    static long lastTime(int slot, long firstTime) {
        return firstTime | (1L << slot / SLOTS * BITS) - 1;
    }

    /**
     * Moves the entries of a slot into {@code run}, in order, if there are at most {@code limit} of
     * them or if they all share one time.
     *
     * @return whether they were moved
     */
    boolean moveInto(SortedRun run, int slot, int limit) {
        if (slot >= SLOTS && isLonger(slot, limit)) {
            return false;
        }
        int last = vacate(slot);
        int chunk = firstChunk[slot];
        while (chunk != 0) {
            long[] entries = chunks.entries;
            int stop = stopOf(chunk, last);
            for (int at = chunk << ChunkPool.CHUNK_BITS; at < stop; at++) {
                run.insert(entries[2 * at], entries[2 * at + 1]);
            }
            chunk = chunks.release(chunk);
        }
        return true;
    }

    /** Distributes a slot over the levels below it; {@code floor} is the slot's first time. */
    void scatter(int slot, long floor) {
        int last = vacate(slot);
        int chunk = firstChunk[slot];
        while (chunk != 0) {
            int stop = stopOf(chunk, last);
            for (int at = chunk << ChunkPool.CHUNK_BITS; at < stop; at++) {
                // read the pool's array anew: appending may replace it
                append(floor, chunks.entries[2 * at], chunks.entries[2 * at + 1]);
            }
            chunk = chunks.release(chunk);
        }
    }

    /** Keeps the entries that {@code filter} wants; order and slots stay. */
    void retain(EventQueue.Filter filter) {
        for (int level = 0; level < LEVELS; level++) {
            for (long left = occupiedSlots[level]; left != 0; left &= left - 1) {
                retain(level * SLOTS + Long.numberOfTrailingZeros(left), filter);
            }
        }
    }

    void clear() {
        chunks.reset();
        Arrays.fill(end, 0);
        Arrays.fill(occupiedSlots, 0);
        occupiedLevels = 0;
    }

    /** Bytes held, in use or not. */
    long bytes() {
        return chunks.bytes() + 8L * LEVELS * SLOTS;
    }

    /** Rebuilds one slot's list: appending never overtakes reading, so one chunk is enough. */
    private void retain(int slot, EventQueue.Filter filter) {
        int last = vacate(slot);
        int chunk = firstChunk[slot];
        while (chunk != 0) {
            int stop = stopOf(chunk, last);
            for (int at = chunk << ChunkPool.CHUNK_BITS; at < stop; at++) {
                long value = chunks.entries[2 * at + 1];
                if (filter.keeps((int) value)) {
                    appendTo(slot, chunks.entries[2 * at], value);
                }
            }
            chunk = chunks.release(chunk);
        }
    }

    private void appendTo(int slot, long time, long value) {
        int at = end[slot];
        if ((at & ChunkPool.CHUNK_MASK) == 0) {
            at = extend(slot, at);
        }
        chunks.entries[2 * at] = time;
        chunks.entries[2 * at + 1] = value;
        end[slot] = at + 1;
    }

    /** Gives a slot its next chunk; returns the number of the chunk's first entry. */
    private int extend(int slot, int end) {
        int chunk = chunks.take();
        if (end == 0) {
            firstChunk[slot] = chunk;
            int level = slot / SLOTS;
            occupiedSlots[level] |= 1L << slot;
            occupiedLevels |= 1 << level;
        } else {
            chunks.link((end - 1) >> ChunkPool.CHUNK_BITS, chunk);
        }
        return chunk << ChunkPool.CHUNK_BITS;
    }

    /** Marks a slot empty and returns where its entries ended. Its chunks are still linked. */
    private int vacate(int slot) {
        int last = end[slot];
        end[slot] = 0;
        int level = slot / SLOTS;
        occupiedSlots[level] &= ~(1L << slot);
        if (occupiedSlots[level] == 0) {
            occupiedLevels &= ~(1 << level);
        }
        return last;
    }

    /** Where reading {@code chunk} stops, in a list whose entries end before {@code last}. */
    private static int stopOf(int chunk, int last) {
        int stop = (chunk + 1) << ChunkPool.CHUNK_BITS;
        return (last - 1) >> ChunkPool.CHUNK_BITS == chunk ? last : stop;
    }

    private boolean isLonger(int slot, int limit) {
        int chunk = firstChunk[slot];
        int count = 0;
        while (chunk != 0 && count <= limit) {
            count += stopOf(chunk, end[slot]) - (chunk << ChunkPool.CHUNK_BITS);
            chunk = chunks.next(chunk);
        }
        return count > limit;
    }
}
