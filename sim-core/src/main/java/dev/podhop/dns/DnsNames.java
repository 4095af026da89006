package dev.podhop.dns;

import dev.podhop.net.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Names of the domain name system as text. */
public final class DnsNames {

    private static final int BYTES_V4 = 4;
    private static final int NIBBLES_V6 = 32;
    private static final int NIBBLE = 0xf;

    private DnsNames() {}

    /** Lower case, without the trailing dot: how all names here are kept and compared. */
    public static String canonical(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }

    /** With the trailing dot, as zone files write it. */
    static String absolute(String name) {
        return name.endsWith(".") ? name : name + ".";
    }

    /** Whether the name is the zone's, or lies in it. */
    static boolean isIn(String name, String zone) {
        return name.equals(zone) || name.endsWith("." + zone);
    }

    /** Dots in a name as a user wrote it. */
    public static int dots(String name) {
        return (int) name.chars().filter(c -> c == '.').count();
    }

    /** The name under which an address's PTR record stands (RFC 1035 3.5, RFC 3596 2.5). */
    public static String reverse(IpAddress address) {
        List<String> labels = new ArrayList<>();
        if (address.isV4()) {
            for (int i = 0; i < BYTES_V4; i++) {
                labels.add(String.valueOf(address.low() >>> 8 * i & 0xff));
            }
            return String.join(".", labels) + ".in-addr.arpa";
        }
        for (int i = 0; i < NIBBLES_V6; i++) {
            long half = i < NIBBLES_V6 / 2 ? address.low() : address.high();
            labels.add(Long.toHexString(half >>> 4 * (i % (NIBBLES_V6 / 2)) & NIBBLE));
        }
        return String.join(".", labels) + ".ip6.arpa";
    }

    /** {@code 10-244-1-5}: how an endpoint without a hostname is called. */
    static String dashed(IpAddress address) {
        return address.toString().replace('.', '-').replace(':', '-');
    }
}
