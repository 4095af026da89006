package dev.podhop.cluster;

import dev.podhop.cluster.ClusterConfig.ExternalHost;
import dev.podhop.k8s.Node;
import dev.podhop.net.Cidr;
import dev.podhop.net.IpAddress;
import dev.podhop.net.IpFamily;
import dev.podhop.netstack.Network;
import dev.podhop.netstack.NetworkNamespace;
import dev.podhop.netstack.conntrack.ConntrackSettings;
import dev.podhop.netstack.conntrack.ConntrackTable;
import dev.podhop.netstack.device.Device;
import dev.podhop.netstack.device.InterfaceAddress;
import dev.podhop.netstack.device.Link;
import dev.podhop.netstack.route.Route;
import dev.podhop.netstack.route.RouteType;
import dev.podhop.trace.Place;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What lies between the nodes: the cloud's edge, the wires to it, the hosts beyond.
 *
 * <p>The edge routes each podCIDR to its node and drops what it has no route for.
 */
final class Underlay {

    private static final String EDGE = "fab";
    private static final String SEGMENT = "br0";

    private final Network network;
    private final ClusterConfig config;
    private final NetworkNamespace edge;
    /** The shared segment, a bridge of the edge; null where every node has a wire of its own. */
    private final @Nullable Device segment;
    private final Map<String, NetworkNamespace> nodes = new LinkedHashMap<>();
    /** Addresses that {@link #routePod} has added routes for. */
    private final Set<IpAddress> routed = new HashSet<>();

    Underlay(Network network, ClusterConfig config) {
        this.network = network;
        this.config = config;
        this.edge = network.addNamespace(new Place(Place.Kind.EDGE, "", EDGE),
                new ConntrackTable(ConntrackSettings.DEFAULT_KERNEL));
        // A switch does not call iptables for what it bridges.
        edge.sysctls().set("net.bridge.bridge-nf-call-iptables", "0");
        edge.sysctls().set("net.bridge.bridge-nf-call-ip6tables", "0");
        this.segment = config.sharedSegment() ? edge.addDevice(SEGMENT, Device.Kind.BRIDGE) : null;
        for (InterfaceAddress gateway : config.gateways()) {
            Device holder = segment != null ? segment : edge.loopback();
            int length = segment != null ? gateway.prefixLength()
                    : gateway.address().family().bits();
            edge.addAddress(holder, gateway.address(), length);
        }
        for (IpFamily family : IpFamily.values()) {
            edge.fib().add(new Route(everywhere(family), RouteType.BLACKHOLE, 0, "lo", null, null));
        }
    }

    NetworkNamespace edge() {
        return edge;
    }

    /** Plugs a node in: its eth0 with addresses and default route, and the edge's way to it. */
    void connect(NetworkNamespace ns, Node node) {
        Device eth0 = ns.addDevice("eth0", Device.Kind.ETHERNET);
        Device port = edge.addDevice("v-" + node.metadata().name(), Device.Kind.ETHERNET);
        new Link(eth0, port, config.wires().node());
        if (segment != null) {
            port.enslave(segment);
        }
        for (IpAddress address : node.internalAddresses()) {
            join(ns, eth0, address);
            if (segment == null) {
                edge.fib().add(Route.onLink(Cidr.host(address), edge.devices().indexOf(port),
                        port.name(), null));
            }
        }
        nodes.put(node.metadata().name(), ns);
        for (Cidr range : node.podRanges()) {
            routeToPods(edge, segment != null ? segment : port, range, node);
        }
    }

    /**
     * A pod whose address lies outside its node's podCIDR: routed to its node by the edge and, on a
     * shared segment, by the other nodes, as Calico does for the blocks that it hands out.
     */
    void routePod(Node node, IpAddress pod) {
        routed.add(pod);
        String name = node.metadata().name();
        Device port = segment != null ? segment : edge.device("v-" + name);
        if (port != null) {
            routeToPods(edge, port, Cidr.host(pod), node);
        }
        if (segment != null) {
            nodes.forEach((other, ns) -> {
                Device eth0 = ns.device("eth0");
                if (!other.equals(name) && eth0 != null) {
                    routeToPods(ns, eth0, Cidr.host(pod), node);
                }
            });
        }
    }

