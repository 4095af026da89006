package dev.podhop.viz.recording;

/**
 * Something that the file lets happen to the cluster, apart from calls.
 *
 * @param atNanos on the recording's clock
 * @param fileNanos as the file has it
 * @param words {@code rollout deployment/shop}
 */
public record Happening(long atNanos, long fileNanos, String words) {}
