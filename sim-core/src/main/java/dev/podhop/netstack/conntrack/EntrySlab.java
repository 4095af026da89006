package dev.podhop.netstack.conntrack;

import dev.podhop.net.IpAddress;
import dev.podhop.net.L4Protocol;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * All entries of a table: eight longs, a cache line, and four address references each; 80 bytes.
 *
 * <pre>
 *   word 0   original sport, dport | reply sport, dport         16 bits each
 *   word 1   expiry, ns; before confirmation the timeout itself; in a free slot the next free one
 *   word 2   UDP: when it becomes a stream, ns; TCP: see TcpTracker
 *   word 3   generation 32 | protocol and family 8 | tracker state 8 | status 16
 *   word 4   original addresses, see TupleKey
 *   word 5   reply addresses
 *   word 6   hash of the original tuple 32 | of the reply tuple 32
 *   word 7   mark
 * </pre>
 *
 * <p>Finding an entry and refreshing it touches this one line. The references beside it are there
 * because a translated packet must carry an {@link IpAddress} without allocating one.
 */
final class EntrySlab {

    static final int NIL = -1;

    private static final int STRIDE = 8;
    /** Words before slot 0, which with the array's header fill a line. */
    private static final int PAD = 6;
    private static final int EXPIRY = 1;
    private static final int SCRATCH = 2;
    private static final int META = 3;
    private static final int ADDRESSES = 4;
    private static final int HASHES = 6;
    private static final int MARK = 7;

    private long[] words = new long[PAD];
    private @Nullable IpAddress[] addresses = new @Nullable IpAddress[0];
    /** Allocated with the first pinned next hop that is set; most tables have none. */
    private @Nullable IpAddress @Nullable [] vias;
    private int used;
    private int capacity;
    private int free = NIL;

    /** Slots ever handed out: the range to sweep. */
    int used() {
        return used;
    }

    /** A slot of this kind, with status 0, state 0 and mark 0, everything else as it was. */
    int allocate(int kind) {
        int slot = free;
        if (slot != NIL) {
            free = (int) words[at(slot) + EXPIRY];
        } else {
            if (used == capacity) {
                grow();
            }
            slot = used++;
        }
        int meta = at(slot) + META;
        long generation = (words[meta] >>> 32) + 1;
        words[meta] = generation << 32 | (long) kind << 24;
        words[at(slot) + MARK] = 0;
        return slot;
    }

    /** Gives the slot back; handles to it go stale. */
    void release(int slot) {
        int word = at(slot);
        words[word + META] = (words[word + META] >>> 32) + 1 << 32;
        words[word + EXPIRY] = free;
        free = slot;
        Arrays.fill(addresses, slot * 4, slot * 4 + 4, null);
        if (vias != null) {
            vias[slot] = null;
        }
    }

    /** Frees every slot; no handle survives. */
    void clear() {
        free = NIL;
        for (int slot = used - 1; slot >= 0; slot--) {
            release(slot);
        }
    }

    long handle(int slot) {
        return words[at(slot) + META] & 0xffffffff00000000L | slot;
    }

    /** Whether the handle still names the entry that it was made for. */
    boolean isCurrent(long handle) {
        int slot = (int) handle;
        return slot < used && (words[at(slot) + META] ^ handle) >>> 32 == 0;
    }

    L4Protocol protocol(int slot) {
        return TupleKey.protocol(kind(slot));
    }

    /** Protocol and family, see {@link TupleKey#kind}. */
    int kind(int slot) {
        return (int) words[at(slot) + META] >>> 24;
    }

    int status(int slot) {
        return (int) words[at(slot) + META] & 0xffff;
    }

    void addStatus(int slot, int bits) {
        if (((int) words[at(slot) + META] & bits) != bits) {
            words[at(slot) + META] |= bits;
        }
    }

    void removeStatus(int slot, int bits) {
        words[at(slot) + META] &= ~(long) bits;
    }