    /** Pods are gone: what {@link #routePod} added for their addresses goes with them. */
    void forgetPods(List<IpAddress> addresses) {
        List<IpAddress> pods = addresses.stream().filter(routed::remove).toList();
        if (pods.isEmpty()) {
            return;
        }
        forgetPods(edge, pods);
        if (segment != null) {
            nodes.values().forEach(ns -> forgetPods(ns, pods));
        }
    }

    private static void forgetPods(NetworkNamespace ns, List<IpAddress> pods) {
        ns.fib().removeIf(route -> pods.stream().map(Cidr::host)
                .anyMatch(route.destination()::equals));
    }

    /** On a shared segment nodes reach each other's pods without the edge. */
    void routeBetween(NetworkNamespace ns, Node own, List<Node> nodes) {
        Device eth0 = ns.device("eth0");
        if (segment == null || eth0 == null) {
            return;
        }
        for (Node other : nodes) {
            if (!other.metadata().name().equals(own.metadata().name())) {
                other.podRanges().forEach(range -> routeToPods(ns, eth0, range, other));
            }
        }
    }

    /** Plugs an outside host in. */
    NetworkNamespace connect(ExternalHost host) {
        NetworkNamespace ns = network.addNamespace(
                new Place(Place.Kind.EXTERNAL, "", host.name()), null);
        ns.sysctls().asHost();
        Device eth0 = ns.addDevice("eth0", Device.Kind.ETHERNET);
        Device port = edge.addDevice(portOf(host.name()), Device.Kind.ETHERNET);
        new Link(eth0, port, config.wires().external());
        if (segment != null && host.addresses().stream().anyMatch(this::isOnSegment)) {
            port.enslave(segment);
            host.addresses().forEach(address -> join(ns, eth0, address));
            return ns;
        }
        for (IpAddress address : host.addresses()) {
            ns.addAddress(eth0, address, address.family().bits());
            defaultRoute(ns, eth0, address.family());
            edge.fib().add(Route.onLink(Cidr.host(address), edge.devices().indexOf(port),
                    port.name(), null));
        }
        return ns;
    }

    /** The edge's device that leads to a host outside. */
    static String portOf(String host) {
        return "v-" + host;
    }

    /** A machine in the nodes' own subnet is one more on their segment. */
    private boolean isOnSegment(IpAddress address) {
        InterfaceAddress gateway = gateway(address.family());
        return gateway != null
                && new Cidr(gateway.address(), gateway.prefixLength()).contains(address);
    }

    private void join(NetworkNamespace ns, Device eth0, IpAddress address) {
        int length = address.family().bits();
        if (segment != null) {
            InterfaceAddress gateway = gateway(address.family());
            length = gateway == null ? length : gateway.prefixLength();
        }
        ns.addAddress(eth0, address, length);
        defaultRoute(ns, eth0, address.family());
    }

    private void defaultRoute(NetworkNamespace ns, Device eth0, IpFamily family) {
        InterfaceAddress gateway = gateway(family);
        if (gateway == null) {
            return;
        }
        int at = ns.devices().indexOf(eth0);
        ns.fib().add(Route.onLink(Cidr.host(gateway.address()), at, eth0.name(), null));
        ns.fib().add(Route.via(everywhere(family), gateway.address(), at, eth0.name()));
    }

    private static void routeToPods(NetworkNamespace from, Device out, Cidr pods, Node node) {
        for (IpAddress address : node.internalAddresses()) {
            if (address.family() == pods.family()) {
                from.fib().add(Route.via(pods, address, from.devices().indexOf(out), out.name()));
            }
        }
    }

    private @Nullable InterfaceAddress gateway(IpFamily family) {
        return config.gateways().stream().filter(g -> g.address().family() == family).findFirst()
                .orElse(null);
    }

    private static Cidr everywhere(IpFamily family) {
        return new Cidr(family == IpFamily.IPv4 ? IpAddress.ANY_V4 : IpAddress.ANY_V6, 0);
    }
}
