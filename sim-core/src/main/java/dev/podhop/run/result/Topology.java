package dev.podhop.run.result;

import dev.podhop.cluster.Cluster;
import dev.podhop.netstack.Network;
import dev.podhop.netstack.NetworkNamespace;
import dev.podhop.netstack.device.Device;
import dev.podhop.netstack.device.InterfaceAddress;
import dev.podhop.netstack.device.Link;
import dev.podhop.trace.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a cluster is wired, for whoever draws it: every namespace with its devices, every wire.
 *
 * @param spaces in the order in which they came to be; the edge first
 * @param wires each once
 * @param balancers the load balancers' listeners, which live at the edge
 */
public record Topology(List<Space> spaces, List<Wire> wires, List<Balancer> balancers) {

    public Topology {
        spaces = List.copyOf(spaces);
        wires = List.copyOf(wires);
        balancers = List.copyOf(balancers);
    }

    /** A network namespace; devices without the loopback. */
    public record Space(Place place, List<Port> devices) {
        public Space {
            devices = List.copyOf(devices);
        }
    }

    /**
     * A network device.
     *
     * @param addresses without prefix lengths
     * @param bridge the bridge device that it is a port of; null for none
     * @param isBridge whether it is a bridge itself
     */
    public record Port(String name, List<String> addresses, @Nullable String bridge,
            boolean isBridge) {
        public Port {
            addresses = List.copyOf(addresses);
        }
    }

    /** A wire between two devices. */
    public record Wire(Place a, String deviceA, Place b, String deviceB) {}

    /** A listener of a load balancer: {@code lb/web} on {@code 198.51.100.7:80}, its targets. */
    public record Balancer(String name, String address, List<String> targets) {
        public Balancer {
            targets = List.copyOf(targets);
        }
    }

    public static Topology of(Cluster cluster) {
        Network network = cluster.network();
        List<Space> spaces = new ArrayList<>();
        List<Wire> wires = new ArrayList<>();
        for (NetworkNamespace ns : network.namespaces()) {
            spaces.add(new Space(ns.place(), ns.devices().stream()
                    .filter(device -> device.kind() != Device.Kind.LOOPBACK)
                    .map(Topology::port).toList()));
            for (Device device : ns.devices()) {
                Link link = device.link();
                // Each wire has two ends; the one with the lower id tells of it.
                if (link != null && device.id() < link.peer(device).id()) {
                    Device peer = link.peer(device);
                    wires.add(new Wire(ns.place(), device.name(),
                            network.namespaces().get(peer.namespace()).place(), peer.name()));
                }
            }
        }
        return new Topology(spaces, wires, cluster.listeners().stream()
                .map(each -> new Balancer(each.loadBalancer(), each.vip().toString(),
                        each.targets().stream().map(target -> target.name()).toList()))
                .toList());
    }

    private static Port port(Device device) {
        Device master = device.master();
        return new Port(device.name(),
                device.addresses().stream().map(InterfaceAddress::address)
                        .map(Objects::toString).toList(),
                master == null ? null : master.name(), device.kind() == Device.Kind.BRIDGE);
    }
}
