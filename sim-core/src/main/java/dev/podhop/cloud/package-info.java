/**
 * The cloud's load balancers, at the edge between the nodes and the world.
 *
 * <pre>
 *   client --> VIP  [ session table? -> its backend : scheduler -> new session ]  --> node or pod
 *   client <-- VIP  [ translated back, if the reply crosses the edge ]            <-- node or pod
 * </pre>
 *
 * <pre>
 *   Services, nodes, slices --&gt; ServiceController --(calls take time)--&gt; Cloud: instances,
 *   somebody at the console -----------------------------------&gt; listeners, backends
 * </pre>
 *
 * <p>What differs between vendors is data ({@link dev.podhop.cloud.LoadBalancerProfiles}): each
 * value of a profile says whether a source documents it ({@code modelled}) or nobody does
 * ({@code assumed}), and a Scenario overrides it key by key.
 *
 * <p>Models the life of an instance after TKE's pages (access, tags, existing instances, what is
 * refused), backend selection, weights, readiness gates, health by probes in a row. Leaves out:
 * layer 7, TLS, zones, quotas, calls that fail. Probes' packets and sessions are the cluster's
 * business. Validated by the lab's {@code lb-*} and {@code loop-*} cases for the behaviour without
 * time, and by the cited documents for the rest.
 */
@NullMarked
package dev.podhop.cloud;

import org.jspecify.annotations.NullMarked;
