package dev.podhop.scenario;

import dev.podhop.net.Cidr;
import dev.podhop.net.IpAddress;
import java.util.Optional;

/** An address with the length of its subnet's prefix, as {@code ip addr add} takes it. */
public record PrefixedAddress(IpAddress address, int prefixLength) {

    /** Reads {@code 10.0.0.1/24}; empty when it is none. */
    public static Optional<PrefixedAddress> parse(String text) {
        int slash = Math.max(text.indexOf('/'), 0);
        return Cidr.parse(text).flatMap(subnet -> IpAddress.parse(text.substring(0, slash))
                .map(address -> new PrefixedAddress(address, subnet.prefixLength())));
    }

    @Override
    public String toString() {
        return address + "/" + prefixLength;
    }
}
