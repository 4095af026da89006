package dev.podhop.workload;

import dev.podhop.net.IpAddress;
import dev.podhop.net.L4Protocol;
import dev.podhop.net.SocketAddress;
import dev.podhop.netstack.NetworkNamespace;
import dev.podhop.packet.Packet;
import dev.podhop.trace.Explanation;

/**
 * Answers each datagram with one. What the process does not take on is lost: the socket's receive
 * buffer is as long as the process's queue.
 *
 * <p>A UDP socket bound to any address answers from the one that the route back prefers, on a host
 * with several not always the one that was asked: conntrack then knows no such connection, and a
 * connected client no such peer ({@code udp_sendmsg}, {@code fib_select_path}; measured on 6.18). A
 * DNS server answers from the address that was asked ({@code IP_PKTINFO}), and so does SCTP, whose
 * socket remembers its peers.
 */
final class DatagramServer implements ServerProcess.Server {

    private static final int ANSWER_BYTES = 64;

    private final Traffic workload;
    private final NetworkNamespace ns;
    private final ServerProcess process;
    private final L4Protocol protocol;
    private final int port;
    private boolean exited;
    private int underWay;

    DatagramServer(ServerProcess process, L4Protocol protocol, int port) {
        this.workload = process.workload();
        this.ns = process.namespace();
        this.process = process;
        this.protocol = protocol;
        this.port = port;
    }

    /** An answer in the making. */
    private final class Pending extends Workers.Job {
        private final SocketAddress own;
        private final SocketAddress client;
        private final int attempt;
        private final int question;

        Pending(SocketAddress own, SocketAddress client, int attempt, int question) {
            super(process.workers());
            this.own = own;
            this.client = client;
            this.attempt = attempt;
            this.question = question;
        }

        @Override
        void served() {
            underWay--;
            if (!exited) {
                answer(own, client, attempt, question);
                process.connectionClosed();
            }
        }
    }

    @Override
    public boolean hasRoomFor(Packet p) {
        return process.workers().hasRoom();
    }

    @Override
    public void receive(Packet p) {
        SocketAddress own = new SocketAddress(p.destination, p.destinationPort);
        SocketAddress client = new SocketAddress(p.source, p.sourcePort);
        int attempt = p.attempt;
        int segment = p.segment;
        if (Segment.isQuestion(segment)) {
            workload.answering().answer(process.label(), attempt, segment,
                    nanos -> take(own, client, attempt, segment, nanos));
        } else if (segment == Segment.REQUEST) {
            take(own, client, attempt, segment, 0);
        }
    }

    private void take(SocketAddress own, SocketAddress client, int attempt, int segment,
            long extraNanos) {
        if (extraNanos == Answering.SILENT || exited) {
            return;
        }
        if (process.workers().immediate() && extraNanos == 0) {
            answer(own, client, attempt, segment);
            return;
        }
        underWay++;
        workload.accepted(this);
        process.workers().reserve();
        process.workers().add(new Pending(own, client, attempt, segment), extraNanos);
    }

    private void answer(SocketAddress own, SocketAddress client, int attempt, int question) {
        if (question != Segment.REQUEST) {
            Packet answer = Host.datagram(ns, attempt, protocol, own.address(), own.port(),
                    client.address(), client.port(), question - 1, ANSWER_BYTES);
            Host.send(ns, this, answer, ns.network().tracer().full()
                    ? workload.answering().why(question - 1)
                    : Explanation.NONE);
            return;
        }
        IpAddress source = protocol == L4Protocol.UDP ? ns.sourceFor(client.address())
                : own.address();
        if (source == null) {
            return;
        }
        int answer = workload.served.add(process.label(), client.address());
        Host.datagram(ns, this, attempt, protocol, source, own.port(), client.address(),
                client.port(), answer, ANSWER_BYTES);
    }

    @Override
    public void acceptAll() {
        // Datagrams wait for nobody's accept.
    }

    @Override
    public void stopListening() {
        // What was received is still answered.
    }

    @Override
    public void exit() {
        exited = true;
    }

    @Override
    public boolean drained() {
        return underWay == 0;
    }

    @Override
    public void reset() {
        underWay = 0;
        process.workers().reset();
    }

    /** Nobody waits for the fate of an answer. */
    @Override
    public void error(Packet icmp) {
        // A server's unconnected socket is not told of ICMP errors.
    }

    @Override
    public String label() {
        return process.label() + " " + protocol.lowerCase() + " :" + port;
    }
}
