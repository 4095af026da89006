package dev.podhop.scenario;

import dev.podhop.net.IpAddress;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A host outside the cluster; it has at least one of the two addresses. */
public record ExternalHost(
        @Key(value = "Named `external/NAME` elsewhere.", required = true)
        String name,
        @Key(value = "Its IPv4 address (or IPv6 where it has no other).",
                otherwise = "none")
        @Nullable IpAddress ip,
        @Key(value = "Its IPv6 address.", otherwise = "none")
        @Nullable IpAddress ipv6,
        @Key(value = "A TCP port on which it answers at once.",
                otherwise = "none: it refuses every call", min = 1,
                max = 65535)
        @Nullable Integer port,
        @Key(value = "Where it stands. network: in the cluster's own private network, whose edge"
                + " routes nodes and pods; internet: only public addresses, load balancers, nodes'"
                + " ExternalIPs and what network.announce names mean anything to it.",
                byDefault = "network")
        Reach reach) {

    /** Where a host stands. */
    public enum Reach {
        NETWORK,
        INTERNET;

        @Override
        public String toString() {
            return this == NETWORK ? "network" : "internet";
        }
    }

    /** Its addresses, {@code ip} first. */
    public Stream<IpAddress> addresses() {
        return Stream.of(ip, ipv6).mapMulti((address, next) -> {
            if (address != null) {
                next.accept(address);
            }
        });
    }
}
