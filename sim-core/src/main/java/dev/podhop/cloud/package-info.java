/**
 * The cloud's load balancers, at the edge between the nodes and the world.
 *
 * <pre>
 *   client --> VIP  [ session table? -> its backend : scheduler -> new session ]  --> node or pod
 *   client <-- VIP  [ translated back, if the reply crosses the edge ]            <-- node or pod
 * </pre>
 *
 * <p>What differs between vendors is data ({@link dev.podhop.cloud.LoadBalancerProfiles}): each
 * value of a profile says whether a source documents it ({@code modelled}) or nobody does
 * ({@code assumed}), and a Scenario overrides it key by key.
 *
 * <p>Leaves out: layer 7, TLS, weights that somebody sets by hand, zones, quotas, and how long a
 * cloud's control plane takes. Validated by the lab's {@code lb-*} and {@code loop-*} cases for the
 * behaviour, and by each profile's cited documents for its values.
 */
@NullMarked
package dev.podhop.cloud;

import org.jspecify.annotations.NullMarked;
