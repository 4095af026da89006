package dev.podhop.scenario;

import org.jspecify.annotations.Nullable;

/** A text is not what was expected; says what was, more closely than its form can. */
@SuppressWarnings("serial")
final class Mismatch extends Exception {

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

    String expected() {
        return expected;
    }

    @Nullable String suggestion() {
        return suggestion;
    }
}
