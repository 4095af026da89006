package dev.podhop.netstack.ipvs;

import dev.podhop.net.IpAddress;
import dev.podhop.net.L4Protocol;
import dev.podhop.packet.Packet;
import dev.podhop.packet.TcpFlags;
import org.jspecify.annotations.Nullable;

/** One entry of IPVS' own connection table ({@code struct ip_vs_conn}). */
final class Connection {

    private static final long SECOND = 1_000_000_000L;

    /** {@code IP_VS_TCP_S_*}, with {@code tcp_timeouts}; those of ES, FW and UDP can be set. */
    enum State {
        NONE(2), ESTABLISHED(900), SYN_SENT(120), SYN_RECV(60), FIN_WAIT(120), TIME_WAIT(120),
        CLOSE(10), CLOSE_WAIT(60), LAST_ACK(30), LISTEN(120), UDP(300);

        final int seconds;

        State(int seconds) {
            this.seconds = seconds;
        }
    }

    private static final State[][] INPUT = {
        row("SR ES ES SR SR SR SR SR SR SR"), row("CL CW SS TW TW TW CL CW LA LI"),
        row("ES ES SS ES FW TW CL CW CL LI"), row("CL CL CL SR CL CL CL CL LA LI"),
    };
    private static final State[][] OUTPUT = {
        row("SS ES SS SR SS SS SS SS SS LI"), row("TW FW SS TW FW TW CL TW LA LI"),
        row("ES ES SS ES FW TW CL CW LA ES"), row("CL CL SS CL CL TW CL CL CL CL"),
    };

    final ServiceState service;
    final IpAddress client;
    final int clientPort;
    final RealServer server;
    final String key;
    final String replyKey;
    /** What made its server be the one; null without persistence. */
    final @Nullable Template template;
    State state;
    long expiryNanos;

    Connection(ServiceState service, Packet first, RealServer server, String key,
            String replyKey, @Nullable Template template) {
        this.service = service;
        this.client = first.source;
        this.clientPort = first.sourcePort;
        this.server = server;
        this.key = key;
        this.replyKey = replyKey;
        this.template = template;
        this.state = first.protocol == L4Protocol.TCP ? State.NONE : State.UDP;
        server.inactive++;
    }

    private static State[] row(String text) {
        String[] words = text.split(" ");
        State[] states = new State[words.length];
        for (int i = 0; i < words.length; i++) {
            states[i] = switch (words[i]) {
                case "ES" -> State.ESTABLISHED;
                case "SS" -> State.SYN_SENT;
                case "SR" -> State.SYN_RECV;
                case "FW" -> State.FIN_WAIT;
                case "TW" -> State.TIME_WAIT;
                case "CL" -> State.CLOSE;
                case "CW" -> State.CLOSE_WAIT;
                case "LA" -> State.LAST_ACK;
                default -> State.LISTEN;
            };
        }
        return states;
    }

    /** {@code set_tcp_state}: a packet of it passes, and its time begins anew. */
    void passes(Packet p, boolean outward, long nowNanos, Timeouts timeouts) {
        if (state != State.UDP) {
            move(next(p, outward));
        }
        expiryNanos = nowNanos + timeouts.seconds(state) * SECOND;
    }

    private State next(Packet p, boolean outward) {
        int kind = p.has(TcpFlags.RST) ? 3 : p.has(TcpFlags.SYN) ? 0 : p.has(TcpFlags.FIN) ? 1 : 2;
        return (outward ? OUTPUT : INPUT)[kind][state.ordinal()];
    }

    /** {@code tcp_state_active_table}: half-open ones count as active since 4.8. */
    private static boolean isActive(State state) {
        return switch (state) {
            case ESTABLISHED, SYN_SENT, SYN_RECV -> true;
            default -> false;
        };
    }

    private void move(State next) {
        boolean was = isActive(state);
        boolean is = isActive(next);
        if (is && !was) {
            server.active++;
            server.inactive--;
        } else if (was && !is) {
            server.active--;
            server.inactive++;
        }
        state = next;
    }

    /** It is forgotten. */
    void ends(long nanos) {
        if (isActive(state)) {
            server.active--;
        } else {
            server.inactive--;
        }
        server.idleSinceNanos = Math.max(server.idleSinceNanos, nanos);
        if (template != null) {
            template.ended(this, nanos);
        }
    }

    /** {@code is_new_conn_expected}: its ports may be used anew. */
    boolean isOver() {
        return state == State.TIME_WAIT || state == State.CLOSE;
    }

    /**
     * {@code ipvsadm --set}, seconds; 0 leaves the kernel's.
     *
     * @param tcp of an open connection
     * @param tcpFin after a FIN
     */
    record Timeouts(long tcp, long tcpFin, long udp) {

        static final Timeouts KERNEL = new Timeouts(0, 0, 0);

        long seconds(State state) {
            long set = switch (state) {
                case ESTABLISHED -> tcp;
                case FIN_WAIT -> tcpFin;
                case UDP -> udp;
                default -> 0;
            };
            return set == 0 ? state.seconds : set;
        }
    }
}
