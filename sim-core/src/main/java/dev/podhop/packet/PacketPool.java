package dev.podhop.packet;

import java.util.Arrays;
import java.util.BitSet;
import java.util.function.Consumer;

/**
 * All packets of a run. A freed packet is handed out again, so that a run in steady state
 * allocates none.
 */
public final class PacketPool {

    private Packet[] packets = new Packet[64];
    private int[] free = new int[64];
    private int created;
    private int freeCount;
    private long lastId;

    /** A cleared packet with a new id. */
    public Packet allocate() {
        Packet packet = freeCount > 0 ? packets[free[--freeCount]] : create();
        packet.clear();
        packet.id = ++lastId;
        return packet;
    }

    /** A second packet with the same header and its own id. */
    public Packet copy(Packet original) {
        Packet copy = allocate();
        copy.copyFrom(original);
        return copy;
    }

    /** Gives the packet back. It must not be touched afterwards. */
    public void release(Packet packet) {
        packet.hop = null;
        free[freeCount++] = packet.slot;
    }

    /** The packet in this slot. */
    public Packet get(int slot) {
        return packets[slot];
    }

    /** Calls with every packet that is handed out and not given back, in the order of slots. */
    public void forEachInUse(Consumer<Packet> consumer) {
        BitSet given = new BitSet(created);
        given.set(0, created);
        for (int i = 0; i < freeCount; i++) {
            given.clear(free[i]);
        }
        given.stream().forEach(slot -> consumer.accept(packets[slot]));
    }

    /** Takes every packet back and starts ids anew; memory is kept. */
    public void reset() {
        freeCount = 0;
        for (int slot = created - 1; slot >= 0; slot--) {
            packets[slot].hop = null;
            free[freeCount++] = slot;
        }
        lastId = 0;
    }

    private Packet create() {
        if (created == packets.length) {
            packets = Arrays.copyOf(packets, created * 2);
            free = Arrays.copyOf(free, created * 2);
        }
        Packet packet = new Packet(created);
        packets[created++] = packet;
        return packet;
    }
}
