/**
 * Network address translation on top of conntrack: nf_nat_core.c and nf_nat_proto.c.
 *
 * <pre>
 *  PREROUTING, OUTPUT -100: first packet: destination() or nullBinding(); every packet: translate()
 *  POSTROUTING, INPUT  100: first packet: source() or nullBinding();      every packet: translate()
 * </pre>
 *
 * <p>A rule decides once per connection; what it decided stands in the entry's reply tuple, and
 * every later packet, answers and ICMP errors included, is rewritten from there. Whatever changes
 * the destination works at PREROUTING and OUTPUT, whatever changes the source at POSTROUTING and
 * INPUT: an answer to a masqueraded packet gets its destination back at PREROUTING, and its source,
 * if that was translated too, at POSTROUTING.
 *
 * <p>Left out: translation to ranges of addresses or ports, reuse of a source's earlier mapping
 * ({@code find_appropriate_src}, which shows only after a port collision without
 * {@code --random-fully}), masquerading's loss of entries when the outgoing device changes.
 * Validated by stories over two hops in its tests, tuple by tuple.
 */
@NullMarked
package dev.podhop.netstack.nat;

import org.jspecify.annotations.NullMarked;
