/**
 * Renderers of what {@link dev.podhop.run} hands out. They decide nothing about packets: a fact
 * that a renderer lacks is added to the trace.
 *
 * <pre>
 *   RunResult, OddsResult, TraceResult --+- text      for a terminal
 *                                        +- json      for programs
 *                                        '- markdown  for a report's folder
 *   Explanation, Phrase -- explanations[_zh].properties --> a sentence in the reader's language
 * </pre>
 */
@NullMarked
package dev.podhop.reports;

import org.jspecify.annotations.NullMarked;
