/**
 * Clients and servers: what applications do with the network, and what they get to see.
 *
 * <p>Models a TCP connection's life as far as it decides an outcome: handshake, SYN and SYN-ACK
 * retransmission on the kernel's ladders, request and answer with retransmission, close, resets and
 * ICMP errors; UDP with connected and unconnected sockets. A segment carries its meaning instead of
 * bytes and sequence numbers. Left out: windows, congestion control, TIME_WAIT on hosts, several
 * requests on one connection. SCTP is reduced to one exchange.
 */
@NullMarked
package dev.podhop.workload;

import org.jspecify.annotations.NullMarked;
