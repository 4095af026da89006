package dev.podhop.kubeproxy;

import org.jspecify.annotations.Nullable;

/**
 * A Service port that is not as it was. At least one of the two is there.
 *
 * @param before null for a new one
 * @param after null for one that is gone
 */
public record PortChange(@Nullable ServedPort before, @Nullable ServedPort after) {}
