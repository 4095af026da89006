package dev.podhop.scenario;

/**
 * One event of the timeline.
 *
 * @param atNanos virtual time since the start of the run
 */
public record TimelineEntry(long atNanos, Event event) {}
