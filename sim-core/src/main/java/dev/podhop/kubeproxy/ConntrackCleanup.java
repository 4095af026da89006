package dev.podhop.kubeproxy;

import dev.podhop.net.IpAddress;
import dev.podhop.net.IpFamily;
import dev.podhop.net.L4Protocol;
import dev.podhop.net.Tuple;
import java.util.List;

/**
 * Which conntrack entries a sync deletes once its rules are in force. Only UDP: an open TCP
 * connection keeps its translation until it ends, but a UDP sender that never pauses would stay
 * with an endpoint that is gone for ever.
 *
 * <p>Compared by entry: {@code original} is the tuple as the client sent it, {@code reply} the one
 * the answer has, whose source is the endpoint.
 */
public sealed interface ConntrackCleanup
        permits ConntrackCleanup.Clearing, UdpReconciliation {

    /** Nothing is deleted. */
    ConntrackCleanup NONE = new Clearing(List.of());

    /** Whether the entry with these two tuples is deleted. */
    boolean deletes(Tuple original, Tuple reply);

    /** Whether the table need not be looked at. */
    boolean isEmpty();

    /** What a node deletes when it goes from one version of a family's table to another. */
    static ConntrackCleanup between(ServiceTable before, ServiceTable after, ProxyVersion version) {
        return version.reconcilesConntrack() ? UdpReconciliation.between(before, after, version)
                : UdpClearing.between(before, after);
    }

    /**
     * Up to 1.31: a list of calls of {@code conntrack -D -p udp}. They know addresses, not a
     * Service's port, so that another UDP port at the same address loses its entries, too.
     */
    record Clearing(List<Call> calls) implements ConntrackCleanup {

        public Clearing {
            calls = List.copyOf(calls);
        }

        @Override
        public boolean deletes(Tuple original, Tuple reply) {
            return calls.stream().anyMatch(call -> call.matches(original, reply));
        }

        @Override
        public boolean isEmpty() {
            return calls.isEmpty();
        }
    }

    /** One call of the conntrack tool. */
    sealed interface Call {

        /** Whether the call deletes the entry. */
        boolean matches(Tuple original, Tuple reply);
    }

    /** {@code --orig-dst ADDRESS}. */
    record ByAddress(IpAddress address) implements Call {

        @Override
        public boolean matches(Tuple original, Tuple reply) {
            return isUdp(original) && original.destination().same(address);
        }
    }

    /** {@code --orig-dst ADDRESS --dst-nat ENDPOINT}. */
    record ByAddressAndEndpoint(IpAddress address, IpAddress endpoint) implements Call {

        @Override
        public boolean matches(Tuple original, Tuple reply) {
            return isUdp(original) && original.destination().same(address)
                    && reply.source().same(endpoint);
        }
    }

    /** {@code --dport PORT}, a node port. */
    record ByPort(int port, IpFamily family) implements Call {

        @Override
        public boolean matches(Tuple original, Tuple reply) {
            return isUdp(original) && original.destinationPort() == port
                    && original.destination().family() == family;
        }
    }

    /** {@code --dport PORT --dst-nat ENDPOINT}. */
    record ByPortAndEndpoint(int port, IpAddress endpoint) implements Call {

        @Override
        public boolean matches(Tuple original, Tuple reply) {
            return isUdp(original) && original.destinationPort() == port
                    && reply.source().same(endpoint);
        }
    }

    private static boolean isUdp(Tuple tuple) {
        return tuple.protocol() == L4Protocol.UDP;
    }
}
