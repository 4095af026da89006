/**
 * What the cluster's controllers make of what users wrote: pods of workloads, their places, and the
 * endpoints of Services; and what becomes of nodes that fall silent.
 *
 * <pre>
 * Deployment --&gt; ReplicaSet --&gt; Pod --(Scheduler)--&gt; on a node --(kubelet)--&gt; ready
 * StatefulSet, DaemonSet ------^                                             |
 * Service ------------------------------(EndpointSliceController)--------&gt; EndpointSlice
 * Endpoints without selector -----------(EndpointSliceMirroring)---------&gt; EndpointSlice
 *
 * a write --(Watches, late)--&gt; wake --&gt; WorkQueue --(in time)--&gt; reconcile --&gt; writes
 * </pre>
 *
 * <p>Every controller is level triggered: it is woken late, looks at the store as it is then, and
 * does one step, whose writes wake whoever goes on. Before time begins the same steps are done at
 * once, until there is none left ({@link dev.podhop.k8s.controller.Controllers#settle}); only there
 * {@code PodStarter} stands in for kubelet.
 *
 * <p>Whoever darkens a node tells {@link
 * dev.podhop.k8s.controller.NodeLifecycleController#heartbeatsStop}, and {@code heartbeatsResume}
 * when it is back. While all nodes live, nothing periodic is scheduled.
 *
 * <p>Followed are the functions that each class names, as of Kubernetes 1.30 to 1.34; one page for
 * each controller, below {@code docs/controllers}, says what is simplified. Left out are Jobs,
 * autoscaling, PodDisruptionBudgets, ControllerRevision objects, client-side rate limits, and the
 * Endpoints objects that the cluster keeps beside slices for old clients. Validated by stories with
 * the time of every write and, through the rules that kube-proxy makes of the slices, by the lab.
 */
@NullMarked
package dev.podhop.k8s.controller;

import org.jspecify.annotations.NullMarked;
