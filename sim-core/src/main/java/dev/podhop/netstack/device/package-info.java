/**
 * Devices, the wires between them, and the learning bridge.
 *
 * <pre>
 *   pod                      node                              edge
 *   eth0 ===link=== vethN --+                          +-- v-n1
 *                           +-- cni0 (bridge)   eth0 ==+== link
 *   eth0 ===link=== vethM --+
 * </pre>
 *
 * <p>Models what decides where a frame goes: MAC addresses, bridge ports with their hairpin flag, a
 * promiscuous bridge, latency, jitter and loss of a link, MTU. Left out: bandwidth and queueing on
 * wires, VLANs, STP, ageing of the forwarding table (300 s in the kernel).
 */
@NullMarked
package dev.podhop.netstack.device;

import org.jspecify.annotations.NullMarked;
