package dev.podhop.netstack.conntrack;

import dev.podhop.net.IpAddress;
import dev.podhop.net.L4Protocol;
import dev.podhop.net.Tuple;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * An entry as it was at one moment.
 *
 * @param original as the first packet came, before translation
 * @param reply as an answer comes, before translation
 * @param state of the TCP or SCTP tracker; empty for other protocols
 * @param timeoutSeconds left to live, rounded down
 * @param status bits of {@link CtStatus}
 * @param mark connection mark
 * @param via pinned next hop; null for none
 */
public record ConntrackEntry(Tuple original, Tuple reply, String state, long timeoutSeconds,
        int status, int mark, @Nullable IpAddress via) {

    /** By protocol, then original tuple: the same on every machine. */
    public static final Comparator<ConntrackEntry> ORDER = Comparator
            .<ConntrackEntry, L4Protocol>comparing(entry -> entry.original.protocol())
            .thenComparing(entry -> entry.original.source())
            .thenComparingInt(entry -> entry.original.sourcePort())
            .thenComparing(entry -> entry.original.destination())
            .thenComparingInt(entry -> entry.original.destinationPort());

    public L4Protocol protocol() {
        return original.protocol();
    }

    public boolean seenReply() {
        return (status & CtStatus.SEEN_REPLY) != 0;
    }

    public boolean assured() {
        return (status & CtStatus.ASSURED) != 0;
    }

    /** Whether the connection's destination was changed: {@code --ctstate DNAT}. */
    public boolean destinationNat() {
        return (status & CtStatus.DST_NAT) != 0;
    }

    /** Whether the connection's source was changed: {@code --ctstate SNAT}. */
    public boolean sourceNat() {
        return (status & CtStatus.SRC_NAT) != 0;
    }

    /** A line of {@code conntrack -L} (libnetfilter_conntrack's default format). */
    @Override
    public String toString() {
        StringBuilder line = new StringBuilder(160);
        String name = protocol().lowerCase();
        line.append(name).repeat(' ', Math.max(0, 8 - name.length())).append(' ');
        line.append(protocol().number()).append(' ').append(timeoutSeconds).append(' ');
        if (!state.isEmpty()) {
            line.append(state).append(' ');
        }
        tuple(line, original, true);
        line.append(seenReply() ? "" : "[UNREPLIED] ");
        tuple(line, reply, false);
        line.append(assured() ? "[ASSURED] " : "");
        return line.append("mark=").append(mark).append(" use=1").toString();
    }

    private static void tuple(StringBuilder line, Tuple tuple, boolean request) {
        line.append("src=").append(tuple.source()).append(" dst=").append(tuple.destination());
        switch (tuple.protocol()) {
            case ICMP -> line.append(" type=").append(request ? 8 : 0).append(" code=0 id=")
                    .append(tuple.sourcePort());
            case ICMPV6 -> line.append(" type=").append(request ? 128 : 129).append(" code=0 id=")
                    .append(tuple.sourcePort());
            default -> line.append(" sport=").append(tuple.sourcePort()).append(" dport=")
                    .append(tuple.destinationPort());
        }
        line.append(' ');
    }
}
