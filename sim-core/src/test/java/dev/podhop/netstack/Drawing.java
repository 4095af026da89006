package dev.podhop.netstack;

import dev.podhop.net.Cidr;
import dev.podhop.net.IpAddress;
import dev.podhop.netstack.conntrack.ConntrackSettings;
import dev.podhop.netstack.conntrack.ConntrackTable;
import dev.podhop.netstack.device.Device;
import dev.podhop.netstack.device.Link;
import dev.podhop.netstack.route.Route;
import dev.podhop.netstack.route.RouteType;
import dev.podhop.trace.Place;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * A network as a text, a line a thing:
 *
 * <pre>
 *   host   client eth0=10.0.0.5/24          does not forward and tracks nothing
 *   router r eth0=10.0.0.1/24 eth1          forwards, tracks connections, can have rules
 *   bridge r cni0=10.244.1.1/24 veth0 veth1 ports without addresses
 *   wire   client:eth0 r:eth0               100 us
 *   route  client default via 10.0.0.1 dev eth0
 *   route  r blackhole 10.9.0.0/16
 * </pre>
 */
record Drawing(List<String[]> lines) {

    static final long WIRE_NANOS = 100_000;

    static Drawing of(String text) {
        return new Drawing(text.lines().map(String::strip).filter(line -> !line.isEmpty())
                .map(line -> line.split(" +")).toList());
    }

    void build(Network network) {
        for (String[] line : lines) {
            switch (line[0]) {
                case "host" -> host(network, line, false);
                case "router" -> host(network, line, true);
                case "bridge" -> bridge(find(network, line[1]), line);
                case "wire" -> wire(device(network, line[1]), device(network, line[2]));
                case "route" -> route(find(network, line[1]), line);
                default -> throw new IllegalArgumentException(String.join(" ", line));
            }
        }
    }

    private static void host(Network network, String[] line, boolean router) {
        NetworkNamespace ns = network.addNamespace(
                new Place(Place.Kind.EXTERNAL, "", line[1]),
                router ? new ConntrackTable(ConntrackSettings.DEFAULT_KERNEL) : null);
        if (!router) {
            ns.sysctls().asHost();
        }
        for (int i = 2; i < line.length; i++) {
            device(ns, line[i], Device.Kind.ETHERNET);
        }
    }

    private static Device device(NetworkNamespace ns, String text, Device.Kind kind) {
        String[] parts = text.split("=");
        Device known = ns.device(parts[0]);
        Device device = known != null ? known : ns.addDevice(parts[0], kind);
        if (parts.length == 2) {
            String[] prefix = parts[1].split("/");
            ns.addAddress(device, IpAddress.of(prefix[0]), Integer.parseInt(prefix[1]));
        }
        return device;
    }

    private static void bridge(NetworkNamespace ns, String[] line) {
        Device bridge = device(ns, line[2], Device.Kind.BRIDGE);
        for (int i = 3; i < line.length; i++) {
            device(ns, line[i], Device.Kind.ETHERNET).enslave(bridge);
        }
    }

    private static void wire(Device a, Device b) {
        new Link(a, b, Link.Impairment.latency(WIRE_NANOS));
    }

    private static void route(NetworkNamespace ns, String[] line) {
        if (line.length == 4) {
            RouteType type = RouteType.valueOf(line[2].toUpperCase(Locale.ROOT));
            ns.fib().add(new Route(Cidr.of(line[3]), type, 0, "lo", null, null));
            return;
        }
        Cidr to = line[2].equals("default") ? new Cidr(IpAddress.ANY_V4, 0) : Cidr.of(line[2]);
        String name = line[line.length - 1];
        int at = ns.devices().indexOf(Objects.requireNonNull(ns.device(name), name));
        ns.fib().add(line[3].equals("via") ? Route.via(to, IpAddress.of(line[4]), at, name)
                : Route.onLink(to, at, name, null));
    }

    private static Device device(Network network, String place) {
        String[] parts = place.split(":");
        return Objects.requireNonNull(find(network, parts[0]).device(parts[1]), place);
    }

    private static NetworkNamespace find(Network network, String name) {
        return network.namespaces().stream().filter(ns -> ns.name().equals(name)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no " + name));
    }
}
