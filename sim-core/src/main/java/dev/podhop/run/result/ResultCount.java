package dev.podhop.run.result;

import dev.podhop.workload.ResultKey;
/** How often a flow ended this way. */
public record ResultCount(ResultKey key, int count) {}
