package dev.podhop.scenario.invariant;

import dev.podhop.scenario.Invariant;
import dev.podhop.trace.Reason;

/** How an invariant can be violated. Every argument list ends with how often it was. */
public enum InvariantReason implements Reason {
    LOST(Invariant.TERMINAL_STEP, "invariant.lost", "packet", "place", "count"),
    GOES_ON(Invariant.TERMINAL_STEP, "invariant.goes-on", "packet", "place", "count"),
    COPIES_LOST(Invariant.TERMINAL_STEP, "invariant.copies-lost", "packet", "place", "copies",
            "found", "count"),
    NAT_NOT_UNDONE(Invariant.NAT_UNDONE, "invariant.nat-not-undone", "place", "reply", "left",
            "expected", "count"),
    NOT_CONSERVED(Invariant.CONSERVATION, "invariant.not-conserved", "inUse", "underWay", "count"),
    LOOP(Invariant.NO_FORWARDING_LOOP, "invariant.loop", "packet", "place", "header", "count");

    private final Invariant invariant;
    private final Wording wording;

    InvariantReason(Invariant invariant, String code, String... arguments) {
        this.invariant = invariant;
        this.wording = Wording.of(code, arguments);
    }

    /** Which one is violated so. */
    Invariant invariant() {
        return invariant;
    }

    @Override
    public Wording wording() {
        return wording;
    }
}
