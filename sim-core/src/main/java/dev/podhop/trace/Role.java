package dev.podhop.trace;

/** Whose packet it is, seen from the attempt that it belongs to. */
public enum Role {
    REQUEST,
    REPLY,
    /** A reset that a kernel made. */
    RESET,
    /** An ICMP error. */
    ERROR,
    /** ARP, and a bridge's copies of frames. */
    NEIGHBOUR
}
