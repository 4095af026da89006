package dev.podhop.violating.trace;

import dev.podhop.violating.engine.LooksUp;

/** May know the engine, as every floor above it may. */
public record TracedHop(LooksUp engine) {}
