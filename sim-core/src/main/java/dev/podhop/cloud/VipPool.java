package dev.podhop.cloud;

import dev.podhop.net.Cidr;
import dev.podhop.net.IpAddress;
import java.util.HashSet;
import java.util.Set;

/**
 * The addresses that the simulated cloud gives away: of ranges that documentation may use (RFC
 * 5737). One that was given up does not come back, as in a cloud with many customers.
 */
final class VipPool {

    private static final Cidr PUBLIC = Cidr.of("198.51.100.0/24");
    private static final Cidr INTERNAL = Cidr.of("192.0.2.0/24");
    private static final int FIRST = 10;

    private final Set<IpAddress> taken = new HashSet<>();

    /** Whether an address is one of those that internal load balancers are given. */
    static boolean isInternal(IpAddress address) {
        return INTERNAL.contains(address);
    }

    /** Somebody uses the address. */
    void take(IpAddress address) {
        taken.add(address);
    }

    /** The next free one. */
    IpAddress next(Access.Kind kind) {
        Cidr range = kind == Access.Kind.INTERNAL ? INTERNAL : PUBLIC;
        int i = FIRST;
        while (!taken.add(range.address(i))) {
            i++;
        }
        return range.address(i);
    }
}
