package dev.podhop.netstack.conntrack;

import dev.podhop.net.L4Protocol;

/**
 * Makes room: all expired entries go in the sweep of {@code gc_worker}, some earlier, when a new
 * one comes near them in a table that fills up; {@code early_drop} takes live ones when it is full.
 */
final class Evictor {

    private static final long SECOND = 1_000_000_000L;
    /** {@code GC_SCAN_INTERVAL_MIN}. */
    private static final long MIN_SWEEP_NANOS = SECOND;
    /** {@code GC_SCAN_INTERVAL_MAX}. */
    private static final long MAX_SWEEP_NANOS = 60 * SECOND;
    /** {@code GC_SCAN_INTERVAL_CLAMP}: what a long timeout counts for in the average. */
    private static final long CLAMP_NANOS = 300 * SECOND;
    /** {@code GC_SCAN_INITIAL_COUNT}: tuples that the average pretends to have seen. */
    private static final int INITIAL_COUNT = 100;
    /** {@code NF_CT_EVICTION_RANGE}: buckets that early drop looks at. */
    private static final int EVICTION_RANGE = 8;

    private final EntryStore store;
    private final TcpTracker tcp;
    private int max;
    private int buckets;
    private long nextSweepNanos = MAX_SWEEP_NANOS;
    private boolean pressed;

    Evictor(EntryStore store, TcpTracker tcp, ConntrackSettings settings) {
        this.store = store;
        this.tcp = tcp;
        settings(settings);
    }

    void settings(ConntrackSettings settings) {
        max = settings.max();
        buckets = settings.buckets();
    }

    /** The check of {@code __nf_conntrack_alloc}: false when a packet must be dropped for it. */
    boolean makeRoom(int hash, long nowNanos) {
        if (nowNanos >= nextSweepNanos) {
            sweep(nowNanos);
        }
        if (max == 0 || store.count() < max / 4 * 3) {
            // Expired entries are in nobody's way yet, and looking for them costs cache misses.
            return true;
        }
        scan(hash, 1, false, nowNanos);
        if (store.count() < max || scan(hash, EVICTION_RANGE, true, nowNanos)) {
            return true;
        }
        pressed = true;
        return false;
    }

    /**
     * {@code gc_worker}: removes what expired. After the table was full it also goes, above 95 %,
     * for connections that are not assured or are closing. The average time left decides how soon
     * it comes again.
     */
    void sweep(long nowNanos) {
        int threshold = max / 100 * 95;
        EntrySlab slab = store.slab;
        long sum = INITIAL_COUNT * MAX_SWEEP_NANOS;
        long tuples = INITIAL_COUNT;
        for (int slot = 0; slot < slab.used(); slot++) {
            if (!store.isLive(slot)) {
                continue;
            }
            long left = slab.expiry(slot) - nowNanos;
            if (left <= 0) {
                store.expire(slot);
                continue;
            }
            // The worker meets an entry under each of its tuples.
            sum += 2 * Math.clamp(left, MIN_SWEEP_NANOS, CLAMP_NANOS);
            tuples += 2;
            if (pressed && store.count() >= threshold && mayDropEarly(slot)) {
                store.kill(slot, nowNanos);
            }
        }
        pressed = false;
        nextSweepNanos = nowNanos + Math.clamp(sum / tuples, MIN_SWEEP_NANOS, MAX_SWEEP_NANOS);
    }

    /** A fresh start. */
    void reset() {
        nextSweepNanos = MAX_SWEEP_NANOS;
        pressed = false;
    }

    /** {@code gc_worker_can_early_drop}. */
    private boolean mayDropEarly(int slot) {
        return !store.slab.has(slot, CtStatus.ASSURED)
                || (store.slab.protocol(slot) == L4Protocol.TCP && tcp.isClosing(slot));
    }

    /**
     * Walks some of the kernel's buckets, beginning with the one for this hash, and removes what
     * expired, as every walk along a chain does ({@code early_drop_list}, and lookups in general).
     *
     * @param drop end with the first live entry that is not assured, and remove it
     * @return whether one was dropped; removing expired ones does not count
     */
    private boolean scan(int hash, int range, boolean drop, long nowNanos) {
        TupleIndex index = store.index;
        EntrySlab slab = store.slab;
        long first = bucket(hash);
        // The index is ordered by hash, except that a cluster pushes tuples behind their home.
        int position = index.home((int) ((first << 32) / buckets));
        long atLeast = (long) index.capacity() * range / buckets;
        for (long walked = 0; walked < index.capacity();) {
            int cell = index.cell(position);
            int reference = index.reference(cell);
            int slot = reference >>> 1;
            if (TupleIndex.isFree(cell)) {
                if (walked > atLeast) {
                    return false;
                }
            } else if (isWithin(slab.hash(slot, reference & 1), first, range)) {
                if (slab.expiry(slot) <= nowNanos) {
                    // Another cell may have moved into this position: look again.
                    store.expire(slot);
                    continue;
                }
                if (drop && !slab.has(slot, CtStatus.ASSURED)) {
                    store.kill(slot, nowNanos);
                    return true;
                }
            }
            position = index.after(position);
            walked++;
        }
        return false;
    }

    private boolean isWithin(int hash, long first, int range) {
        return Math.floorMod(bucket(hash) - first, (long) buckets) < range;
    }

    /** {@code reciprocal_scale}. */
    private long bucket(int hash) {
        return (hash & 0xffffffffL) * buckets >>> 32;
    }
}
