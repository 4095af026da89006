/**
 * Immutable values that every floor needs: addresses, prefixes, ports, tuples, hooks.
 *
 * <p>Nothing here knows what a packet is or that time passes. Addresses of both families are two
 * longs, so that comparing them on the hot path allocates nothing.
 */
@NullMarked
package dev.podhop.net;

import org.jspecify.annotations.NullMarked;
