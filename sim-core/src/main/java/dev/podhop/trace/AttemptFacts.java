package dev.podhop.trace;

import org.jspecify.annotations.Nullable;

/**
 * What a filter may ask of the attempt that a hop belongs to.
 *
 * @param outcome null where it is not known
 * @param cause the code of why it failed; null where nothing went wrong, or nobody knows what
 */
public record AttemptFacts(String flow, @Nullable Outcome outcome, @Nullable String cause) {}
