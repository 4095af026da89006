package dev.podhop.scenario.form;

import org.jspecify.annotations.Nullable;

/** A text is not what was expected; says what was, more closely than its form can. */
@SuppressWarnings("serial")
public final class Mismatch extends Exception {

    private final String expected;
    private final @Nullable String suggestion;

    Mismatch(String expected, @Nullable String suggestion) {
        super(expected, null, false, false);
        this.expected = expected;
        this.suggestion = suggestion;
    }

    Mismatch(String expected) {
        this(expected, null);
    }

    public String expected() {
        return expected;
    }

    public @Nullable String suggestion() {
        return suggestion;
    }
}
