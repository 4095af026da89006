package dev.podhop.netstack;

import dev.podhop.engine.Chooser;
import dev.podhop.engine.Simulation;
import dev.podhop.netstack.conntrack.ConntrackTable;
import dev.podhop.netstack.device.Device;
import dev.podhop.netstack.device.Link;
import dev.podhop.packet.Packet;
import dev.podhop.packet.PacketPool;
import dev.podhop.trace.Place;
import dev.podhop.trace.Tracer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All namespaces of a run, and what they share: the clock, the packets, the luck, the trace. */
public final class Network {

    private final Simulation simulation;
    private final PacketPool packets = new PacketPool();
    private final Tracer tracer = new Tracer();
    private long cause;
    private final Luck luck;
    private final Endings endings = new Endings();
    private final List<NetworkNamespace> namespaces = new ArrayList<>();
    private final List<NetworkNamespace> touched = new ArrayList<>();
    private final List<Device> devices = new ArrayList<>();
    private final PacketPath path;

    public Network(Simulation simulation, Chooser chooser) {
        this.simulation = simulation;
        this.luck = new Luck(chooser);
        this.path = new PacketPath(this);
    }

    /**
     * Adds a namespace with nothing but a loopback device.
     *
     * @param conntrack its connection table; null where nothing tracks connections
     */
    public NetworkNamespace addNamespace(Place place, @Nullable ConntrackTable conntrack) {
        NetworkNamespace added = new NetworkNamespace(this, namespaces.size(), place, conntrack);
        namespaces.add(added);
        return added;
    }

    Device newDevice(NetworkNamespace owner, String name, Device.Kind kind) {
        Device device = new Device(devices.size(), owner.index(), name, kind);
        devices.add(device);
        return device;
    }

    /** Forgets packets, entries and time; the wiring stays. */
    public void resetDataPlane() {
        simulation.reset();
        packets.reset();
        path.wire().reset();
        tracer.reset();
        luck.reset();
        endings.reset();
        touched.forEach(NetworkNamespace::resetDataPlane);
        touched.clear();
    }

    /** A packet is in a namespace that was empty since the last reset. */
    void touched(NetworkNamespace ns) {
        touched.add(ns);
    }

    /** Namespaces that packets were in since the last reset: only they have anything to forget. */
    public List<NetworkNamespace> touched() {
        return touched;
    }

    public Simulation simulation() {
        return simulation;
    }

    public PacketPool packets() {
        return packets;
    }

    /**
     * Packets on wires and in neighbours' queues; between events, all that are in use.
     */
    public int underWay() {
        int underWay = path.wire().underWay();
        for (NetworkNamespace each : namespaces) {
            underWay += each.neighbours().waiting();
        }
        return underWay;
    }

    public Tracer tracer() {
        return tracer;
    }

    public Luck luck() {
        return luck;
    }

    /** Hop that made a socket do what it does now; 0 where a timer did. */
    public long cause() {
        return cause;
    }

    void cause(long hop) {
        cause = hop;
    }

    /** Where attempts' packets ended badly. */
    public Endings endings() {
        return endings;
    }

    public PacketPath path() {
        return path;
    }

    public List<NetworkNamespace> namespaces() {
        return namespaces;
    }

    /** The packet died before its connection was confirmed: nobody will have seen it. */
    void discardUnconfirmed(Packet p) {
        ConntrackTable table = namespaces.get(p.namespace).conntrack();
        if (table != null) {
            table.discardUnconfirmed(p);
        }
    }

    /**
     * Puts a packet, complete with its MAC addresses, on the end of a device's wire: it arrives
     * now.
     */
    public void arrive(Device in, Packet p) {
        path.arrive(in, p);
    }

    /** Whether no wire loses packets. */
    public boolean lossless() {
        for (Device device : devices) {
            Link link = device.link();
            if (link != null && link.impairment().lossNumerator() != 0) {
                return false;
            }
        }
        return true;
    }

    Device device(int id) {
        return devices.get(id);
    }

    NetworkNamespace namespaceOf(Device device) {
        return namespaces.get(device.namespace());
    }
}
