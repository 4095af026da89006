/**
 * How pods hang on their node, and what leaves it.
 *
 * <pre>
 *   bridge                                     routed
 *   pod eth0 10.244.1.5/24 --- veth0 --+       pod eth0 10.244.1.5/32 --- veth0 (proxy ARP)
 *   pod eth0 10.244.1.22/24 -- veth1 --+       pod eth0 10.244.1.22/32 -- veth1 (proxy ARP)
 *                    cni0 10.244.1.1/24        node: 10.244.1.5 dev veth0, 10.244.1.22 dev veth1
 * </pre>
 *
 * <p>Models the reference bridge plugin and Calico-like routed veths as the lab wired them, with
 * the plugin's masquerading of what leaves the cluster. Left out: overlays (VXLAN, IPIP), eBPF
 * datapaths, several interfaces a pod, NetworkPolicy.
 */
@NullMarked
package dev.podhop.cni;

import org.jspecify.annotations.NullMarked;
