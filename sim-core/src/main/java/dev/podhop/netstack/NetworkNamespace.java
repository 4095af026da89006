package dev.podhop.netstack;

import dev.podhop.engine.Keys;
import dev.podhop.net.Cidr;
import dev.podhop.net.IpAddress;
import dev.podhop.netstack.conntrack.ConntrackTable;
import dev.podhop.netstack.device.Device;
import dev.podhop.netstack.device.InterfaceAddress;
import dev.podhop.netstack.device.InterfaceAddress.Scope;
import dev.podhop.netstack.ipvs.IpvsTable;
import dev.podhop.netstack.netfilter.RecentLists;
import dev.podhop.netstack.route.Fib;
import dev.podhop.netstack.route.Route;
import dev.podhop.netstack.route.SourceAddress;
import dev.podhop.trace.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The network of one node, pod, outside host, or the cloud's edge: devices, routes, rules, tables
 * and sockets. It holds state; {@link PacketPath} moves packets through it.
 */
public final class NetworkNamespace {

    private final Network network;
    private boolean touched;
    private final int index;
    private final Place place;
    /** Stable key of this namespace as a maker of choices. */
    private final long key;
    /** What every host has, which is the same objects everywhere. */
    private static final List<InterfaceAddress> LOOPBACK_ADDRESSES = List.of(
            new InterfaceAddress(IpAddress.LOOPBACK_V4, 8, Scope.HOST),
            new InterfaceAddress(IpAddress.LOOPBACK_V6, 128, Scope.HOST));
    private static final List<Route> LOOPBACK_ROUTES =
            List.of(Route.local(Cidr.of("127.0.0.0/8"), 0, "lo"),
                    Route.local(Cidr.host(IpAddress.LOOPBACK_V6), 0, "lo"));

    private final List<Device> devices = new ArrayList<>(2);
    private final Device loopback;
    private final Fib fib = new Fib();
    private final Sysctls sysctls = new Sysctls();
    private final SocketTable sockets = new SocketTable();
    // Made when they are first needed: of a large cluster's pods few ever see a packet.
    private @Nullable NeighbourTable neighbours;
    private @Nullable RecentLists recent;
    private @Nullable IpvsTable ipvs;
    private @Nullable IcmpLimiter icmpLimiter;
    private final @Nullable ConntrackTable conntrack;
    private final HookTable hooks;
    /** Addresses of others that a process answers ARP for. */
    private Set<IpAddress> announced = Set.of();

    NetworkNamespace(Network network, int index, Place place, @Nullable ConntrackTable conntrack) {
        this.network = network;
        this.index = index;
        this.place = place;
        this.key = Keys.of(place.label());
        this.conntrack = conntrack;
        this.hooks = conntrack == null ? network.path().hooks().none()
                : new HookTable(network.path().hooks(), true);
        this.loopback = addDevice("lo", Device.Kind.LOOPBACK);
        loopback.mtu(65536);
        LOOPBACK_ADDRESSES.forEach(loopback::addAddress);
        LOOPBACK_ROUTES.forEach(fib::add);
    }

    /** Adds a device; its index is its place in {@link #devices()}. */
    public Device addDevice(String name, Device.Kind kind) {
        Device device = network.newDevice(this, name, kind);
        devices.add(device);
        return device;
    }

    /**
     * Gives a device an address, with the local route that makes it this host's own and, unless the
     * prefix is a host's, the on-link route to its subnet ({@code fib_add_ifaddr}).
     */
    public void addAddress(Device device, IpAddress address, int prefixLength) {
        InterfaceAddress own = InterfaceAddress.global(address, prefixLength);
        device.addAddress(own);
        int at = devices.indexOf(device);
        fib.add(Route.local(Cidr.host(address), at, device.name()));
        if (prefixLength < address.family().bits()) {
            fib.add(Route.onLink(own.subnet(), at, device.name(), address));
        }
    }

