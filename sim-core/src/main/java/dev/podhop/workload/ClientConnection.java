package dev.podhop.workload;

import dev.podhop.engine.Simulation;
import dev.podhop.net.IpAddress;
import dev.podhop.net.L4Protocol;
import dev.podhop.net.SocketAddress;
import dev.podhop.net.Tuple;
import dev.podhop.netstack.NetworkNamespace;
import dev.podhop.netstack.SendResult;
import dev.podhop.netstack.Socket;
import dev.podhop.packet.Packet;
import dev.podhop.packet.TcpFlags;
import dev.podhop.trace.Outcome;
import dev.podhop.workload.Lookup.Found;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A client's end of a TCP connection. One of its own opens, asks once, reads the answer and closes;
 * one of a pool stays open and carries one request after another, or several at a time.
 *
 * <pre>
 *   SYN -> (again: the ladder) .. SYN-ACK -> ACK [-> request] .. answer -> ACK, FIN .. FIN -> ACK
 * </pre>
 */
final class ClientConnection implements Socket, Timers.Owner, Carrier {

    private static final int RETRANSMIT = 0;
    private static final int CONNECT = 1;

    private enum State {
        RESOLVING,
        SYN_SENT,
        ESTABLISHED,
        /** This end closed first. */
        FIN_SENT,
        /** The server closed first. */
        LAST_ACK,
        CLOSED
    }

    private final Traffic workload;
    private final NetworkNamespace ns;
    private final AttemptSpec spec;
    private final @Nullable ConnectionPool pool;
    private final int slot;
    private final RetransmitLadder synLadder;
    private final Outgoing outgoing;
    private final boolean probe;
    /** Whose packets those are that belong to no request: the attempt that asked last. */
    private int attempt;
    private State state = State.RESOLVING;
    private SocketAddress local;
    private SocketAddress remote;
    private int synsSent;
    /** {@code sk_err_soft}: how the attempt ends if the kernel gives up. */
    private Outcome givenUp = Outcome.TimedOut;
    private boolean peerClosed;
    private int finsSent;
    private boolean finAcknowledged;
    /** Whether the other side's FIN has been waited for since then. */
    private boolean lingered;
    private long openedNanos;
    private long retransmitTimer = Simulation.NO_EVENT;
    private long connectTimer = Simulation.NO_EVENT;
    private Lookup.@Nullable Pending pending;
    /** Attempts that wait for their answers, in the order in which they asked. */
    private final List<Attempt> waiting = new ArrayList<>(1);

    /**
     * @param opener the attempt that needs it
     * @param pool whom to tell when there is room on it or when it is lost; null for none
     */
    ClientConnection(Attempt opener, @Nullable ConnectionPool pool) {
        this.workload = opener.workload;
        this.ns = opener.ns;
        this.spec = opener.spec;
        this.attempt = opener.index;
        this.probe = opener.probe();
        this.pool = pool;
        this.slot = workload.timers.enter(this);
        this.synLadder = RetransmitLadder.syn(ns.sysctls());
        this.outgoing = new Outgoing(this, ns);
        this.local = new SocketAddress(IpAddress.ANY_V4, 0);
        this.remote = local;
    }

    // ------------------------------------------------------------------ its users

    /** Looks the address up and connects. */
    void open() {
        Lookup lookup = spec.lookup();
        if (lookup == null) {
            connect(spec.remote());
            return;
        }
        Lookup.Pending asked = lookup.ask(ns, attempt, this::found);
        if (state == State.RESOLVING) {
            pending = asked;
        }
    }

    /** An attempt's request goes by this connection, as soon as it is open. */
    void carry(Attempt asking) {
        asking.carriedBy(this);
        waiting.add(asking);
        if (state == State.ESTABLISHED) {
            ask(asking);
        }
    }

    /** Whether a request may be given to it. */
    boolean usable() {
        return state.compareTo(State.ESTABLISHED) <= 0;
    }

    /** Whether nobody waits for an answer on it. */
    boolean idle() {
        return waiting.isEmpty();
    }

    /** When its first packet was sent. */
    long openedNanos() {
        return openedNanos;
    }

    /** Closes it; nobody waits for anything. */
    void closeIdle() {
        if (state == State.ESTABLISHED) {
            shut(State.FIN_SENT);
        } else if (state.compareTo(State.ESTABLISHED) < 0) {
            end();
        }
    }

    /**
     * An application that lost patience closes its connection, except where others share it: there
     * only the stream is cancelled (RFC 9113, 5.4.2), and the connection may be dead for long.
     */
    @Override
    public void giveUp(Attempt attempt) {
        waiting.remove(attempt);
        if (pool != null && pool.shares()) {
            return;
        }
        boolean wasOpen = state == State.ESTABLISHED;
        lost(Outcome.TimedOut);
        if (wasOpen) {
            send(TcpFlags.RST_ACK, Segment.NONE, 0, this.attempt);
        }
    }

