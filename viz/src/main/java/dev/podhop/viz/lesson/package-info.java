/**
 * Lessons: chapters that a scenario carries in its {@code lesson.yaml}, one idea each; and the
 * question that can be asked at every hop of any scenario, with the trace as its answer key.
 */
@NullMarked
package dev.podhop.viz.lesson;

import org.jspecify.annotations.NullMarked;
