package dev.podhop.run.result;

/** How often a flow ended this way. */
public record ResultCount(ResultKey key, int count) {}
