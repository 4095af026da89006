/**
 * The door to the world: what leaves Podhop, on a stream or into a file.
 *
 * <pre>
 *   texts --> Guard (control characters are shown) --> Sink (remembers what was not taken) --> fd
 *   files --> NewFiles (beside, whole, then renamed; never through a symbolic link)
 * </pre>
 */
@NullMarked
package dev.podhop.reports.out;

import org.jspecify.annotations.NullMarked;
