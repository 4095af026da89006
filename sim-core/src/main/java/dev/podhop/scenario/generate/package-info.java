/**
 * Writes clusters of any size as manifests, for whoever wants to know how Podhop, or anything else
 * that reads manifests, takes to size.
 *
 * <pre>
 *   GeneratedCluster (how many of each, seed) --writeTo--&gt; Nodes, Services, pods, a Scenario
 * </pre>
 *
 * <p>Models the shape of a plain cluster: three zones, a /24 for each node's pods, Services of
 * uneven sizes. Leaves out everything that no measurement needs. Validated by reading back what is
 * written.
 */
@NullMarked
package dev.podhop.scenario.generate;

import org.jspecify.annotations.NullMarked;
