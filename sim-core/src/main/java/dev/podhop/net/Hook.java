package dev.podhop.net;

/** netfilter's five hooks for IP, in the order of {@code enum nf_inet_hooks}. */
public enum Hook {
    PREROUTING,
    INPUT,
    FORWARD,
    OUTPUT,
    POSTROUTING
}