    // ------------------------------------------------------------------ connecting

    /** Of several addresses the first is called. */
    private void found(Found found) {
        pending = null;
        if (found.failure() == null) {
            connect(new SocketAddress(found.addresses().getFirst(), spec.remote().port()));
            return;
        }
        for (int i = 0; i < waiting.size(); i++) {
            waiting.get(i).because(found.why());
        }
        lost(found.failure());
    }

    private void connect(SocketAddress to) {
        remote = to;
        IpAddress source = ns.sourceFor(to.address());
        int port = workload.localPort(ns, to, spec.sourcePort(), probe);
        if (source == null || port == LocalPorts.NONE) {
            IpAddress none = to.address().isV4() ? IpAddress.ANY_V4 : IpAddress.ANY_V6;
            between(new SocketAddress(source == null ? none : source, Math.max(0, port)));
            workload.releasePort(ns, port, false);
            lost(Outcome.Unreachable);
            return;
        }
        between(new SocketAddress(source, port));
        state = State.SYN_SENT;
        openedNanos = workload.timers.nowNanos();
        ns.sockets().connect(outgoing(), this);
        long patience = spec.patience().connectTimeoutNanos();
        if (patience != Patience.UNTIL_KERNEL) {
            connectTimer = workload.timers.after(patience, slot, CONNECT);
        }
        sendSyn();
    }

    private void between(SocketAddress own) {
        local = own;
        for (int i = 0; i < waiting.size(); i++) {
            waiting.get(i).between(local, remote);
        }
    }

    private void sendSyn() {
        synsSent++;
        retransmitAfter(synLadder.waitNanos(synsSent));
        if (send(TcpFlags.SYN, Segment.NONE, 0, attempt) == SendResult.NO_ROUTE) {
            lost(Outcome.Unreachable);
        }
    }

    private void established() {
        state = State.ESTABLISHED;
        stopRetransmitting();
        workload.timers.cancel(connectTimer);
        send(TcpFlags.ACK, Segment.NONE, 0, attempt);
        for (int i = 0; i < waiting.size() && state == State.ESTABLISHED; i++) {
            ask(waiting.get(i));
        }
        if (pool != null && waiting.isEmpty() && state == State.ESTABLISHED) {
            pool.free(this);
        }
    }

    private void ask(Attempt asking) {
        attempt = asking.index;
        asking.between(local, remote);
        if (asking.spec.requestSize() > 0) {
            outgoing.add(asking.index, asking.spec.requestSize());
        } else if (asking.probe()) {
            waiting.remove(asking);
            asking.letIn();
            shut(State.FIN_SENT);
        }
    }

    // ------------------------------------------------------------------ packets and timers

    @Override
    public void receive(Packet p) {
        if (p.has(TcpFlags.RST)) {
            // tcp_reset: while connecting it is a refusal, if it acknowledges the SYN.
            if (state != State.SYN_SENT) {
                lost(Outcome.Reset);
            } else if (p.has(TcpFlags.ACK)) {
                lost(Outcome.Refused);
            }
        } else if (state == State.SYN_SENT) {
            if (p.tcpFlags == TcpFlags.SYN_ACK) {
                established();
            }
        } else if (p.tcpFlags == TcpFlags.SYN_ACK) {
            send(TcpFlags.ACK, Segment.NONE, 0, attempt); // our ACK was lost
        } else {
            receiveEstablished(p);
        }
    }

    private void receiveEstablished(Packet p) {
        if (Segment.isAnswer(p.segment)) {
            outgoing.acknowledged(p.attempt);
            send(TcpFlags.ACK, Segment.ANSWER_ACKNOWLEDGED, 0, p.attempt);
            answered(p);
        } else if (p.tcpFlags == TcpFlags.ACK) {
            if (p.segment == Segment.FIN_ACKNOWLEDGED) {
                finAcknowledged = true;
            } else {
                outgoing.acknowledged(p.attempt);
            }
        }
        if (p.has(TcpFlags.FIN)) {
            peerClosed = true;
            send(TcpFlags.ACK, Segment.FIN_ACKNOWLEDGED, 0, attempt);
            if (state == State.ESTABLISHED) {
                shut(State.LAST_ACK);
                failWaiting(Outcome.Reset); // end of file where an answer should be
            }
        }
        if (peerClosed && finAcknowledged && state != State.CLOSED) {
            end();
        }
    }

    private void answered(Packet p) {
        Attempt asked = null;
        for (int i = 0; i < waiting.size() && asked == null; i++) {
            asked = waiting.get(i).index == p.attempt ? waiting.get(i) : null;
        }
        if (asked == null) {
            return; // an answer again, or to somebody who has given up
        }
        waiting.remove(asked);
        asked.answered(workload.served.get(p.segment));
        if (state != State.ESTABLISHED) {
            return; // whoever heard the answer closed it
        }
        if (pool == null) {
            shut(State.FIN_SENT);
        } else {
            pool.free(this);
        }
    }

