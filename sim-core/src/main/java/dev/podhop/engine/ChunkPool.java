package dev.podhop.engine;

import java.util.Arrays;

/**
 * Storage of the ladder's buckets: chunks of 64 entries in one array, linked into lists.
 *
 * <p>A bucket of the ladder is only ever appended to, and later read whole. Chunks make both
 * sequential in memory, which is what keeps a million pending events affordable: a linked list
 * through the events themselves would miss the cache once for each event and level.
 *
 * <p>An entry is two longs, its time and its value. Entry {@code i} stands in chunk {@code i / 64}.
 * Chunk 0 is never handed out, so that entry and chunk numbers can use 0 for "none".
 */
final class ChunkPool {

    static final int CHUNK_BITS = 6;
    static final int CHUNK = 1 << CHUNK_BITS;
    static final int CHUNK_MASK = CHUNK - 1;

    private static final int INITIAL_CHUNKS = 16;

    /** Time and value of entry i at 2i and 2i + 1. Replaced when the pool grows: do not keep. */
    long[] entries = new long[2 * CHUNK * INITIAL_CHUNKS];

    /** The chunk that follows in the same list, in use or free; 0 ends a list. */
    private int[] next = new int[INITIAL_CHUNKS];

    private int freeHead;
    private int used = 1;

    /** Takes a chunk out of the pool; its entries hold leftovers. */
    int take() {
        int chunk = freeHead;
        if (chunk != 0) {
            freeHead = next[chunk];
        } else {
            if (used == next.length) {
                grow();
            }
            chunk = used++;
        }
        next[chunk] = 0;
        return chunk;
    }

    /** Gives a chunk back and returns the one that followed it in its list, 0 if none did. */
    int release(int chunk) {
        int follower = next[chunk];
        next[chunk] = freeHead;
        freeHead = chunk;
        return follower;
    }

    void link(int chunk, int follower) {
        next[chunk] = follower;
    }

    int next(int chunk) {
        return next[chunk];
    }

    /** Takes every chunk back, and hands them out again in the order of a new pool. */
    void reset() {
        freeHead = 0;
        used = 1;
    }

    /** Bytes held, in use or not. */
    long bytes() {
        return 8L * entries.length + 4L * next.length;
    }

    private void grow() {
        // by an eighth rather than twofold: at a million events the slack is what memory goes to,
        // while all the copying together stays below a tenth of a second
        int chunks = next.length + (next.length >> 3);
        next = Arrays.copyOf(next, chunks);
        entries = Arrays.copyOf(entries, Math.multiplyExact(2 * CHUNK, chunks));
    }
}
