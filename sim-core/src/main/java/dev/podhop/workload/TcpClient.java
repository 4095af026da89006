package dev.podhop.workload;

import dev.podhop.net.Endpoint;
import dev.podhop.netstack.NetworkNamespace;
import dev.podhop.netstack.SendResult;
import dev.podhop.packet.Packet;
import dev.podhop.packet.TcpFlags;
import dev.podhop.trace.Outcome;

/**
 * A client that opens a connection, asks once, reads the answer and closes.
 *
 * <pre>
 *   SYN -> (again: the ladder) .. SYN-ACK -> ACK [-> request] .. answer -> ACK, FIN .. FIN -> ACK
 * </pre>
 */
final class TcpClient extends ClientSocket {

    private static final int HEADERS = 40;

    private enum State {
        SYN_SENT,
        ESTABLISHED,
        FIN_SENT,
        CLOSED
    }

    private final RetransmitLadder synLadder;
    private final RetransmitLadder dataLadder = RetransmitLadder.data();
    private State state = State.SYN_SENT;
    private int sent;
    private int segmentSize;
    private boolean peerClosed;
    private boolean finAcknowledged;

    TcpClient(Workload workload, NetworkNamespace ns, AttemptSpec spec, int attempt,
            Endpoint local, long startNanos) {
        super(workload, ns, spec, attempt, local, startNanos);
        this.synLadder = RetransmitLadder.syn(ns.sysctls());
        this.segmentSize = ns.devices().getLast().mtu() - HEADERS;
    }

    @Override
    void open() {
        ns.sockets().connect(outgoing(), this);
        sendSyn();
    }

    private void sendSyn() {
        sent++;
        retransmitAfter(synLadder.waitNanos(sent));
        if (send(TcpFlags.SYN, Segment.NONE, 0) == SendResult.NO_ROUTE) {
            close(Outcome.Unreachable);
        }
    }

    @Override
    public void expired(int timer) {
        if (timer == TIMEOUT) {
            close(Outcome.TimedOut);
        } else if (state == State.SYN_SENT) {
            if (synLadder.exhausted(sent)) {
                close(Outcome.TimedOut);
            } else {
                sendSyn();
            }
        } else if (dataLadder.exhausted(sent)) {
            close(Outcome.TimedOut);
        } else {
            sendRequest();
        }
    }

    @Override
    public void receive(Packet p) {
        if (p.has(TcpFlags.RST)) {
            reset(p);
        } else if (state == State.SYN_SENT) {
            if (p.tcpFlags == TcpFlags.SYN_ACK) {
                established();
            }
        } else {
            receiveEstablished(p);
        }
    }

    private void established() {
        state = State.ESTABLISHED;
        stopRetransmitting();
        sent = 0;
        send(TcpFlags.ACK, Segment.NONE, 0);
        if (spec.requestSize() > 0) {
            sendRequest();
        }
    }

    /** The request, in as many segments as the path takes; all of them again when one is lost. */
    private void sendRequest() {
        sent++;
        retransmitAfter(dataLadder.waitNanos(sent));
        int rest = spec.requestSize();
        while (rest > 0 && state == State.ESTABLISHED) {
            int size = Math.min(rest, segmentSize);
            rest -= size;
            send(TcpFlags.PSH_ACK, rest > 0 ? Segment.REQUEST_PART : Segment.REQUEST, size);
        }
    }

    private void receiveEstablished(Packet p) {
        if (p.tcpFlags == TcpFlags.SYN_ACK) {
            send(TcpFlags.ACK, Segment.NONE, 0); // our ACK was lost
            return;
        }
        if (Segment.isAnswer(p.segment)) {
            stopRetransmitting();
            send(TcpFlags.ACK, Segment.NONE, 0);
            if (!done()) {
                finish(Outcome.Answered, workload.served.get(p.segment));
                state = State.FIN_SENT;
                send(TcpFlags.FIN_ACK, Segment.NONE, 0);
            }
        }
        if (p.has(TcpFlags.FIN)) {
            peerClosed = true;
            send(TcpFlags.ACK, Segment.NONE, 0);
        } else if (state == State.FIN_SENT && p.tcpFlags == TcpFlags.ACK
                && p.segment == Segment.FIN_ACKNOWLEDGED) {
            finAcknowledged = true;
        }
        if (peerClosed && finAcknowledged) {
            state = State.CLOSED;
            ns.sockets().disconnect(outgoing());
        }
    }

    /** {@code tcp_reset}: while connecting it is a refusal, if it acknowledges the SYN. */
    private void reset(Packet p) {
        if (state == State.SYN_SENT) {
            if (p.has(TcpFlags.ACK)) {
                close(Outcome.Refused);
            }
        } else {
            close(Outcome.Reset);
        }
    }

    /** {@code tcp_v4_err}: fatal while connecting; later the segment is only tried again. */
    @Override
    public void error(Packet icmp) {
        if (isTooBig(icmp)) {
            segmentSize = Math.max(1, Math.min(segmentSize, icmp.mtu - HEADERS));
            if (state == State.ESTABLISHED && !done()) {
                sendRequest();
            }
            return;
        }
        Outcome outcome = outcomeOf(icmp);
        if (state == State.SYN_SENT && outcome != null) {
            close(outcome);
        }
    }

    private SendResult send(int flags, int segment, int payload) {
        return Host.tcp(ns, this, attempt, local.address(), local.port(),
                spec.remote().address(), spec.remote().port(), flags, segment, payload);
    }

    private void close(Outcome outcome) {
        boolean wasOpen = state == State.ESTABLISHED;
        state = State.CLOSED;
        ns.sockets().disconnect(outgoing());
        finish(outcome, null);
        if (wasOpen && outcome == Outcome.TimedOut) {
            // The application closes a connection that it gave up on.
            send(TcpFlags.RST_ACK, Segment.NONE, 0);
        }
    }
}
