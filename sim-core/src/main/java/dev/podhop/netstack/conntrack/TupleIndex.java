package dev.podhop.netstack.conntrack;

import java.util.Arrays;

/**
 * From a tuple's hash to the entry that has it: open addressing after Robin Hood (Celis, 1986),
 * four bytes a cell.
 *
 * <pre>
 *   distance from home, plus 1: 6 bits | tag: more bits of the hash | reference: slot, direction
 * </pre>
 *
 * <p>Cells stand in the order of their homes. So the distance alone tells whether a cell has the
 * home that is looked for, and together with the tag hardly ever lets an entry be touched in vain;
 * a search ends at the first cell that is nearer to its home; and a removal closes its gap without
 * looking at entries. At a million connections that is 16 MB, which a last-level cache may hold,
 * where cells with a whole hash would take twice as much.
 */
final class TupleIndex {

    private static final int DISTANCE_SHIFT = 26;
    /** One step away from home. */
    private static final int STEP = 1 << DISTANCE_SHIFT;
    private static final int FARTHEST = 63;
    private static final int INITIAL_BITS = 6;
    private static final int FREE = 0;

    private final EntrySlab slab;
    private int[] cells = new int[1 << INITIAL_BITS];
    private int shift = 32 - INITIAL_BITS;
    /** Bits of a reference; the tag has what is left of 26. */
    private int referenceBits = INITIAL_BITS;
    private int size;

    TupleIndex(EntrySlab slab) {
        this.slab = slab;
    }

    /** Where the search for this hash begins. */
    int home(int hash) {
        return hash >>> shift;
    }

    /** The cell after this one. */
    int after(int position) {
        return (position + 1) & (cells.length - 1);
    }

    int cell(int position) {
        return cells[position];
    }

    /** What a cell with this hash contains at home, except for the reference. */
    int wanted(int hash) {
        // The tag is taken from just below the bits that make the home.
        int tag = referenceBits == DISTANCE_SHIFT ? 0
                : (hash << (32 - shift)) >>> (32 - DISTANCE_SHIFT + referenceBits);
        return STEP | tag << referenceBits;
    }

    /** The same one cell further. */
    static int further(int wanted) {
        return wanted + STEP;
    }

    /** Whether this cell, free ones included, ends the search. */
    static boolean ends(int cell, int wanted) {
        return cell >>> DISTANCE_SHIFT < wanted >>> DISTANCE_SHIFT;
    }

    /** Whether the entry in this cell must be looked at. */
    boolean agrees(int cell, int wanted) {
        return (cell ^ wanted) >>> referenceBits == 0;
    }

    static boolean isFree(int cell) {
        return cell == FREE;
    }

    /** {@code slot << 1 | direction}. */
    int reference(int cell) {
        return cell & (1 << referenceBits) - 1;
    }

    int capacity() {
        return cells.length;
    }

    void add(int reference) {
        if (reference >>> referenceBits != 0) {
            rebuild(cells.length, 32 - Integer.numberOfLeadingZeros(reference));
        }
        // Five eighths: a search then sees two cells on average, and rarely more than ten.
        if (++size > (cells.length >>> 3) * 5) {
            rebuild(cells.length * 2, referenceBits);
        }
        place(reference);
    }

    void remove(int reference) {
        int hash = hash(reference);
        int gap = home(hash);
        for (int wanted = wanted(hash) | reference; cells[gap] != wanted; wanted =
                further(wanted)) {
            if (ends(cells[gap], wanted)) {
                throw new IllegalStateException("reference " + reference + " is not in the index");
            }
            gap = after(gap);
        }
        size--;
        for (int next = after(gap); cells[next] >>> DISTANCE_SHIFT > 1; next = after(next)) {
            cells[gap] = cells[next] - STEP;
            gap = next;
        }
        cells[gap] = FREE;
    }

    void clear() {
        Arrays.fill(cells, FREE);
        size = 0;
    }

    /** Puts it before the first cell that is nearer to its home; what follows moves on by one. */
    private void place(int reference) {
        int hash = hash(reference);
        int position = home(hash);
        int carried = wanted(hash) | reference;
        while (!ends(cells[position], carried)) {
            position = after(position);
            carried = further(carried);
        }
        while (carried != FREE) {
            if (carried >>> DISTANCE_SHIFT == FARTHEST) {
                makeNearer(carried);
                return;
            }
            int next = cells[position];
            cells[position] = carried;
            carried = next == FREE ? FREE : further(next);
            position = after(position);
        }
    }

    /** A cell can be no farther from home: a larger index has shorter ways. */
    private void makeNearer(int carried) {
        int homeless = reference(carried);
        rebuild(cells.length * 2, referenceBits);
        place(homeless);
    }

    private void rebuild(int capacity, int newReferenceBits) {
        if (newReferenceBits > DISTANCE_SHIFT) {
            throw new IllegalStateException("more than 33 million connections in one table");
        }
        int[] old = cells;
        int oldMask = (1 << referenceBits) - 1;
        cells = new int[capacity];
        shift = Integer.numberOfLeadingZeros(capacity) + 1;
        referenceBits = newReferenceBits;
        // From a free cell on, so that equal tuples keep their order even around the end.
        int first = 0;
        while (old[first] != FREE) {
            first++;
        }
        for (int i = 0; i < old.length; i++) {
            int cell = old[(first + i) & (old.length - 1)];
            if (cell != FREE) {
                place(cell & oldMask);
            }
        }
    }

    private int hash(int reference) {
        return slab.hash(reference >>> 1, reference & 1);
    }
}
