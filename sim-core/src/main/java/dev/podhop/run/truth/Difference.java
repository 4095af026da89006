package dev.podhop.run.truth;

import dev.podhop.k8s.source.Location;
import dev.podhop.trace.Explanation;

/**
 * A place in which a node is not as expected.
 *
 * @param service port whose it is; empty where it is nobody's alone
 * @param what a rule, an element, a virtual server
 * @param place the chain or set
 * @param where in the node's dump; of what is missing, where it should stand
 */
record Difference(Side side, String service, String what, String place, Location where) {

    /** How it differs. */
    enum Side {
        MISSING,
        EXTRA,
        MOVED
    }

    Explanation told() {
        return (switch (side) {
            case MISSING -> TruthReason.THING_MISSING;
            case EXTRA -> TruthReason.THING_EXTRA;
            case MOVED -> TruthReason.THING_MOVED;
        }).of(what, place, where.file() + ":" + where.line());
    }
}
