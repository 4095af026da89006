package dev.podhop.netstack;

import dev.podhop.engine.BoundedQueue;
import dev.podhop.engine.Simulation;
import dev.podhop.net.IpAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who has which MAC address ({@code struct neighbour}).
 *
 * <p>Models resolution: a request, packets that wait, three tries a second apart
 * ({@code mcast_solicit}, {@code retrans_time_ms}), failure. An entry that was resolved stays so
 * until its host goes: staleness and re-probing are left out.
 */
public final class NeighbourTable {

    /** {@code mcast_solicit}. */
    static final int TRIES = 3;
    /** {@code retrans_time_ms}. */
    static final long RETRY_NANOS = 1_000_000_000L;
    /** Packets that may wait for one neighbour; {@code unres_qlen}'s long-standing value. */
    private static final int QUEUE_LENGTH = 101;

    private final Map<IpAddress, Entry> entries = new HashMap<>();
    private final List<Entry> bySlot = new ArrayList<>();

    /** What is known of one address. */
    static final class Entry {
        final int slot;
        final IpAddress address;
        /** Index of the device behind which it is looked for. */
        final int device;
        long mac;
        boolean resolved;
        int tries;
        long timer = Simulation.NO_EVENT;
        /** Slots of the waiting packets. */
        final BoundedQueue waiting = new BoundedQueue(QUEUE_LENGTH);

        Entry(int slot, IpAddress address, int device) {
            this.slot = slot;
            this.address = address;
            this.device = device;
        }
    }

    @Nullable Entry find(IpAddress address) {
        return entries.get(address);
    }

    Entry create(IpAddress address, int device) {
        Entry entry = new Entry(bySlot.size(), address, device);
        entries.put(address, entry);
        bySlot.add(entry);
        return entry;
    }

    Entry get(int slot) {
        return bySlot.get(slot);
    }

    /** Packets that wait for an answer. */
    int waiting() {
        int waiting = 0;
        for (Entry entry : bySlot) {
            waiting += entry.waiting.size();
        }
        return waiting;
    }

    /** Forgets the address, so that the next packet asks again. */
    public void forget(IpAddress address) {
        entries.remove(address);
    }

    /** Forgets all addresses; packets that wait for one wait until its resolution fails. */
    public void forgetAll() {
        entries.clear();
    }

    /** Forgets everything. */
    public void clear() {
        entries.clear();
        bySlot.clear();
    }
}
