package dev.podhop.cni;

import dev.podhop.net.Cidr;
import dev.podhop.net.IpAddress;
import dev.podhop.netstack.NetworkNamespace;
import dev.podhop.netstack.device.Device;
import dev.podhop.netstack.device.Link;
import dev.podhop.netstack.route.Route;
import dev.podhop.netstack.route.RouteType;
import java.util.List;

/**
 * Each pod on a veth of its own with a host route to it. The pod's gateway is an address that
 * nobody has; the node answers for it by proxy ARP. No device but eth0 has an address that
 * MASQUERADE could take, so that pods see the node's own.
 *
 * @param pooled whether pods' addresses come from one pool, not from their node's range
 * @param blackhole whether an address of the node's range that no pod has goes nowhere, as Calico's
 *        blackhole route sees to; else it follows the default route, and comes back
 */
public record RoutedWiring(boolean pooled, boolean blackhole) implements PodWiring {

    private static final IpAddress GATEWAY_V4 = IpAddress.of("169.254.1.1");
    private static final IpAddress GATEWAY_V6 = IpAddress.of("fe80::1");

    @Override
    public void prepare(NetworkNamespace node, List<Cidr> podRanges) {
        if (blackhole) {
            podRanges.forEach(range -> node.fib()
                    .add(new Route(range, RouteType.BLACKHOLE, 0, "lo", null, null)));
        }
    }

    @Override
    public void attach(NetworkNamespace node, NetworkNamespace pod, String vethName,
            List<IpAddress> addresses, List<Cidr> podRanges, Link.Impairment wire) {
        Device eth0 = pod.addDevice("eth0", Device.Kind.ETHERNET);
        Device veth = node.addDevice(vethName, Device.Kind.ETHERNET);
        new Link(eth0, veth, wire);
        veth.proxyArp(true);
        int inPod = pod.devices().indexOf(eth0);
        for (IpAddress address : addresses) {
            IpAddress gateway = address.isV4() ? GATEWAY_V4 : GATEWAY_V6;
            Cidr everywhere = new Cidr(address.isV4() ? IpAddress.ANY_V4 : IpAddress.ANY_V6, 0);
            pod.addAddress(eth0, address, address.family().bits());
            pod.fib().add(Route.onLink(Cidr.host(gateway), inPod, "eth0", null));
            pod.fib().add(Route.via(everywhere, gateway, inPod, "eth0"));
            node.fib().add(Route.onLink(Cidr.host(address), node.devices().indexOf(veth),
                    vethName, null));
        }
    }

    @Override
    public void detach(NetworkNamespace node, String vethName, List<IpAddress> addresses) {
        Link link = PodWiring.veth(node, vethName).link();
        if (link != null) {
            link.unplug();
        }
        for (IpAddress address : addresses) {
            node.fib().removeIf(route -> route.deviceName().equals(vethName));
            node.neighbours().forget(address);
        }
    }
}
