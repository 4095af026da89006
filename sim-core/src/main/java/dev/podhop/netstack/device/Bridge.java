package dev.podhop.netstack.device;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The forwarding table of a learning bridge ({@code net/bridge/br_fdb.c}).
 *
 * <p>Entries do not age; they go when their port goes.
 */
public final class Bridge {

    private final List<Device> ports = new ArrayList<>();
    private final Map<Mac, Device> table = new HashMap<>();
    /** Reused for every lookup: a packet must not allocate. */
    private final Mac probe = new Mac(0);
    private boolean promiscuous;

    /** A map key that can be refilled. */
    private static final class Mac {
        private long value;

        Mac(long value) {
            this.value = value;
        }

        @Override
        public int hashCode() {
            return Long.hashCode(value);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Mac that && that.value == value;
        }
    }

    /** Ports in the order they joined: the order of flooding. */
    public List<Device> ports() {
        return ports;
    }

    void addPort(Device port) {
        ports.add(port);
    }

    /** The port leaves, and what was learned on it is forgotten. */
    public void removePort(Device port) {
        ports.remove(port);
        table.values().removeIf(p -> p == port);
    }

    /** {@code IFF_PROMISC} on the bridge device: it also takes up what it forwards. */
    public boolean promiscuous() {
        return promiscuous;
    }

    public void promiscuous(boolean on) {
        promiscuous = on;
    }

    /** Learns that the address lives behind the port ({@code br_fdb_update}). */
    public void learn(long mac, Device port) {
        probe.value = mac;
        if (table.get(probe) != port) {
            table.put(new Mac(mac), port);
        }
    }

    /** The port behind which the address was seen; null when unknown. */
    public @Nullable Device lookup(long mac) {
        probe.value = mac;
        return table.get(probe);
    }

    /** Forgets everything learned. */
    public void flush() {
        table.clear();
    }
}
