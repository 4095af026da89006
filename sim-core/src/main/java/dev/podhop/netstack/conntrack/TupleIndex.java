package dev.podhop.netstack.conntrack;

import java.util.Arrays;

/**
 * From a tuple's hash to the entry that has it: open addressing with linear probing.
 *
 * <p>A cell holds hash and reference in one long, so that a probe touches an entry only when all 32
 * bits of the hash agree, and removal can close the gap (Knuth's algorithm R) without looking at
 * entries. Cells are ordered by the hash's upper bits, so that neighbours in the index are what
 * neighbouring buckets are to the kernel's early drop.
 */
final class TupleIndex {

    /** Content of a free cell. */
    static final long FREE = 0;

    private static final int INITIAL_BITS = 5;

    private long[] cells = new long[1 << INITIAL_BITS];
    private int shift = 32 - INITIAL_BITS;
    private int size;

    /** Where the search for this hash begins. */
    int home(int hash) {
        return hash >>> shift;
    }

    /** The cell after this one. */
    int after(int position) {
        return (position + 1) & (cells.length - 1);
    }

    /** What stands there; {@link #FREE} ends a search. */
    long cell(int position) {
        return cells[position];
    }

    static boolean hasHash(long cell, int hash) {
        return (int) (cell >>> 32) == hash;
    }

    /** {@code slot << 1 | direction}. */
    static int reference(long cell) {
        return (int) cell - 1;
    }

    int capacity() {
        return cells.length;
    }

    void add(int hash, int reference) {
        // Five eighths: a miss then takes about four probes, mostly in one cache line.
        if (++size > (cells.length >>> 3) * 5) {
            grow();
        }
        place((long) hash << 32 | (reference + 1));
    }

    void remove(int hash, int reference) {
        long wanted = (long) hash << 32 | (reference + 1);
        int gap = home(hash);
        while (cells[gap] != wanted) {
            if (cells[gap] == FREE) {
                throw new IllegalStateException("reference " + reference + " is not in the index");
            }
            gap = after(gap);
        }
        size--;
        int mask = cells.length - 1;
        for (int next = after(gap); cells[next] != FREE; next = after(next)) {
            int home = home((int) (cells[next] >>> 32));
            // The cell may move back into the gap unless its home lies after the gap.
            if (((next - home) & mask) >= ((next - gap) & mask)) {
                cells[gap] = cells[next];
                gap = next;
            }
        }
        cells[gap] = FREE;
    }

    void clear() {
        Arrays.fill(cells, FREE);
        size = 0;
    }

    private void place(long cell) {
        int position = home((int) (cell >>> 32));
        while (cells[position] != FREE) {
            position = after(position);
        }
        cells[position] = cell;
    }

    private void grow() {
        long[] old = cells;
        cells = new long[old.length * 2];
        shift--;
        for (long cell : old) {
            if (cell != FREE) {
                place(cell);
            }
        }
    }
}
