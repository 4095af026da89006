package dev.podhop.packet;

/**
 * What conntrack says of a packet, as {@code -m conntrack --ctstate} names it.
 *
 * <p>Lives with the packet because the kernel keeps it there ({@code skb->_nfct}): rules match on
 * it without looking at the table.
 */
public enum CtState {
    /**
     * Not looked up yet, or a namespace without conntrack. A rule that asks finds it INVALID
     * ({@code xt_conntrack}).
     */
    UNSEEN,
    /** Told not to track it ({@code IP_CT_UNTRACKED}): it belongs to no connection. */
    UNTRACKED,
    NEW,
    ESTABLISHED,
    RELATED,
    INVALID
}
