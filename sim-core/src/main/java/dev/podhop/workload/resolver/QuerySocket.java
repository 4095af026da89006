package dev.podhop.workload.resolver;

import dev.podhop.dns.DnsAnswer;
import dev.podhop.dns.Question;
import dev.podhop.net.IpAddress;
import dev.podhop.net.L4Protocol;
import dev.podhop.net.Tuple;
import dev.podhop.netstack.NetworkNamespace;
import dev.podhop.netstack.SendResult;
import dev.podhop.netstack.Socket;
import dev.podhop.packet.IcmpKind;
import dev.podhop.packet.Packet;
import dev.podhop.trace.Explanation;
import dev.podhop.workload.Host;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A resolver's UDP socket. glibc connects it, so that it hears of a refusal and of nobody but the
 * server; musl does not.
 */
final class QuerySocket implements Socket {

    private static final int PORT = 53;
    private static final int QUESTION_BYTES = 40;

    private final Asking asking;
    private final Owner owner;
    private final NetworkNamespace ns;
    private final IpAddress local;
    private final int port;
    private final @Nullable Tuple connection;
    private boolean used;

    /** Whoever waits for answers. */
    interface Owner {

        void answered(Question question, DnsAnswer answer, IpAddress from);

        /** Nobody listens there, as far as the network says. */
        void refused();
    }

    private QuerySocket(Asking asking, Owner owner, IpAddress local,
            @Nullable IpAddress server) {
        this.asking = asking;
        this.owner = owner;
        this.ns = asking.client();
        this.local = local;
        this.port = asking.workload().freshPort(ns);
        this.connection = server == null ? null
                : new Tuple(L4Protocol.UDP, local, port, server, PORT);
        if (connection == null) {
            ns.sockets().bind(L4Protocol.UDP, local, port, this);
        } else {
            ns.sockets().connect(connection, this);
        }
    }

    /** A socket connected to a server; null where there is no way to it. */
    static @Nullable QuerySocket connected(Asking asking, Owner owner, IpAddress server) {
        IpAddress local = asking.client().sourceFor(server);
        return local == null ? null : new QuerySocket(asking, owner, local, server);
    }

    /** A socket that hears anybody; null where there is no way to the server. */
    static @Nullable QuerySocket open(Asking asking, Owner owner, IpAddress anyServer) {
        IpAddress local = asking.client().sourceFor(anyServer);
        return local == null ? null : new QuerySocket(asking, owner, local, null);
    }

    /** Whether nothing was sent from it yet: its connection is new to every table on the way. */
    boolean isNew() {
        return !used;
    }

    /**
     * Asks.
     *
     * @param time how often this was asked by now, this time included
     * @param racing whether it is looked up at the same moment as the datagram before it
     * @return false when the host itself would not send it
     */
    boolean ask(Question question, IpAddress server, int time, boolean racing) {
        used = true;
        asking.counted();
        Packet p = Host.datagram(ns, asking.attempt(), L4Protocol.UDP, local, port, server, PORT,
                asking.dialogue().ask(question), QUESTION_BYTES);
        p.racing = racing;
        Explanation why = ns.network().tracer().full() ? why(question, server, time, racing)
                : Explanation.NONE;
        return Host.send(ns, this, p, why) == SendResult.SENT;
    }

    private static Explanation why(Question question, IpAddress server, int time,
            boolean racing) {
        String type = question.type().name();
        if (racing) {
            return ResolverReason.ASKED_IN_RACE.with("type", type, "name", question.name(),
                    "server", server.toString());
        }
        ResolverReason reason = time > 1 ? ResolverReason.ASKED_AGAIN : ResolverReason.ASKED;
        return reason.with("type", type, "name", question.name(), "server", server.toString(),
                "time", String.valueOf(time));
    }

    @Override
    public void receive(Packet p) {
        Dialogue.Turn turn = asking.dialogue().answered(p.segment);
        if (turn != null) {
            owner.answered(turn.question, Objects.requireNonNull(turn.answer), p.source);
        }
    }

    @Override
    public void error(Packet icmp) {
        boolean fatal = icmp.icmp == IcmpKind.PORT_UNREACHABLE
                || icmp.icmp == IcmpKind.ADMIN_PROHIBITED;
        if (connection != null && fatal) {
            owner.refused();
        }
    }

    void close() {
        if (connection == null) {
            ns.sockets().unbind(L4Protocol.UDP, local, port);
        } else {
            ns.sockets().disconnect(connection);
        }
    }

    @Override
    public String label() {
        return asking.label() + " resolver udp " + local.withPort(port);
    }
}
