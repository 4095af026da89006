package dev.podhop.nodedump;

import java.util.List;

/**
 * One thing that a rule asks of a packet.
 *
 * @param values of which one must fit, as the tool prints them
 */
public record RuleCondition(Kind kind, boolean negated, List<String> values) {

    /** What is asked for. */
    public enum Kind {
        SOURCE,
        DESTINATION,
        PROTOCOL,
        SOURCE_PORT,
        DESTINATION_PORT,
        IN_DEVICE,
        OUT_DEVICE,
        /** State of the connection. */
        STATE,
        /** {@code VALUE/MASK}. */
        MARK,
        /** Type of the destination, {@code LOCAL}. */
        DESTINATION_TYPE,
        /** Type of the source. */
        SOURCE_TYPE,
        /** Whatever else: whether it holds cannot be told from the packet's addresses. */
        UNKNOWN
    }

    public RuleCondition {
        values = List.copyOf(values);
    }

    static RuleCondition unknown(String what) {
        return new RuleCondition(Kind.UNKNOWN, false, List.of(what));
    }
}
