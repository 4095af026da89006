/**
 * The node's agent: from a pod bound to its node to a process that answers, and back.
 *
 * <pre>
 * pod bound -&gt; sandbox, address -&gt; init containers -&gt; process -&gt; startup probe
 *     -&gt; readiness probe -&gt; Ready --(liveness fails)-&gt; container restarts, same address
 * deletion -&gt; preStop -&gt; SIGTERM -&gt; process exits, or SIGKILL -&gt; sandbox, object gone
 * </pre>
 *
 * <p>One {@link dev.podhop.kubelet.PodWorker} a pod, driven by what its kubelet has seen of the API
 * and by the clock. What a node does for its pods, from plugging in a cable to a probe's packets,
 * is a {@link dev.podhop.kubelet.PodRuntime}, which the data plane implements.
 *
 * <p>Models {@code pkg/kubelet} of Kubernetes 1.30 to 1.34: pod workers, probe workers with their
 * ticks and thresholds, the generic PLEG's relist of one second, crash loop back-off, the order of
 * a pod's end. What is read from the files at time 0 runs as its status says. Leaves out images,
 * volumes, resources, postStart hooks, a probe's own grace period, eviction by pressure, static
 * pods, graceful node shutdown, and what commands do: a probe that runs one succeeds.
 *
 * <p>Validated against the sources named, by tests that tell their stories; no kubelet was run.
 */
@NullMarked
package dev.podhop.kubelet;

import org.jspecify.annotations.NullMarked;
