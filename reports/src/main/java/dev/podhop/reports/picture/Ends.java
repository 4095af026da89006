package dev.podhop.reports.picture;

import dev.podhop.net.Hook;
import dev.podhop.reports.picture.Visit.Stop;
import dev.podhop.trace.DropReason;
import dev.podhop.trace.Hop;
import dev.podhop.trace.Step;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** At which netfilter hook of a host a packet's way ended. */
final class Ends {

    private Ends() {}

    /** The hook, or null for a hop that sent its packet on, or ended below the hooks. */
    static @Nullable String of(Hop hop, List<Stop> stops) {
        String last = stops.isEmpty() ? null : stops.getLast().hook();
        return switch (hop.terminal()) {
            case Step.Transmitted sent -> null;
            case Step.Spread spread -> null;
            case Step.Delivered delivered -> Hook.INPUT.name();
            case Step.Rejected rejected -> last == null ? first(hop) : last;
            case Step.Dropped dropped -> dropped(dropped.reason(), hop, last);
        };
    }

    /**
     * Where the kernel gives such a packet up: {@code nf_conntrack_in} runs at the first hook,
     * {@code __nf_conntrack_confirm} at the last; neighbours are asked in
     * {@code ip_finish_output2}, behind POSTROUTING; sockets stand behind INPUT; the rest is given
     * up after the last hook that it met.
     */
    private static @Nullable String dropped(DropReason reason, Hop hop, @Nullable String last) {
        return switch (reason) {
            case NO_SOCKET, TCP_LISTEN_OVERFLOW, SOCKET_RCVBUFF,
                    ICMP_NO_SOCKET -> Hook.INPUT.name();
            case CT_TABLE_FULL -> first(hop);
            case CT_INSERT_FAILED -> Hook.INPUT.name().equals(last) ? last
                    : Hook.POSTROUTING.name();
            case NEIGH_FAILED, NEIGH_QUEUEFULL -> Hook.POSTROUTING.name();
            case OTHERHOST, BRIDGE_NO_HAIRPIN, BRIDGE_NO_PORT -> null;
            case LINK_LOSS, LINK_DOWN -> last;
            case NETFILTER_DROP, IP_RPFILTER, IP_LOCAL_SOURCE, IP_INVALID_SOURCE,
                    IP_INVALID_DEST, IP_INNOROUTES, IP_OUTNOROUTES, IP_INHDR, PKT_TOO_BIG,
                    IP_FORWARD_DISABLED, CT_NO_FREE_PORT, LB_NO_HEALTHY_BACKEND,
                    LB_NO_LISTENER, LB_NOT_ANNOUNCED, LB_SOURCE_RANGES, LB_SESSION_OVER,
                    ICMP_RATELIMITED -> last == null ? first(hop) : last;
        };
    }

    private static String first(Hop hop) {
        return (hop.entry() instanceof Step.Received ? Hook.PREROUTING : Hook.OUTPUT).name();
    }
}
