/**
 * Connection tracking: nf_conntrack, the table that makes a packet one of a connection.
 *
 * <pre>
 *   PREROUTING/OUTPUT -200          POSTROUTING/INPUT last
 *   in(): find or create  --NAT-->  confirm(): into the index under both tuples
 *         |                                 |
 *         +-- first packet: unconfirmed,    +-- from now on replies find it
 *             known to this packet only
 * </pre>
 *
 * <p>{@link dev.podhop.netstack.conntrack.ConntrackTable} is the door; behind it entries lie in a
 * slab of primitive arrays and an open-addressing index names both tuples of each, so that a packet
 * of a known connection costs no allocation.
 *
 * <p>Modelled after Linux 6.18 (nf_conntrack_core.c, nf_conntrack_proto_*.c): the TCP state table,
 * UDP streams, ICMP queries and errors, timeouts by sysctl, lazy expiry with the garbage
 * collector's sweep, early drop, clash resolution. Left out: TCP windows, retransmission counting
 * and the timeouts that hang on them (packets carry no sequence numbers; every segment counts as in
 * window), SCTP chunks, zones, helpers and expectations, accounting, the generic tracker.
 *
 * <p>Validated against transcripts of a Linux 6.18 kernel (src/test/resources/conntrack): every
 * segment in every TCP state from either side, random TCP histories with and without NAT, UDP, ICMP
 * queries and errors, packet by packet and entry by entry; besides by a randomized comparison with
 * a plain map.
 */
@NullMarked
package dev.podhop.netstack.conntrack;

import org.jspecify.annotations.NullMarked;
