package dev.podhop.k8s.admission;

import dev.podhop.net.IpAddress;
import java.util.Optional;

/** The API server's words about addresses. */
final class AddressRules {

    static final String NO_ADDRESS =
            "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)";
    static final String NO_CIDR =
            "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)";

    private static final long V4_LOCAL_GROUPS = 0xe00000L;
    private static final long V6_LINK_LOCAL_GROUPS = 0xff02L;

    private AddressRules() {}

    /** Why an address cannot stand for a Service or an endpoint ({@code ValidateNonSpecialIP}). */
    static Optional<String> special(IpAddress address, String text) {
        if (address.isUnspecified()) {
            return Optional.of("may not be unspecified (" + text + ")");
        }
        if (address.isLoopback()) {
            return Optional.of("may not be in the loopback range (127.0.0.0/8, ::1/128)");
        }
        if (address.isLinkLocal()) {
            return Optional.of("may not be in the link-local range (169.254.0.0/16, fe80::/10)");
        }
        boolean linkLocalMulticast = address.isV4()
                ? address.low() >>> 8 == V4_LOCAL_GROUPS
                : (address.high() >>> 48 & 0xff0fL) == V6_LINK_LOCAL_GROUPS;
        return linkLocalMulticast
                ? Optional.of(
                        "may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)")
                : Optional.empty();
    }
}
