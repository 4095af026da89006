package dev.podhop.k8s.store;

import dev.podhop.k8s.Node;
import dev.podhop.net.Cidr;
import dev.podhop.net.IpAddress;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Hands out the addresses of the nodes' pod ranges, upwards, an address given back last in line, as
 * the {@code host-local} plugin does. The first address of a range is the gateway, on the bridge.
 */
public final class PodAddresses {

    private static final long FIRST = 2;

    private final ApiStore store;
    private final Map<Cidr, Long> next = new HashMap<>();
    private List<Cidr> shared = List.of();
    private Set<IpAddress> reserved = Set.of();

    PodAddresses(ApiStore store) {
        this.store = store;
    }

    /**
     * Where pods get addresses whose nodes have no podCIDR, as a VPC's plugin gives them.
     *
     * @param taken addresses of the ranges that somebody has who is no object
     */
    public void share(List<Cidr> ranges, Collection<IpAddress> taken) {
        shared = List.copyOf(ranges);
        reserved = Set.copyOf(taken);
    }

    /** The ranges that a node's pods get addresses from, at most one a family. */
    public List<Cidr> rangesOf(Node node) {
        return node.podRanges().isEmpty() ? shared : node.podRanges();
    }

    /** The next free address of a range; nothing if it is used up. */
    public Optional<IpAddress> allocate(Cidr range) {
        int hostBits = Math.min(range.family().bits() - range.prefixLength(), Integer.SIZE);
        // IPv4's last address is for broadcasts.
        long last = (1L << hostBits) - (range.base().isV4() ? 2 : 1);
        long candidate = next.getOrDefault(range, FIRST);
        for (long tried = FIRST; tried <= last; tried++) {
            if (candidate > last) {
                candidate = FIRST;
            }
            IpAddress address = range.address(candidate++);
            if (!reserved.contains(address) && store.isFree(address)) {
                next.put(range, candidate);
                return Optional.of(address);
            }
        }
        return Optional.empty();
    }
}
