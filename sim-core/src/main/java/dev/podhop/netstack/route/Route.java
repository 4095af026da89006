package dev.podhop.netstack.route;

import dev.podhop.net.Cidr;
import dev.podhop.net.IpAddress;
import org.jspecify.annotations.Nullable;

/**
 * A route.
 *
 * @param device index of the outgoing device in its namespace
 * @param deviceName its name, for texts
 * @param gateway next hop; null when the destination is on-link
 * @param preferredSource {@code src}; null for none
 */
public record Route(Cidr destination, RouteType type, int device, String deviceName,
        @Nullable IpAddress gateway, @Nullable IpAddress preferredSource) {

    /** A destination on the device's own link. */
    public static Route onLink(Cidr destination, int device, String name,
            @Nullable IpAddress preferredSource) {
        return new Route(destination, RouteType.UNICAST, device, name, null, preferredSource);
    }

    /** A destination behind a gateway. */
    public static Route via(Cidr destination, IpAddress gateway, int device, String name) {
        return new Route(destination, RouteType.UNICAST, device, name, gateway, null);
    }

    /** An address, or a prefix, of this host. */
    public static Route local(Cidr destination, int device, String name) {
        return new Route(destination, RouteType.LOCAL, device, name, null, null);
    }

    /** The next hop's address for a packet to {@code address}. */
    public IpAddress nextHop(IpAddress address) {
        return gateway == null ? address : gateway;
    }

    /** As {@code ip route} prints it. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        switch (type) {
            case LOCAL -> text.append("local ");
            case BLACKHOLE -> text.append("blackhole ");
            case UNREACHABLE -> text.append("unreachable ");
            case UNICAST -> {
                // ip route leaves the usual type out.
            }
        }
        boolean host = destination.prefixLength() == destination.family().bits();
        text.append(destination.prefixLength() == 0 ? "default"
                : host ? destination.base().toString()
                : destination.toString());
        if (gateway != null) {
            text.append(" via ").append(gateway);
        }
        if (type == RouteType.UNICAST || type == RouteType.LOCAL) {
            text.append(" dev ").append(deviceName);
        }
        if (gateway == null && type == RouteType.UNICAST) {
            text.append(" scope link");
        }
        if (preferredSource != null) {
            text.append(" src ").append(preferredSource);
        }
        return text.toString();
    }
}
