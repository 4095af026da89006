package dev.podhop.kubeproxy;

import dev.podhop.net.Cidr;
import dev.podhop.net.IpAddress;
import dev.podhop.net.IpFamily;
import java.util.List;

/**
 * At which of a node's addresses node ports answer ({@code util/nodeport_addresses.go}).
 *
 * @param matchAll at any; then {@code ranges} is the family's whole space
 * @param includesLoopback IPv4 only: whether 127.0.0.1 is meant too
 */
public record NodePortAddresses(boolean matchAll, List<Cidr> ranges, boolean includesLoopback) {

    /** The word that stands for the node's primary address (since 1.31). */
    public static final String PRIMARY = "primary";

    private static final IpAddress ANY_V6 = IpAddress.ofV6(0, 0);
    private static final IpAddress LOOPBACK_START = IpAddress.of("127.0.0.0");

    /**
     * Reads {@code nodePortAddresses} for one family; ranges of the other one are left out. Without
     * any, the modes differ: all addresses, but in nftables the primary one.
     */
    public static NodePortAddresses of(IpFamily family, List<String> configured,
            IpAddress primaryAddress, ProxyMode mode) {
        List<Cidr> ranges = configured.stream()
                .map(text -> text.equals(PRIMARY) ? Cidr.host(primaryAddress) : Cidr.of(text))
                .filter(range -> range.family() == family).toList();
        if (ranges.isEmpty()) {
            ranges = List.of(mode == ProxyMode.NFTABLES ? Cidr.host(primaryAddress)
                    : new Cidr(family == IpFamily.IPv4 ? IpAddress.ANY_V4 : ANY_V6, 0));
        }
        boolean loopback = false;
        for (Cidr range : ranges) {
            loopback |= family == IpFamily.IPv4
                    && (range.base().isLoopback() || range.contains(LOOPBACK_START));
            // a range of length 0 makes the others pointless: kube-proxy reads no further
            if (range.prefixLength() == 0) {
                return new NodePortAddresses(true, List.of(range), loopback);
            }
        }
        return new NodePortAddresses(false, ranges, loopback);
    }

    /** Which of these addresses are meant, each once, by range. */
    public List<IpAddress> among(List<IpAddress> interfaceAddresses) {
        return ranges.stream()
                .flatMap(range -> interfaceAddresses.stream().filter(range::contains)).distinct()
                .toList();
    }
}