    /**
     * A process here answers ARP for these addresses, none of which is this host's own, by a socket
     * that hears the requests of others only (MetalLB's speaker, {@code arpResponder}).
     */
    public void announce(Set<IpAddress> addresses) {
        announced = Set.copyOf(addresses);
    }

    boolean announces(IpAddress address) {
        return announced.contains(address);
    }

    /** Takes an address of one host from a device. */
    public void removeAddress(Device device, IpAddress address) {
        device.removeAddress(address);
        Route own = Route.local(Cidr.host(address), devices.indexOf(device), device.name());
        fib.removeIf(own::equals);
    }

    /** The source that the kernel would choose towards a destination; null for no way there. */
    public @Nullable IpAddress sourceFor(IpAddress destination) {
        Route route = fib.lookup(destination);
        return route == null ? null : sourceFor(route, destination);
    }

    @Nullable IpAddress sourceFor(Route route, IpAddress destination) {
        return switch (route.type()) {
            case LOCAL -> destination; // to itself: __ip_route_output_key_hash takes daddr
            case UNICAST -> route.preferredSource() != null ? route.preferredSource()
                    : SourceAddress.select(devices, devices.get(route.device()),
                            route.nextHop(destination));
            case BLACKHOLE, UNREACHABLE -> null;
        };
    }

    public Network network() {
        return network;
    }

    public int index() {
        return index;
    }

    public Place place() {
        return place;
    }

    public String name() {
        return place.name();
    }

    /** Stable key of this namespace as a maker of choices. */
    public long key() {
        return key;
    }

    /** All devices, loopback first, in the order they were made. */
    public List<Device> devices() {
        return devices;
    }

    /** The device of that name; null for none. */
    public @Nullable Device device(String name) {
        for (Device device : devices) {
            if (device.name().equals(name)) {
                return device;
            }
        }
        return null;
    }

    public Device loopback() {
        return loopback;
    }

    public Fib fib() {
        return fib;
    }

    public Sysctls sysctls() {
        return sysctls;
    }

    public NeighbourTable neighbours() {
        if (neighbours == null) {
            neighbours = new NeighbourTable();
        }
        return neighbours;
    }

    public SocketTable sockets() {
        return sockets;
    }

    public RecentLists recent() {
        if (recent == null) {
            recent = new RecentLists();
        }
        return recent;
    }

    /** Virtual servers; works where {@link IpvsHooks} are installed. */
    public IpvsTable ipvs() {
        if (ipvs == null) {
            ipvs = new IpvsTable();
        }
        return ipvs;
    }

    IcmpLimiter icmpLimiter() {
        if (icmpLimiter == null) {
            icmpLimiter = new IcmpLimiter();
        }
        return icmpLimiter;
    }

    /** Null where no rule ever asks for connection tracking: the kernel registers no hooks then. */
    public @Nullable ConntrackTable conntrack() {
        return conntrack;
    }

    /** What hangs in its hooks: the door for everybody who has rules here. */
    public HookTable hooks() {
        return hooks;
    }

    /** A packet is here, and there will be something to forget; returns the index. */
    int entered() {
        if (!touched) {
            touched = true;
            network.touched(this);
        }
        return index;
    }

    /** Empties what packets left behind; configuration and sockets stay. */
    public void resetDataPlane() {
        touched = false;
        if (neighbours != null) {
            neighbours.clear();
        }
        if (recent != null) {
            recent.clear();
        }
        if (ipvs != null) {
            ipvs.clear();
        }
        if (icmpLimiter != null) {
            icmpLimiter.clear();
        }
        if (conntrack != null) {
            conntrack.clear();
        }
        for (Device device : devices) {
            if (device.bridge() != null) {
                device.bridge().flush();
            }
            if (device.link() != null) {
                device.link().reset();
            }
        }
    }

    @Override
    public String toString() {
        return place.label();
    }
}
