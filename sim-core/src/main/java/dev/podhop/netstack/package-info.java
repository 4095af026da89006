/**
 * A network namespace, and <b>the packet's way</b> through it.
 *
 * <pre>
 * receive(dev) -> prerouting -> routeInput +-> localDeliver -> input -> socket
 *                 raw ct nat               +-> forward(ttl) -> forwardHook -> postrouting
 *                                                               -> neighbour -> transmit
 * send(socket) -> routeOutput -> outputHook -> reroute if changed -> postrouting -> ...
 * bridge port in -> (bridge netfilter) prerouting -> DNATed? routed like any packet
 *                                     : bridged -> forward -> postrouting -> bridge port out
 * </pre>
 *
 * <p>{@link dev.podhop.netstack.PacketPath} is the table of contents: control flow lives there
 * alone. Everything else answers questions. Asynchrony lives in two places: a
 * {@link dev.podhop.netstack.Wire}, and the queue of packets that wait for a neighbour.
 *
 * <p>Validated against the packet captures and outcomes of real kernels ({@code LabTest}). Left
 * out: fragments, IP options, multicast, policy routing, tunnels, XDP and tc.
 */
@NullMarked
package dev.podhop.netstack;

import org.jspecify.annotations.NullMarked;
