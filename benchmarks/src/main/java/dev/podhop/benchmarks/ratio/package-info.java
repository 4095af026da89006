/** What is promised, what was measured, and the table that shows both. */
@NullMarked
package dev.podhop.benchmarks.ratio;

import org.jspecify.annotations.NullMarked;
