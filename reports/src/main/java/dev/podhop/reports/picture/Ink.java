package dev.podhop.reports.picture;

import dev.podhop.trace.Role;
/** What a thing is painted with; a palette says which colour that is. */
public enum Ink {
    /** Behind everything. */
    GROUND,
    /** Of a box on the ground. */
    SURFACE,
    /** Of a box on a box. */
    RAISED,
    /** Borders and wires. */
    LINE,
    TEXT,
    /** Of text that is not the point. */
    FAINT,
    REQUEST,
    REPLY,
    RESET,
    ERROR,
    NEIGHBOUR,
    /** Where something was expected. */
    GHOST,
    BAD,
    GOOD,
    /** Under the cursor. */
    ACCENT,
    /** Letters on a coloured ground. */
    ON_COLOUR;

    /** Of whose packet it is. */
    public static Ink of(Role role) {
        return valueOf(role.name());
    }
}
