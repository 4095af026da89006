package dev.podhop.dns;

import dev.podhop.trace.Reason;

/** What a node's cache did to a packet; the sentences live in the reports' bundles. */
public enum NodeCacheReason implements Reason {
    /** No translation, no entry in the connection table. */
    UNTRACKED("nodelocaldns.untracked"),
    ACCEPTED("nodelocaldns.accepted");

    private final Wording wording;

    NodeCacheReason(String code) {
        this.wording = Wording.of(code, "address");
    }

    @Override
    public Wording wording() {
        return wording;
    }
}
