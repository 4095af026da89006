/**
 * The command line: one small class for each verb, which reads its arguments, asks
 * {@code dev.podhop.run} and hands the answer to {@code dev.podhop.reports}.
 *
 * <p>Nothing is simulated or rendered here.
 */
@NullMarked
package dev.podhop.cli;

import org.jspecify.annotations.NullMarked;
