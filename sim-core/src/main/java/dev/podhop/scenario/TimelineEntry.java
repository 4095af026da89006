package dev.podhop.scenario;

import dev.podhop.k8s.source.Location;

/**
 * One event of the timeline.
 *
 * @param atNanos virtual time since the start of the run
 * @param where its verb stands in the file
 * @param path of the verb, {@code spec.timeline[1].apply}
 */
public record TimelineEntry(long atNanos, Event event, Location where, String path) {}
