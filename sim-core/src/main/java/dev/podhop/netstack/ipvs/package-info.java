/**
 * IPVS: virtual servers, schedulers, and a connection table beside conntrack's.
 *
 * <pre>
 *   packet to a virtual server --> IpvsTable.in --> Connection? its server
 *                                       |               | none
 *                                       |               v
 *                                       |        ServiceState.schedule (Template: persistence)
 *   packet of a real server ----> IpvsTable.out --> Connection? the virtual server's address
 * </pre>
 *
 * <p>Pure bookkeeping: where in the kernel's hooks it is asked, and what is written into packets,
 * is {@code netstack.IpvsHooks}. Validated against kube-proxy 1.30 on Linux 6.1. Left out:
 * tunnelling and direct routing, synchronisation between hosts, overload thresholds, firewall
 * marks, drop strategies.
 */
@NullMarked
package dev.podhop.netstack.ipvs;

import org.jspecify.annotations.NullMarked;
