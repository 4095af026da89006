/**
 * kube-proxy's ipvs mode: virtual servers, the addresses that are bound for them, ipsets, and the
 * rules of iptables around them.
 *
 * <pre>
 *                 +--> VirtualServers: what the kernel's IPVS is told, what kube-ipvs0 carries
 *   ServiceTable, |
 *   IpvsNode -----+--> IpvsWalk: marks, access, source ranges
 *                 |        | tracing
 *                 |        v
 *                 |    IpvsStory --+
 *                 |                +--> IpvsRules, SetNames: each rule's text, once
 *                 +--> IpSets -----+    ipset save, iptables-save
 * </pre>
 *
 * <p>The choice itself is the kernel's: {@code netstack.ipvs}. There is no short circuit for the
 * Local policies, and no drop: without a local endpoint all of the cluster's are taken.
 *
 * <p>Validated: the dumps and outcomes of kube-proxy 1.30 on Linux 6.1, facts from kube-proxy's own
 * tests, and a walk through what a node's tools print. Left out: that kube-proxy programs virtual
 * servers one by one.
 */
@NullMarked
package dev.podhop.kubeproxy.ipvs;

import org.jspecify.annotations.NullMarked;
