/**
 * kube-proxy: Services and EndpointSlices in, a rule program out; it never touches a packet.
 *
 * <pre>
 *   Service -------> ServiceChangeTracker ----+
 *                                             +--> ServiceTable (shared) --+
 *   EndpointSlice -> EndpointsChangeTracker --+                            +--> RuleProgram
 *   node, KubeProxyConfiguration ------------------> FamilyNode (its own) -+    per node
 * </pre>
 *
 * <p>This package holds what every proxy mode has in common; the modes are packages below it. What
 * differs between nodes is kept apart from what does not: there is one
 * {@link dev.podhop.kubeproxy.ServiceTable} per family and version of the cluster's state, and per
 * node a {@link dev.podhop.kubeproxy.FamilyNode} of a few fields. Endpoints of the Local policies
 * are grouped by node inside the Service port, endpoints with hints by hinted zone or node, so that
 * memory grows with Services + endpoints + nodes and never with nodes x Services.
 *
 * <p>A table is never changed: where only endpoints differ, the next one shares all but what has
 * changed ({@link dev.podhop.kubeproxy.VersionedList}), and a node is told the difference. So one
 * changed endpoint costs the same among ten Services and ten thousand, in every mode.
 *
 * <p>What is done with a new connection is decided once, by {@link dev.podhop.kubeproxy.Decider},
 * in no mode's words; the modes say which of their rules met it, and write them.
 *
 * <p>{@link dev.podhop.kubeproxy.TableHistory} keeps a table for every version that some node may
 * still act on; {@link dev.podhop.kubeproxy.SyncRunner} says when a node goes to the next one, and
 * {@link dev.podhop.kubeproxy.SyncCost} how long that takes.
 *
 * <p>Validated against facts from kube-proxy's own unit tests and against the rules of kube-proxy
 * 1.30.3 on a real kernel, its timing against that kube-proxy in real time. Left out: syncs that
 * fail, events and metrics.
 */
@NullMarked
package dev.podhop.kubeproxy;

import org.jspecify.annotations.NullMarked;
