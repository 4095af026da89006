package dev.podhop.k8s;

import dev.podhop.net.Cidr;
import dev.podhop.net.IpAddress;
import dev.podhop.net.IpFamily;
import java.util.Optional;

/**
 * Reads addresses as the API server does ({@code netutils.ParseIPSloppy}): leading zeros in an IPv4
 * octet are decimal, and an IPv4 address written as IPv6 is an IPv4 address.
 */
public final class Addresses {

    private static final long MAPPED_V4 = 0xffffL;

    private Addresses() {}

    /** The address, or nothing if the text is none. */
    public static Optional<IpAddress> parse(String text) {
        Optional<IpAddress> address = IpAddress.parse(text);
        if (address.isEmpty() && text.indexOf(':') < 0) {
            return IpAddress.parse(withoutLeadingZeros(text));
        }
        return address.map(Addresses::unmap);
    }

    /** An address that is known to be one. */
    public static IpAddress of(String text) {
        return parse(text).orElseThrow(() -> new IllegalArgumentException("no address: " + text));
    }

    /** The range, or nothing if the text is none; bits beyond the prefix are ignored. */
    public static Optional<Cidr> parseCidr(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return Optional.empty();
        }
        String address = text.substring(0, slash);
        String base = address.indexOf(':') < 0 ? withoutLeadingZeros(address) : address;
        return Cidr.parse(base + "/" + withoutLeadingZeros(text.substring(slash + 1)));
    }

    /** Whether a text that is an address has leading zeros, which most parsers refuse. */
    public static boolean hasLeadingZeros(String text) {
        return IpAddress.parse(text).isEmpty();
    }

    /** Whether a text is an IPv4 address that is written as an IPv6 address. */
    public static boolean isMapped(String text) {
        return text.indexOf(':') >= 0 && parse(text).map(IpAddress::isV4).orElse(false);
    }

    private static IpAddress unmap(IpAddress address) {
        boolean mapped = address.family() == IpFamily.IPv6 && address.high() == 0
                && address.low() >>> 32 == MAPPED_V4;
        return mapped ? IpAddress.ofV4((int) address.low()) : address;
    }

    private static String withoutLeadingZeros(String text) {
        return text.replaceAll("(^|\\.)0+(?=\\d)", "$1");
    }
}
