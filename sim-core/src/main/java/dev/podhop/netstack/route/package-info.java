/**
 * The forwarding information base: which way an address lies, and whether a source may come that
 * way.
 *
 * <p>Models the local and the main table, longest prefix first, with the kernel's result types, and
 * {@code inet_select_addr}. Left out: policy rules, metrics, multipath, the route cache.
 */
@NullMarked
package dev.podhop.netstack.route;

import org.jspecify.annotations.NullMarked;
