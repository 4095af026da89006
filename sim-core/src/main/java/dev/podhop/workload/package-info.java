/**
 * Clients and servers: what applications do with the network, and what they get to see.
 *
 * <p>An {@link dev.podhop.workload.AttemptSpec attempt} has one outcome, over as many tries as its
 * patience allows. It goes by a connection of its own, by one of a {@link
 * dev.podhop.workload.ConnectionPool pool}, or by a datagram. A {@link
 * dev.podhop.workload.ServerProcess} listens, serves as many at a time as it can, hears SIGTERM and
 * exits; whoever runs pods drives it.
 *
 * <p>Models a TCP connection's life as far as it decides an outcome: handshake, accept queue, SYN,
 * SYN-ACK and data retransmission on the kernel's ladders, close, resets and ICMP errors; UDP with
 * connected and unconnected sockets. A segment carries its meaning instead of bytes and sequence
 * numbers. Left out: windows, congestion control, retransmission of FIN. SCTP is reduced to one
 * exchange. docs/controllers/workloads.md says what was validated, and how.
 */
@NullMarked
package dev.podhop.workload;

import org.jspecify.annotations.NullMarked;
