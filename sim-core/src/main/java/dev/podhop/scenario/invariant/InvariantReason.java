package dev.podhop.scenario.invariant;

import dev.podhop.scenario.Invariant;
import dev.podhop.trace.Explanation;
import dev.podhop.trace.Reason;
import java.util.List;

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
    private final String code;
    private final List<String> arguments;

    InvariantReason(Invariant invariant, String code, String... arguments) {
        this.invariant = invariant;
        this.code = code;
        this.arguments = List.of(arguments);
    }

    /** Which one is violated so. */
    Invariant invariant() {
        return invariant;
    }

    @Override
    public String code() {
        return code;
    }

    @Override
    public List<String> arguments() {
        return arguments;
    }

    /** The reason with values in the order of {@link #arguments}. */
    Explanation with(List<Object> values) {
        if (values.size() != arguments.size()) {
            throw new IllegalArgumentException(code + " has the arguments " + arguments);
        }
        String[] pairs = new String[2 * values.size()];
        for (int i = 0; i < values.size(); i++) {
            pairs[2 * i] = arguments.get(i);
            pairs[2 * i + 1] = String.valueOf(values.get(i));
        }
        return Explanation.of(code, pairs);
    }
}
