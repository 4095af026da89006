package dev.podhop.run.truth;

import dev.podhop.net.Hook;
import dev.podhop.net.IpAddress;
import dev.podhop.net.L4Protocol;

/**
 * A packet of a Service at one hook of a node.
 *
 * @param established whether it belongs to a connection; else it begins one
 * @param mark 0x4000 where kube-proxy means to masquerade it
 * @param from device it came in by; empty where no name is known
 * @param to device it leaves by
 * @param toNode whether its destination is the node's own
 * @param fromNode whether its source is
 * @param calls whether its destination is still the Service's own address
 * @param service whose call it is of
 */
record ProbePacket(Hook hook, IpAddress source, IpAddress destination, L4Protocol protocol,
        int sourcePort, int destinationPort, boolean established, int mark, String from,
        String to, boolean toNode, boolean fromNode, boolean calls, String service) {

    /** {@code 10.244.1.5 -> 10.244.1.22:8080}. */
    String told() {
        return (established ? source.withPort(sourcePort) + " -> " + destination
                : source + " -> " + destination.withPort(destinationPort)) + " ("
                + protocol.lowerCase() + ")";
    }
}
