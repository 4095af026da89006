package dev.podhop.run.truth;

import dev.podhop.k8s.source.Location;
import dev.podhop.trace.Explanation;

/**
 * Something about a node that is not as it should be.
 *
 * @param where in the node's dump
 */
public record Truth(Kind kind, String node, Location where, Explanation why) {

    /** What it is. */
    public enum Kind {
        /** kube-proxy's rules are those of another moment. */
        BEHIND,
        /** Its rules hold Services that the file does not. */
        UNKNOWN_SERVICES,
        /** kube-proxy's own rules were changed. */
        RULES,
        /** A kube-proxy of another mode has written them. */
        MODE,
        /** There are none. */
        ABSENT,
        /** Somebody else does its work. */
        REPLACED,
        /** They are those of another version. */
        VERSION,
        /** Somebody else's rule keeps packets from a Service. */
        FOREIGN_RULE,
        /** The connection table is nearly full. */
        TABLE_FULL,
        /** A connection entry leads to nobody. */
        STALE_ENTRY
    }
}
