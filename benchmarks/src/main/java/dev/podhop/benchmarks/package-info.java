/**
 * Benchmarks: one class per question, and {@link dev.podhop.benchmarks.Ratios} to run them and hold
 * the answers against what {@code docs/performance.md} promises.
 *
 * <p>A number in nanoseconds says more about the machine than about the program, so every promise
 * is a ratio between rows of one run: ours and a peer's, or ours at two sizes. Models that take
 * random numbers take them from one source that never repeats ({@link
 * dev.podhop.benchmarks.Increments}).
 */
@NullMarked
package dev.podhop.benchmarks;

import org.jspecify.annotations.NullMarked;
