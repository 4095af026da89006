/**
 * What the hop under the cursor is about: why each step went as it did, the packet before and
 * after,
 * what the host knew at that moment, and the lines of the file behind it.
 */
@NullMarked
package dev.podhop.viz.inspector;

import org.jspecify.annotations.NullMarked;