    boolean has(int slot, int bits) {
        return (words[at(slot) + META] & bits) != 0;
    }

    int state(int slot) {
        return (int) words[at(slot) + META] >>> 16 & 0xff;
    }

    void state(int slot, int state) {
        if (state(slot) != state) {
            int meta = at(slot) + META;
            words[meta] = words[meta] & ~0xff0000L | (long) state << 16;
        }
    }

    /** Tracker state and status together: equal before and after means nothing to report. */
    int stateAndStatus(int slot) {
        return (int) words[at(slot) + META];
    }

    long expiry(int slot) {
        return words[at(slot) + EXPIRY];
    }

    void expiry(int slot, long nanos) {
        words[at(slot) + EXPIRY] = nanos;
    }

    long scratch(int slot) {
        return words[at(slot) + SCRATCH];
    }

    void scratch(int slot, long value) {
        words[at(slot) + SCRATCH] = value;
    }

    /** {@code nf_ct_refresh_acct}: the clock of an unconfirmed entry does not run yet. */
    void refresh(int slot, long timeoutNanos, long nowNanos) {
        int status = status(slot);
        if ((status & CtStatus.FIXED_TIMEOUT) == 0) {
            words[at(slot) + EXPIRY] = (status & CtStatus.CONFIRMED) != 0 ? nowNanos + timeoutNanos
                    : timeoutNanos;
        }
    }

    /** {@code sport << 16 | dport} of direction 0 or 1. */
    int ports(int slot, int direction) {
        return (int) (words[at(slot)] >>> (direction == 0 ? 32 : 0));
    }

    // An entry in use has its addresses; null stands only in free slots.
    @SuppressWarnings("NullAway")
    IpAddress source(int slot, int direction) {
        return addresses[slot * 4 + direction * 2];
    }

    @SuppressWarnings("NullAway")
    IpAddress destination(int slot, int direction) {
        return addresses[slot * 4 + direction * 2 + 1];
    }

    /** Both addresses, see {@link TupleKey#addresses}. */
    long addresses(int slot, int direction) {
        return words[at(slot) + ADDRESSES + direction];
    }

    /** See {@link TupleKey#hash}. */
    int hash(int slot, int direction) {
        return (int) (words[at(slot) + HASHES] >>> (direction == 0 ? 32 : 0));
    }

    void tuple(int slot, int direction, IpAddress source, IpAddress destination, int ports) {
        addresses[slot * 4 + direction * 2] = source;
        addresses[slot * 4 + direction * 2 + 1] = destination;
        long both = TupleKey.addresses(source, destination);
        words[at(slot) + ADDRESSES + direction] = both;
        half(at(slot), direction, ports);
        half(at(slot) + HASHES, direction, TupleKey.hash(kind(slot), both, ports));
    }

    /** Writes the upper half of a word for the original direction, the lower for the reply. */
    private void half(int word, int direction, int value) {
        long unsigned = value & 0xffffffffL;
        words[word] = direction == 0 ? words[word] & 0xffffffffL | unsigned << 32
                : words[word] & 0xffffffff00000000L | unsigned;
    }

    int mark(int slot) {
        return (int) words[at(slot) + MARK];
    }

    void mark(int slot, int mark) {
        words[at(slot) + MARK] = mark;
    }

    @Nullable IpAddress via(int slot) {
        return vias == null ? null : vias[slot];
    }

    void via(int slot, @Nullable IpAddress via) {
        if (vias == null) {
            vias = new @Nullable IpAddress[capacity];
        }
        vias[slot] = via;
    }

    private static int at(int slot) {
        return PAD + slot * STRIDE;
    }

    private void grow() {
        capacity = Math.max(16, capacity * 2);
        words = Arrays.copyOf(words, PAD + capacity * STRIDE);
        addresses = Arrays.copyOf(addresses, capacity * 4);
        vias = vias == null ? null : Arrays.copyOf(vias, capacity);
    }
}