    @Override
    public void expired(int timer) {
        if (timer == CONNECT) {
            lost(Outcome.TimedOut);
        } else if (state == State.ESTABLISHED) {
            if (!outgoing.again()) {
                lost(Outcome.TimedOut);
            }
        } else if (finsSent > 0) {
            closing();
        } else if (synLadder.exhausted(synsSent)) {
            lost(givenUp);
        } else {
            sendSyn();
        }
    }

    /**
     * {@code tcp_v4_err}, {@code tcp_v6_err}: fatal while connecting; later the segment is only
     * tried again.
     *
     * <p>What the client's own machine says comes back while {@code connect} still holds the
     * socket, and is kept as a soft error. IPv4 puts it on the error queue too, which wakes a
     * client that polls; IPv6 does so only for {@code IPV6_RECVERR}, so that it takes the next SYN,
     * a second later, to hear it. (A blocking connect waits for that with IPv4 as well; clients
     * here have timeouts, and poll.)
     */
    @Override
    public void error(Packet icmp) {
        if (Attempt.isTooBig(icmp)) {
            outgoing.cutTo(icmp.mtu);
            return;
        }
        Outcome outcome = Attempt.outcomeOf(icmp);
        if (state == State.SYN_SENT && outcome != null) {
            if (synsSent == 1 && !remote.address().isV4() && isOfThisMachine(icmp.toldBy)) {
                givenUp = outcome;
            } else {
                lost(outcome);
            }
        }
    }

    /** A node and its pods share a kernel; what goes between them takes no time to wait for. */
    private boolean isOfThisMachine(int namespace) {
        String machine = ns.place().node();
        return ns.index() == namespace || !machine.isEmpty()
                && ns.network().namespaces().get(namespace).place().node().equals(machine);
    }

    void retransmitAfter(long nanos) {
        workload.timers.cancel(retransmitTimer);
        retransmitTimer = workload.timers.after(nanos, slot, RETRANSMIT);
    }

    void stopRetransmitting() {
        workload.timers.cancel(retransmitTimer);
        retransmitTimer = Simulation.NO_EVENT;
    }

    /** Whether data may still be sent. */
    boolean isOpen() {
        return state == State.ESTABLISHED;
    }

    SendResult send(int flags, int segment, int payload, int ofAttempt) {
        return Host.tcp(ns, this, ofAttempt, local.address(), local.port(), remote.address(),
                remote.port(), flags, segment, payload);
    }

    // ------------------------------------------------------------------ the end

    private void shut(State closing) {
        state = closing;
        // Its end may be lost: the port must not hang on it.
        workload.releasePort(ns, local.port(), closing == State.FIN_SENT);
        sendFin();
        if (pool != null) {
            pool.lost(this);
        }
    }

    private void sendFin() {
        finsSent++;
        retransmitAfter(RetransmitLadder.FIN.waitNanos(finsSent));
        send(TcpFlags.FIN_ACK, Segment.NONE, 0, attempt);
    }

    /** FIN_WAIT1 and LAST_ACK send again, FIN_WAIT2 waits; neither for ever. */
    private void closing() {
        if (finAcknowledged && !lingered) {
            lingered = true;
            retransmitAfter(RetransmitLadder.FIN_TIMEOUT_NANOS);
        } else if (finAcknowledged || RetransmitLadder.FIN.exhausted(finsSent)) {
            end();
        } else {
            sendFin();
        }
    }

    @Override
    public void hostGone(NetworkNamespace host) {
        if (host == ns && finsSent > 0) {
            end();
        }
    }

    /** The connection is no more, and whoever waits for an answer on it learns why. */
    private void lost(Outcome outcome) {
        if (state == State.CLOSED) {
            return;
        }
        end();
        failWaiting(outcome);
        if (pool != null) {
            pool.lost(this);
        }
    }

    private void failWaiting(Outcome outcome) {
        List<Attempt> failed = List.copyOf(waiting);
        waiting.clear();
        failed.forEach(each -> each.failed(outcome));
    }

    private void end() {
        boolean connected = state != State.RESOLVING;
        state = State.CLOSED;
        if (pending != null) {
            pending.abandon();
            pending = null;
        }
        stopRetransmitting();
        workload.timers.cancel(connectTimer);
        workload.timers.leave(slot);
        if (connected) {
            ns.sockets().disconnect(outgoing());
            workload.releasePort(ns, local.port(), false);
        }
    }

    private Tuple outgoing() {
        return new Tuple(L4Protocol.TCP, local.address(), local.port(), remote.address(),
                remote.port());
    }

    @Override
    public String label() {
        return spec.client() + " tcp " + local;
    }
}
