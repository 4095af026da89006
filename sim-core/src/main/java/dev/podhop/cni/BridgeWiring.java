package dev.podhop.cni;

import dev.podhop.net.Cidr;
import dev.podhop.net.IpAddress;
import dev.podhop.netstack.NetworkNamespace;
import dev.podhop.netstack.device.Bridge;
import dev.podhop.netstack.device.Device;
import dev.podhop.netstack.device.Link;
import dev.podhop.netstack.route.Route;
import java.util.List;
import java.util.Objects;

/**
 * Pods on a bridge that holds their gateway address, the first of the node's podCIDR.
 *
 * @param hairpin kubelet's {@code hairpin-veth}: every port may send back what came by it
 * @param promiscuous kubelet's {@code promiscuous-bridge}
 */
public record BridgeWiring(boolean hairpin, boolean promiscuous) implements PodWiring {

    private static final String BRIDGE = "cni0";

    @Override
    public void prepare(NetworkNamespace node, List<Cidr> podRanges) {
        Device bridge = node.addDevice(BRIDGE, Device.Kind.BRIDGE);
        forwarding(bridge).promiscuous(promiscuous);
        for (Cidr range : podRanges) {
            node.addAddress(bridge, gateway(range), range.prefixLength());
        }
    }

    @Override
    public void attach(NetworkNamespace node, NetworkNamespace pod, String vethName,
            List<IpAddress> addresses, List<Cidr> podRanges, Link.Impairment wire) {
        Device eth0 = pod.addDevice("eth0", Device.Kind.ETHERNET);
        Device veth = node.addDevice(vethName, Device.Kind.ETHERNET);
        new Link(eth0, veth, wire);
        veth.enslave(Objects.requireNonNull(node.device(BRIDGE)));
        veth.hairpin(hairpin);
        for (IpAddress address : addresses) {
            Cidr range = rangeOf(podRanges, address);
            pod.addAddress(eth0, address, range.prefixLength());
            Cidr everywhere = new Cidr(address.isV4() ? IpAddress.ANY_V4 : IpAddress.ANY_V6, 0);
            pod.fib().add(Route.via(everywhere, gateway(range),
                    pod.devices().indexOf(eth0), "eth0"));
        }
    }

    @Override
    public void detach(NetworkNamespace node, String vethName, List<IpAddress> addresses) {
        Device veth = PodWiring.veth(node, vethName);
        Link link = veth.link();
        if (link != null) {
            link.unplug();
        }
        forwarding(Objects.requireNonNull(node.device(BRIDGE))).removePort(veth);
        addresses.forEach(node.neighbours()::forget);
    }

    /** Whether pods of these addresses can live here: each needs a podCIDR of its family. */
    public static boolean fits(List<Cidr> podRanges, List<IpAddress> addresses) {
        return addresses.stream()
                .allMatch(a -> podRanges.stream().anyMatch(range -> range.contains(a)));
    }

    private static Cidr rangeOf(List<Cidr> podRanges, IpAddress address) {
        return podRanges.stream().filter(range -> range.contains(address)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        address + " lies in none of the node's podCIDRs " + podRanges));
    }

    private static IpAddress gateway(Cidr range) {
        return range.address(1);
    }

    private static Bridge forwarding(Device device) {
        return Objects.requireNonNull(device.bridge());
    }
}
