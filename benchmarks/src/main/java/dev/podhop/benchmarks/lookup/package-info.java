/** Services by the thousand, and packets that ask for them at random. */
@NullMarked
package dev.podhop.benchmarks.lookup;

import org.jspecify.annotations.NullMarked;
