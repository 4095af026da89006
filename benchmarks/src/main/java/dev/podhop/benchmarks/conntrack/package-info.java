/**
 * A million connections, looked up by packets: ours, and the map of records that one writes first.
 *
 * <p>Both keep every connection under both its tuples, as answers to a translated packet have a
 * tuple of their own, and both note when it was last used. Ours runs the TCP tracker besides.
 */
@NullMarked
package dev.podhop.benchmarks.conntrack;

import org.jspecify.annotations.NullMarked;
