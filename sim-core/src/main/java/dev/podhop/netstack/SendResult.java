package dev.podhop.netstack;

/** What {@code ip_local_out} tells the socket that sent a packet. */
public enum SendResult {
    /** It left, or waits for its neighbour. What becomes of it later is not known here. */
    SENT,
    /** No way to the destination: {@code ENETUNREACH}. */
    NO_ROUTE,
    /**
     * A rule of the own host's OUTPUT or POSTROUTING refused it: {@code EPERM}
     * ({@code nf_hook_slow} of {@code NF_DROP}, which is also how REJECT ends). {@code sendto} of
     * a datagram fails with it; {@code tcp_connect} takes no notice and tries again.
     */
    NOT_PERMITTED
}
