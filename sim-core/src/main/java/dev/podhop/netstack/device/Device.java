package dev.podhop.netstack.device;

import dev.podhop.net.IpAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A network device of one namespace ({@code struct net_device}). */
public final class Device {

    /** Broadcast MAC address. */
    public static final long BROADCAST_MAC = 0xffff_ffff_ffffL;
    /** Locally administered prefix of the MAC addresses handed out here. */
    private static final long MAC_PREFIX = 0x0200_0000_0000L;

    private static final int DEFAULT_MTU = 1500;

    /** What kind of device it is. */
    public enum Kind {
        LOOPBACK,
        /** A veth's end or a NIC: whatever has a {@link Link}. */
        ETHERNET,
        BRIDGE,
        /** Leads nowhere: it only carries addresses. */
        DUMMY
    }

    private final int id;
    private final int namespace;
    private final String name;
    private final Kind kind;
    private final List<InterfaceAddress> addresses = new ArrayList<>(2);
    private final @Nullable Bridge bridge;
    private int mtu = DEFAULT_MTU;
    private @Nullable Link link;
    private @Nullable Device master;
    private boolean hairpin;
    private boolean proxyArp;

    /**
     * A device.
     *
     * @param id unique over the network; wire events name it
     * @param namespace index of the namespace that owns it
     */
    public Device(int id, int namespace, String name, Kind kind) {
        this.id = id;
        this.namespace = namespace;
        this.name = name;
        this.kind = kind;
        this.bridge = kind == Kind.BRIDGE ? new Bridge() : null;
    }

    public int id() {
        return id;
    }

    public int namespace() {
        return namespace;
    }

    public String name() {
        return name;
    }

    public Kind kind() {
        return kind;
    }

    /** A unicast address derived from the id: the same in every run. */
    public long mac() {
        return MAC_PREFIX | (id + 1);
    }

    /** Largest IP packet, bytes. */
    public int mtu() {
        return mtu;
    }

    public void mtu(int bytes) {
        mtu = bytes;
    }

    /** Addresses in the order they were added: the first of a subnet is its primary. */
    public List<InterfaceAddress> addresses() {
        return addresses;
    }

    public void addAddress(InterfaceAddress address) {
        addresses.add(address);
    }

    /** Takes an address away. */
    public void removeAddress(IpAddress address) {
        addresses.removeIf(each -> each.address().same(address));
    }

    /** The wire; null for loopback, bridges and what is unplugged. */
    public @Nullable Link link() {
        return link;
    }

    void plug(@Nullable Link wire) {
        link = wire;
    }

    /** The forwarding half of a bridge device; null for others. */
    public @Nullable Bridge bridge() {
        return bridge;
    }

    /** The bridge device that this is a port of; null for none. */
    public @Nullable Device master() {
        return master;
    }

    /** Makes it a port of the bridge device ({@code ip link set dev X master BRIDGE}). */
    public void enslave(Device bridgeDevice) {
        Bridge forwarding = bridgeDevice.bridge();
        if (forwarding == null) {
            throw new IllegalArgumentException(bridgeDevice.name + " is no bridge");
        }
        master = bridgeDevice;
        forwarding.addPort(this);
    }

    /** {@code BR_HAIRPIN_MODE}: a frame may leave by the port that it came in by. */
    public boolean hairpin() {
        return hairpin;
    }

    public void hairpin(boolean on) {
        hairpin = on;
    }

    /** {@code proxy_arp}: answer for addresses that are routed elsewhere. */
    public boolean proxyArp() {
        return proxyArp;
    }

    public void proxyArp(boolean on) {
        proxyArp = on;
    }

    @Override
    public String toString() {
        return name;
    }
}
