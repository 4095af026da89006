package dev.podhop.scenario.evidence;

import dev.podhop.k8s.source.Location;
import dev.podhop.scenario.Event;
import org.jspecify.annotations.Nullable;

/**
 * An event of the timeline.
 *
 * @param atNanos when it happens, in virtual time
 * @param sinceNanos from when on it counts, on the clock of whoever asks: of an attempt at a moment
 *     all that was before has always been, and the rest never comes
 * @param where the line of its entry; null for one that is in no file
 */
public record Occurrence(Event event, long atNanos, long sinceNanos, @Nullable Location where) {}
