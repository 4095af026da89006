package dev.podhop.netstack.nat;

import dev.podhop.net.Direction;
import dev.podhop.net.IpAddress;
import dev.podhop.net.L4Protocol;
import dev.podhop.netstack.conntrack.ConntrackTable;

/** {@code nf_nat_l4proto_unique_tuple} for source translation: looks for a port that is free. */
final class PortSearch {

    /** {@code NF_NAT_MAX_ATTEMPTS}: width of the first round; each next one is half as wide. */
    private static final int MAX_ATTEMPTS = 128;
    /** Rounds narrower than this end the search. */
    private static final int MIN_ATTEMPTS = 16;
    /** {@code NF_NAT_HARDER_THRESH}: from here on closing connections may be evicted. */
    private static final int HARDER = MAX_ATTEMPTS / 4;
    private static final int PORTS = 65_536;

    /** No free port was found. */
    static final int EXHAUSTED = -1;

    private PortSearch() {}

    /**
     * A free port (for ICMP: id) for a connection whose packets leave with this source.
     *
     * @param handle of an unconfirmed entry
     * @return {@link #EXHAUSTED} where the kernel gives up and lets the confirmation fail
     */
    static int search(ConntrackTable ct, long handle, IpAddress source, int wantedPort,
            PortChooser ports, long nowNanos) {
        boolean icmp = ct.protocol(handle).isIcmp();
        int min = icmp ? 0 : lowest(wantedPort);
        int range = icmp ? PORTS : highest(wantedPort) - min + 1;
        int attempts = Math.min(range, MAX_ATTEMPTS);
        while (true) {
            int offset = ports.choose(PORTS);
            for (int i = 0; i < attempts; i++) {
                // The kernel's offset has 16 bits.
                int port = min + (offset + i) % PORTS % range;
                if (!taken(ct, handle, source, port, attempts - i <= HARDER, nowNanos)) {
                    return port;
                }
            }
            if (attempts >= range || attempts < MIN_ATTEMPTS) {
                return EXHAUSTED;
            }
            attempts /= 2;
        }
    }

    /**
     * Whether another connection's answers would look like ours.
     *
     * @param port the source port that the connection would leave with
     * @param harder evict a closing connection if that helps
     */
    static boolean taken(ConntrackTable ct, long handle, IpAddress source, int port,
            boolean harder, long nowNanos) {
        L4Protocol protocol = ct.protocol(handle);
        boolean icmp = protocol.isIcmp();
        IpAddress peer = ct.source(handle, Direction.REPLY);
        int replySource = icmp ? port : ct.sourcePort(handle, Direction.REPLY);
        int replyDestination = icmp ? 0 : port;
        return harder
                ? ct.tupleTakenHarder(handle, protocol, peer, replySource, source,
                        replyDestination, nowNanos)
                : ct.tupleTaken(handle, protocol, peer, replySource, source, replyDestination,
                        nowNanos);
    }

    /** A privileged port stays privileged: servers once trusted them. */
    private static int lowest(int port) {
        return port < 512 ? 1 : port < 1024 ? 600 : 1024;
    }

    private static int highest(int port) {
        return port < 512 ? 511 : port < 1024 ? 1023 : 65_535;
    }
}
