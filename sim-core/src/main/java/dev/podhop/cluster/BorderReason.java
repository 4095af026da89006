package dev.podhop.cluster;

import dev.podhop.trace.Cites;
import dev.podhop.trace.Reason;

/** What the edge does with an address that means another thing outside, or nothing. */
public enum BorderReason implements Reason {
    /** A Node's ExternalIP, which stands for its own address. */
    NODE_EXTERNAL_IP("edge.node-external-ip"),
    /** A node is known outside by its ExternalIP. */
    NODE_SOURCE("edge.node-source"),
    /** A node announces the address, and was chosen. */
    ANNOUNCED("edge.announced"),
    CLUSTER_IP("edge.no-route.cluster-ip"),
    EXTERNAL_IP("edge.no-route.external-ip"),
    /** An address of the private network, known whose. */
    PRIVATE_OF("edge.no-route.private-of"),
    PRIVATE("edge.no-route.private");

    private final Wording wording;

    BorderReason(String code) {
        this.wording = Wording.of(code, Cites.holder("address"), "address", "what");
    }

    /** Whether it is one of those by which something is dropped for want of a route. */
    public boolean isNoRoute() {
        return compareTo(CLUSTER_IP) >= 0;
    }

    @Override
    public Wording wording() {
        return wording;
    }
}
