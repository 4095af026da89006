package dev.podhop.nodedump;

/**
 * What a rule does with a packet that it fits.
 *
 * @param target the chain of a jump, the word of anything else
 */
public record RuleVerdict(Kind kind, String target) {

    /** What becomes of the packet. */
    public enum Kind {
        ACCEPT,
        DROP,
        REJECT,
        RETURN,
        JUMP,
        GOTO,
        /** Its address or port is changed, which ends a table of translations. */
        TRANSLATE,
        /** Its mark changes, and it goes on. */
        MARK,
        /** It goes on. */
        CONTINUE,
        /** A map, a queue, somebody else's target. */
        UNKNOWN
    }
}
