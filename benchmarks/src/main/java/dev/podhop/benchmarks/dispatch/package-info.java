/**
 * One small model, eight kinds of event that schedule one another, as each kind of kernel would
 * have it: events as numbers in {@link dev.podhop.engine.Simulation}, and events as objects.
 */
@NullMarked
package dev.podhop.benchmarks.dispatch;

import org.jspecify.annotations.NullMarked;
