package dev.podhop.workload;

import dev.podhop.engine.Simulation;
import dev.podhop.net.IpAddress;
import dev.podhop.net.L4Protocol;
import dev.podhop.net.Tuple;
import dev.podhop.netstack.NetworkNamespace;
import dev.podhop.packet.Packet;
import dev.podhop.packet.TcpFlags;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A server's end of a TCP connection: half open, waiting to be accepted, open, or closing. */
final class ServerConnection implements Timers.Owner {

    private static final int ANSWER_BYTES = 64;
    private static final int RETRANSMIT = 0;
    private static final int IDLE = 1;

    private enum State {
        SYN_RECV,
        /** Established for the kernels, but the process has not accepted it. */
        BACKLOG,
        ACCEPTED,
        /** This end closed first. */
        FIN_SENT,
        /** The client closed first. */
        LAST_ACK,
        CLOSED
    }

    final Tuple tuple;
    private final TcpServer server;
    private final Traffic workload;
    private final int slot;
    /** Whose packets those are that answer no request: the attempt heard of last. */
    private int attempt;
    private State state = State.SYN_RECV;
    private RetransmitLadder ladder;
    private int sent;
    private long retransmitTimer = Simulation.NO_EVENT;
    private long idleTimer = Simulation.NO_EVENT;
    private boolean draining;
    private int finsSent;
    private boolean finAcknowledged;
    /** Whether the client's FIN has been waited for since then. */
    private boolean lingered;
    /** Whether a place among the workers is kept for its first request. */
    private boolean reserved;
    /** The client's address by a PROXY protocol header; null without one. */
    private @Nullable IpAddress proxied;
    /** Number of the next request; what lies before it was received. */
    private int expected;
    private final List<Workers.Job> jobs = new ArrayList<>(1);
    /** Attempts whose requests came before the connection was accepted. */
    private final List<Integer> early = new ArrayList<>(0);
    /** Answers that the client has not acknowledged: segment and attempt, oldest first. */
    private final ArrayDeque<Answer> answers = new ArrayDeque<>(2);

    private record Answer(int segment, int attempt) {}

    ServerConnection(TcpServer server, Packet syn) {
        this.server = server;
        this.workload = server.workload;
        this.tuple = new Tuple(L4Protocol.TCP, syn.source, syn.sourcePort, syn.destination,
                syn.destinationPort);
        this.attempt = syn.attempt;
        this.ladder = RetransmitLadder.synAck(server.ns.sysctls());
        this.slot = workload.timers.enter(this);
    }

    int attempt() {
        return attempt;
    }

    boolean halfOpen() {
        return state == State.SYN_RECV;
    }

    /** Whether it stays when the process no longer listens. */
    boolean live() {
        return state.compareTo(State.ACCEPTED) >= 0 && state != State.CLOSED;
    }

    /** Whether the process has not closed it yet. */
    boolean accepted() {
        return state == State.ACCEPTED;
    }

    // ------------------------------------------------------------------ opening

    void sendSynAck() {
        sent++;
        arm();
        send(TcpFlags.SYN_ACK, Segment.NONE, 0, attempt);
    }

    /** The handshake is complete; the process may take its time to accept. */
    void established() {
        state = State.BACKLOG;
        ladder = RetransmitLadder.data(server.ns.sysctls());
        sent = 0;
        workload.timers.cancel(retransmitTimer);
    }

    /** {@code accept(2)}. */
    void accept() {
        state = State.ACCEPTED;
        reserved = true;
        server.workers.reserve();
        boolean waitsForHeader = server.process.behaviour().proxyProtocol() && proxied == null;
        if (workload.serverSpeaksFirst(attempt) && !waitsForHeader) {
            serve(attempt);
        }
        early.forEach(this::asked);
        early.clear();
    }

    // ------------------------------------------------------------------ requests and answers

    void receive(Packet p) {
        attempt = p.attempt;
        if (Segment.isRequest(p.segment)) {
            request(p);
        }
        if (p.segment == Segment.ANSWER_ACKNOWLEDGED) {
            acknowledged(p.attempt);
        }
        if (p.has(TcpFlags.FIN)) {
            closedByClient();
        } else if (p.segment == Segment.FIN_ACKNOWLEDGED) {
            finAcknowledged = true;
            if (state == State.LAST_ACK) {
                close();
            }
        }
    }

    private void request(Packet p) {
        if (state == State.FIN_SENT) {
            abort(); // tcp_rcv_state_process: data after close(2), TCPABORTONDATA
            return;
        }
        int number = Segment.requestNumber(p.segment);
        if (number > expected || state == State.LAST_ACK) {
            return; // one before it is missing, and will be sent again
        }
        boolean again = number < expected;
        if (!again || answers.stream().noneMatch(a -> a.attempt == p.attempt)) {
            send(TcpFlags.ACK, Segment.NONE, 0, p.attempt);
        }
        if (again) {
            return;
        }
        expected++;
        if (state == State.BACKLOG) {
            early.add(p.attempt);
        } else {
            asked(p.attempt);
        }
    }

    /** A request can be read; bytes that the protocol does not begin with end it all. */
    private void asked(int byAttempt) {
        if (server.process.behaviour().proxyProtocol() == (proxied != null)) {
            serve(byAttempt);
        } else if (state == State.ACCEPTED) {
            forgetWork();
            shut();
        }
    }

    private void serve(int ofAttempt) {
        workload.timers.cancel(idleTimer);
        if (server.workers.immediate()) {
            unreserve();
            answer(ofAttempt);
            return;
        }
        if (!reserved) {
            server.workers.reserve();
        }
        reserved = false;
        Workers.Job job = new Workers.Job(server.workers) {
            @Override
            void served() {
                jobs.remove(this);
                answer(ofAttempt);
            }
        };
        jobs.add(job);
        server.workers.add(job);
    }

