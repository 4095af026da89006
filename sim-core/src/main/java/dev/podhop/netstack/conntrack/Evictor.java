package dev.podhop.netstack.conntrack;

import dev.podhop.net.L4Protocol;

/**
 * Makes room: {@code early_drop} when a new entry finds the table full, and the sweep of
 * {@code gc_worker}.
 */
final class Evictor {

    /**
     * {@code GC_SCAN_INTERVAL_MAX}. The worker adapts between one second and this by the average
     * time left, but starts from an average so large that only this remains.
     */
    private static final long SWEEP_NANOS = 60_000_000_000L;

    /** {@code NF_CT_EVICTION_RANGE}: buckets that early drop looks at. */
    private static final int EVICTION_RANGE = 8;

    private final EntryStore store;
    private final TcpTracker tcp;
    private int max;
    private long nextSweepNanos = SWEEP_NANOS;
    private boolean pressed;

    Evictor(EntryStore store, TcpTracker tcp, int max) {
        this.store = store;
        this.tcp = tcp;
        this.max = max;
    }

    void max(int newMax) {
        max = newMax;
    }

    /** The check of {@code __nf_conntrack_alloc}: false when a packet must be dropped for it. */
    boolean makeRoom(int hash, long nowNanos) {
        if (nowNanos >= nextSweepNanos) {
            sweep(nowNanos);
        }
        if (store.count() < max || earlyDrop(hash, nowNanos)) {
            return true;
        }
        pressed = true;
        return false;
    }

    /**
     * Removes what expired. After the table was full it also goes, above 95 %, for connections that
     * are not assured or are closing.
     */
    void sweep(long nowNanos) {
        int threshold = max / 100 * 95;
        EntrySlab slab = store.slab;
        for (int slot = 0; slot < slab.used(); slot++) {
            if (!store.isLive(slot)) {
                continue;
            }
            if (slab.expiry(slot) <= nowNanos) {
                store.expire(slot);
            } else if (pressed && store.count() >= threshold && mayDropEarly(slot)) {
                store.kill(slot, nowNanos);
            }
        }
        pressed = false;
        nextSweepNanos = nowNanos + SWEEP_NANOS;
    }

    /** A fresh start. */
    void reset() {
        nextSweepNanos = SWEEP_NANOS;
        pressed = false;
    }

    /** {@code gc_worker_can_early_drop}. */
    private boolean mayDropEarly(int slot) {
        EntrySlab slab = store.slab;
        return !slab.has(slot, CtStatus.ASSURED)
                || (slab.protocol(slot) == L4Protocol.TCP && tcp.isClosing(slot));
    }

    /**
     * Looks through the neighbourhood in the index for an entry that is not assured. The kernel has
     * as many buckets as entries at most by default; the same share of the index is searched here.
     */
    private boolean earlyDrop(int hash, long nowNanos) {
        TupleIndex index = store.index;
        long cells = Math.min(index.capacity(),
                Math.max(1, (long) index.capacity() * EVICTION_RANGE / max));
        int position = index.home(hash);
        while (cells > 0) {
            long cell = index.cell(position);
            if (cell != TupleIndex.FREE) {
                int slot = TupleIndex.reference(cell) >>> 1;
                if (store.slab.expiry(slot) <= nowNanos) {
                    // Another cell may have moved into this position: look again.
                    store.expire(slot);
                    continue;
                }
                if (!store.slab.has(slot, CtStatus.ASSURED)) {
                    store.kill(slot, nowNanos);
                    return true;
                }
            }
            position = index.after(position);
            cells--;
        }
        return false;
    }
}
