package dev.podhop.cluster;

import dev.podhop.trace.Reason;
import java.util.List;

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

    /** How the codes begin of what is dropped for want of a route. */
    public static final String NO_ROUTE = "edge.no-route.";

    private final String code;

    BorderReason(String code) {
        this.code = code;
    }

    @Override
    public String code() {
        return code;
    }

    @Override
    public List<String> arguments() {
        return List.of("address", "what");
    }
}