    private void answer(int ofAttempt) {
        IpAddress client = proxied == null ? tuple.source() : proxied;
        answers.add(new Answer(workload.served.add(server.endpoint(), client), ofAttempt));
        if (answers.size() == 1) {
            sent = 0;
            sendOldest();
        } else {
            send(TcpFlags.PSH_ACK, answers.getLast().segment, ANSWER_BYTES, ofAttempt);
        }
        rest();
    }

    /** Nothing is left to do but to wait, or to close. */
    private void rest() {
        if (!jobs.isEmpty() || state != State.ACCEPTED) {
            return;
        }
        long patience = server.process.behaviour().idleNanos();
        if (draining) {
            shut();
        } else if (patience != ServerBehaviour.FOREVER) {
            workload.timers.cancel(idleTimer);
            idleTimer = workload.timers.after(patience, slot, IDLE);
        }
    }

    private void sendOldest() {
        sent++;
        arm();
        Answer oldest = answers.element();
        send(TcpFlags.PSH_ACK, oldest.segment, ANSWER_BYTES, oldest.attempt);
    }

    private void acknowledged(int ofAttempt) {
        if (answers.isEmpty() || answers.stream().noneMatch(a -> a.attempt == ofAttempt)) {
            return;
        }
        while (answers.remove().attempt != ofAttempt) {
            // older ones, whose acknowledgements were lost
        }
        workload.timers.cancel(retransmitTimer);
        if (!answers.isEmpty()) {
            sent = 1;
            arm();
        } else if (finsSent > 0) {
            arm(RetransmitLadder.FIN.waitNanos(finsSent));
        }
    }

    private void arm() {
        arm(ladder.waitNanos(sent));
    }

    private void arm(long nanos) {
        workload.timers.cancel(retransmitTimer);
        retransmitTimer = workload.timers.after(nanos, slot, RETRANSMIT);
    }

    @Override
    public void expired(int which) {
        if (which == IDLE) {
            shut();
        } else if (finsSent > 0 && answers.isEmpty()) {
            closing();
        } else if (ladder.exhausted(sent)) {
            close();
            server.closed();
        } else if (state == State.SYN_RECV) {
            sendSynAck();
        } else if (!answers.isEmpty()) {
            sendOldest();
        }
    }

    // ------------------------------------------------------------------ closing

    /** What the load balancer says of the client; it comes before the client's first byte. */
    void proxied(@Nullable IpAddress client) {
        if (client != null) {
            proxied = client;
        }
    }

    /** The process wants to be rid of it: now when it is idle, else after its last answer. */
    void drain() {
        draining = true;
        rest();
    }

    private void closedByClient() {
        send(TcpFlags.ACK, Segment.FIN_ACKNOWLEDGED, 0, attempt);
        if (state == State.FIN_SENT) {
            close();
            return;
        }
        if (state == State.ACCEPTED || state == State.BACKLOG) {
            forgetWork();
            state = State.LAST_ACK;
            answers.clear(); // whoever closes has read what it wanted
            workload.timers.cancel(idleTimer);
            sendFin();
            server.closed();
        }
    }

    /** {@code close(2)} with nothing unread: what was written is delivered, then FIN. */
    private void shut() {
        workload.timers.cancel(idleTimer);
        state = State.FIN_SENT;
        sendFin();
        server.closed();
    }

    /** It stands behind the answers, and is sent again once those are acknowledged. */
    private void sendFin() {
        finsSent++;
        if (answers.isEmpty()) {
            arm(RetransmitLadder.FIN.waitNanos(finsSent));
        }
        send(TcpFlags.FIN_ACK, Segment.NONE, 0, attempt);
    }

    /** FIN_WAIT1 and LAST_ACK send again, FIN_WAIT2 waits; neither for ever. */
    private void closing() {
        if (finAcknowledged && !lingered) {
            lingered = true;
            arm(RetransmitLadder.FIN_TIMEOUT_NANOS);
        } else if (finAcknowledged || RetransmitLadder.FIN.exhausted(finsSent)) {
            close();
        } else {
            sendFin();
        }
    }

    @Override
    public void hostGone(NetworkNamespace host) {
        if (host == server.ns) {
            close();
        }
    }

    /**
     * The process exits and its kernel closes for it ({@code inet_csk_listen_stop},
     * {@code tcp_close}): a half-open connection goes, one that was never accepted is reset, any
     * other ends with FIN, whoever waits for an answer.
     */
    void exit() {
        if (state == State.BACKLOG) {
            abort();
        } else if (state == State.ACCEPTED) {
            forgetWork();
            shut();
        } else if (state == State.SYN_RECV) {
            close();
        }
    }

    private void abort() {
        send(TcpFlags.RST_ACK, Segment.NONE, 0, attempt);
        close();
    }

    private void forgetWork() {
        List.copyOf(jobs).forEach(Workers.Job::cancel);
        jobs.clear();
        unreserve();
    }

    private void unreserve() {
        if (reserved) {
            reserved = false;
            server.workers.release();
        }
    }

    /** Nothing of it is left. */
    void close() {
        if (state == State.CLOSED) {
            return;
        }
        state = State.CLOSED;
        workload.timers.cancel(retransmitTimer);
        workload.timers.cancel(idleTimer);
        workload.timers.leave(slot);
        forgetWork();
        server.forget(this);
    }

    private void send(int flags, int segment, int payload, int ofAttempt) {
        Host.tcp(server.ns, server, ofAttempt, tuple.destination(), tuple.destinationPort(),
                tuple.source(), tuple.sourcePort(), flags, segment, payload);
    }
}
