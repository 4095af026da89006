/**
 * Assembles a cluster: namespaces, wires and routes for its nodes, pods, edge and outside hosts;
 * rules for every node; targets for every load balancer; servers in every pod.
 *
 * <pre>
 *   vpc:  node eth0 ---- v-node [ fab ] v-ext ---- eth0 ext     l2: nodes on one segment with fab
 *          |                load balancers
 *          +- pods
 * </pre>
 *
 * <p>{@link dev.podhop.cluster.Cluster} is given the API's objects and makes the data plane agree
 * with them at once; how long controllers take to get there is somebody else's business.
 */
@NullMarked
package dev.podhop.cluster;

import org.jspecify.annotations.NullMarked;
