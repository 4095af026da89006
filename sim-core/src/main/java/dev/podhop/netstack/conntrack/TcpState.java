package dev.podhop.netstack.conntrack;

/** States of the TCP tracker ({@code enum tcp_conntrack}), spelt as {@code conntrack -L} does. */
public enum TcpState {
    NONE,
    /** SYN seen. */
    SYN_SENT,
    /** SYN-ACK seen. */
    SYN_RECV,
    ESTABLISHED,
    /** FIN seen from one side. */
    FIN_WAIT,
    /** That FIN was acknowledged. */
    CLOSE_WAIT,
    /** FIN seen from both sides. */
    LAST_ACK,
    /** The last ACK was seen. */
    TIME_WAIT,
    /** RST seen. */
    CLOSE,
    /** SYN seen from both sides: simultaneous open. */
    SYN_SENT2
}
