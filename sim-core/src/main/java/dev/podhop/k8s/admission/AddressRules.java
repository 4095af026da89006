package dev.podhop.k8s.admission;

import dev.podhop.k8s.Addresses;
import dev.podhop.net.Cidr;
import dev.podhop.net.IpAddress;
import java.util.Optional;

/**
 * The API server's words about addresses. How they are written matters since 1.36 ({@code
 * StrictIPCIDRValidation}, KEP-4858), in what is created or changed.
 */
final class AddressRules {

    static final String NO_ADDRESS =
            "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)";
    static final String NO_CIDR =
            "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)";

    private static final long V4_LOCAL_GROUPS = 0xe00000L;
    private static final long V6_LINK_LOCAL_GROUPS = 0xff02L;

    private static final int STRICT_MINOR = 36;

    private final boolean strict;

    AddressRules(int minorVersion) {
        this.strict = minorVersion >= STRICT_MINOR;
    }

    /** What is wrong with an address ({@code IsValidIPForLegacyField}). */
    Optional<String> address(String text) {
        if (Addresses.parse(text).isEmpty()) {
            return Optional.of(NO_ADDRESS);
        }
        if (!strict) {
            return Optional.empty();
        }
        return Addresses.hasLeadingZeros(text) ? Optional.of("must not have leading 0s")
                : Addresses.isMapped(text)
                        ? Optional.of("must not be an IPv4-mapped IPv6 address")
                : Optional.empty();
    }

    /** What is wrong with a range ({@code IsValidCIDRForLegacyField}). */
    Optional<String> range(String text) {
        Optional<Cidr> range = Addresses.parseCidr(text);
        if (range.isEmpty()) {
            return Optional.of(NO_CIDR);
        }
        String address = text.substring(0, text.indexOf('/'));
        String length = text.substring(text.indexOf('/') + 1);
        if (!strict) {
            return Optional.empty();
        }
        if (Addresses.hasLeadingZeros(address) || length.matches("0.+")) {
            return Optional.of("must not have leading 0s in IP or prefix length");
        }
        if (Addresses.isMapped(address)) {
            return Optional.of("must not have an IPv4-mapped IPv6 address");
        }
        return Addresses.parse(address).filter(range.get().base()::equals).isPresent()
                ? Optional.empty()
                : Optional.of("must not have bits set beyond the prefix length");
    }

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
