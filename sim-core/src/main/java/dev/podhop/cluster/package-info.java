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
 * <p>A run begins with a {@link dev.podhop.cluster.Cluster} that agrees with the API's objects
 * ({@code settle}). From then on each part follows in its own time: kube-proxies by their watches
 * and runners, pods by what kubelet has done, load balancers by what the cloud was told.
 */
@NullMarked
package dev.podhop.cluster;

import org.jspecify.annotations.NullMarked;
