/**
 * What the cluster's controllers make of what users wrote: pods of workloads, their places and
 * addresses, and the endpoints of Services.
 *
 * <pre>
 * Deployment -&gt; ReplicaSet -&gt; Pod --(Scheduler)--&gt; on a node --(PodStarter)--&gt; address,
 * ready StatefulSet, DaemonSet ------^                                                   | Service
 * ------------------------------(EndpointSliceController)--&gt; EndpointSlice v Endpoints without
 * selector -----(EndpointSliceMirroring)--------&gt; EndpointSlice </pre>
 *
 * <p>Models where each controller arrives, not the way there: {@link
 * dev.podhop.k8s.controller.Controllers#settle} derives everything at once. Leaves out rollouts
 * step by step, probes, evictions, resources and affinity in scheduling, topology-aware hints by
 * CPU share, and the Endpoints objects that the cluster keeps beside slices for old clients.
 * Validated by stories in the tests and, through the rules that kube-proxy makes of the slices, by
 * the lab.
 */
@NullMarked
package dev.podhop.k8s.controller;

import org.jspecify.annotations.NullMarked;
