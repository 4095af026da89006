package dev.podhop.scenario.expect;

import dev.podhop.trace.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * A way for an attempt to end.
 *
 * @param endpoint who answered, as scenario files name it; null unless answered
 * @param source the client's address as the server saw it; null unless answered
 */
public record Result(Outcome outcome, @Nullable String endpoint, @Nullable String source) {}
