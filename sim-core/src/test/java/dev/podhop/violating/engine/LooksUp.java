package dev.podhop.violating.engine;

import dev.podhop.violating.trace.TracedHop;

/** An engine that knows what it moves: what {@code HouseFloorsTest} must find. */
public record LooksUp(TracedHop hop) {}
