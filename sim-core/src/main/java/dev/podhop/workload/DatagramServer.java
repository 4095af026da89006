package dev.podhop.workload;

import dev.podhop.net.Endpoint;
import dev.podhop.net.L4Protocol;
import dev.podhop.netstack.NetworkNamespace;
import dev.podhop.packet.Packet;
import dev.podhop.trace.Explanation;

/** Answers each datagram with one, from the address that it was sent to. */
final class DatagramServer implements Workload.Server {

    private static final int ANSWER_BYTES = 64;

    private final Workload workload;
    private final NetworkNamespace ns;
    private final L4Protocol protocol;
    private final int port;
    private final String endpoint;
    private final long serviceNanos;
    private boolean stopped;

    DatagramServer(Workload workload, NetworkNamespace ns, L4Protocol protocol, int port,
            String endpoint, long serviceNanos) {
        this.workload = workload;
        this.ns = ns;
        this.protocol = protocol;
        this.port = port;
        this.endpoint = endpoint;
        this.serviceNanos = serviceNanos;
    }

    /** An answer in the making. */
    private final class Pending implements Timers.Owner {
        final Endpoint own;
        final Endpoint client;
        final int attempt;
        final int question;
        final int slot;

        Pending(Packet request) {
            this.question = request.segment;
            this.own = new Endpoint(request.destination, request.destinationPort);
            this.client = new Endpoint(request.source, request.sourcePort);
            this.attempt = request.attempt;
            this.slot = workload.timers.enter(this);
        }

        @Override
        public void expired(int timer) {
            workload.timers.leave(slot);
            if (stopped) {
                return;
            }
            if (question == Segment.REQUEST) {
                int answer = workload.served.add(endpoint, client.address());
                Host.datagram(ns, DatagramServer.this, attempt, protocol, own.address(),
                        own.port(), client.address(), client.port(), answer, ANSWER_BYTES);
                return;
            }
            Packet answer = Host.datagram(ns, attempt, protocol, own.address(), own.port(),
                    client.address(), client.port(), question - 1, ANSWER_BYTES);
            Host.send(ns, DatagramServer.this, answer, ns.network().tracer().full()
                    ? workload.answering().why(question - 1)
                    : Explanation.NONE);
        }
    }

    @Override
    public void receive(Packet p) {
        long nanos = serviceNanos;
        if (Segment.isQuestion(p.segment)) {
            long own = workload.answering().answer(endpoint, p.attempt, p.segment);
            if (own == Answering.SILENT) {
                return;
            }
            nanos += own;
        } else if (p.segment != Segment.REQUEST) {
            return;
        }
        Pending pending = new Pending(p);
        if (nanos > 0) {
            workload.timers.after(nanos, pending.slot, 0);
        } else {
            pending.expired(0);
        }
    }

    @Override
    public void stop() {
        stopped = true;
    }

    /** Nobody waits for the fate of an answer. */
    @Override
    public void error(Packet icmp) {
        // A server's unconnected socket is not told of ICMP errors.
    }

    @Override
    public String label() {
        return endpoint + " " + protocol.lowerCase() + " :" + port;
    }
}
