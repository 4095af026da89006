package dev.podhop.netstack.route;

/** {@code RTN_*}: what becomes of a packet that matches. */
public enum RouteType {
    LOCAL,
    UNICAST,
    BLACKHOLE,
    UNREACHABLE
}
