package dev.podhop.run;

/** How often a flow ended this way. */
public record ResultCount(ResultKey key, int count) {}
