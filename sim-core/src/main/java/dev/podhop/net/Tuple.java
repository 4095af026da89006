package dev.podhop.net;

/**
 * What names one direction of a connection ({@code struct nf_conntrack_tuple}).
 *
 * <p>Ports are 0..65535; for ICMP the source port holds the query's id and the destination port 0.
 */
public record Tuple(L4Protocol protocol, IpAddress source, int sourcePort, IpAddress destination,
        int destinationPort) {

    /** The tuple of an answer: source and destination exchanged. */
    public Tuple inverse() {
        return new Tuple(protocol, destination, destinationPort, source, sourcePort);
    }

    @Override
    public String toString() {
        return protocol.lowerCase() + " " + source.withPort(sourcePort) + " > "
                + destination.withPort(destinationPort);
    }
}
