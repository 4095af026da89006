package dev.podhop.k8s.admission;

import dev.podhop.net.Cidr;
import dev.podhop.net.IpAddress;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** The cluster addresses of one family ({@code ipallocator.Range}). */
final class ServiceIpPool {

    /** The real allocator keeps a bitmap, which must stay small. */
    private static final long V6_MOST = 65_536;
    private static final long BAND_LEAST = 16;
    private static final long BAND_MOST = 256;

    private final Cidr range;
    /** How many addresses there are after the range's own; IPv4's broadcast address is none. */
    private final long size;
    private final Set<IpAddress> used = new HashSet<>();
    private long next;

    ServiceIpPool(Cidr range) {
        this.range = range;
        int hostBits = range.family().bits() - range.prefixLength();
        long all = range.base().isV4() ? 1L << hostBits : 1L << Math.min(hostBits, 16);
        this.size = range.base().isV4() ? Math.max(all - 2, 0) : Math.min(all, V6_MOST) - 1;
        // KEP-3070: the first addresses are left to those who ask for one.
        long band = Math.min(Math.max(BAND_LEAST, all / BAND_LEAST), BAND_MOST);
        this.next = all > BAND_LEAST ? band + 1 : 1;
    }

    /** Takes that address; what is wrong with it, if it cannot be had. */
    Optional<String> allocate(IpAddress address) {
        boolean border = address.equals(range.base())
                || address.isV4() && address.equals(range.address(size + 1));
        if (!range.contains(address) || border) {
            return Optional.of("the provided IP (" + address + ") is not in the valid range. The"
                    + " range of valid IPs is " + range);
        }
        return used.add(address)
                ? Optional.empty()
                : Optional.of("provided IP is already allocated");
    }

    /** Takes the next free address, the asked-for band last; nothing if none is left. */
    Optional<IpAddress> allocateNext() {
        for (long tried = 0; tried < size; tried++) {
            IpAddress address = range.address(next);
            next = next == size ? 1 : next + 1;
            if (used.add(address)) {
                return Optional.of(address);
            }
        }
        return Optional.empty();
    }

    void release(IpAddress address) {
        used.remove(address);
    }
}
