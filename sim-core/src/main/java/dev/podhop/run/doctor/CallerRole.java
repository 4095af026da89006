package dev.podhop.run.doctor;

/** What a caller is to a Service: those of one role fare alike, unless their nodes differ. */
public enum CallerRole {
    /** A pod that is an endpoint of it. */
    ENDPOINT,
    /** A pod on a node that has an endpoint. */
    BESIDE,
    /** A pod on a node without. */
    ELSEWHERE,
    /** A process in the network of a node that has an endpoint. */
    NODE_WITH,
    /** The same on a node without. */
    NODE_WITHOUT,
    /** A machine of the private network that the nodes are in. */
    NETWORK,
    /** Somebody on the internet. */
    INTERNET;

    /** Whether it is a pod with a network of its own. */
    public boolean isPod() {
        return this == ENDPOINT || this == BESIDE || this == ELSEWHERE;
    }

    /** Whether it is a process in a node's own network. */
    public boolean isNode() {
        return this == NODE_WITH || this == NODE_WITHOUT;
    }

    /** Whether it is outside the cluster. */
    public boolean isOutside() {
        return this == NETWORK || this == INTERNET;
    }
}
