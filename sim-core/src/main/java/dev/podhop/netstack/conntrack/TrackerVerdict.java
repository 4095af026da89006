package dev.podhop.netstack.conntrack;

/** What a protocol's tracker says of a packet. */
enum TrackerVerdict {
    ACCEPT,
    /** Belongs to no valid history: the packet goes on without an entry ({@code -NF_ACCEPT}). */
    INVALID,
    /** The entry is over: delete it and look up again ({@code -NF_REPEAT}). */
    REPEAT,
    /** Accept the packet, and delete the entry ({@code nf_ct_kill_acct}). */
    KILL
}
