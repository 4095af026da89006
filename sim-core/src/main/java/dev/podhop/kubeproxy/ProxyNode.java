package dev.podhop.kubeproxy;

import dev.podhop.net.Cidr;
import dev.podhop.net.IpAddress;
import dev.podhop.net.IpFamily;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What kube-proxy knows of the node it runs on.
 *
 * @param zone label {@code topology.kubernetes.io/zone}; null if missing
 * @param addresses the node's own addresses, the first of a family being its primary one
 * @param podCidrs ranges of its pods' addresses, at most one a family
 * @param interfaceAddresses every address on any interface, loopback included; node ports that are
 *     limited to some addresses are looked for among these
 * @param devices names of its network devices
 */
public record ProxyNode(String name, @Nullable String zone, List<IpAddress> addresses,
        List<Cidr> podCidrs, List<IpAddress> interfaceAddresses, Set<String> devices) {

    public ProxyNode {
        addresses = List.copyOf(addresses);
        podCidrs = List.copyOf(podCidrs);
        interfaceAddresses = List.copyOf(interfaceAddresses);
        devices = Set.copyOf(devices);
    }

    /** The primary address of a family; loopback where the node has none ({@code getNodeIPs}). */
    public IpAddress primaryAddress(IpFamily family) {
        return addresses.stream().filter(address -> address.family() == family).findFirst()
                .orElse(family == IpFamily.IPv4 ? IpAddress.LOOPBACK_V4 : IpAddress.LOOPBACK_V6);
    }

    /** The families of its own addresses; IPv4 where it has none. */
    public Set<IpFamily> families() {
        Set<IpFamily> families = EnumSet.noneOf(IpFamily.class);
        addresses.forEach(address -> families.add(address.family()));
        return families.isEmpty() ? EnumSet.of(IpFamily.IPv4) : families;
    }
}
