/**
 * kube-proxy's iptables mode: what its rules do to a packet, and the rules as text.
 *
 * <pre>
 *   ServiceTable --+--> NatWalk, FilterWalk    the answer, found by hashing
 *   FamilyNode ----+--> NatStory, FilterStory  the rules that gave it, for the trace
 *                  +--> RulesetWriter          all rules, as iptables-save prints them
 * </pre>
 *
 * <p>Answer, story and text take their rules from
 * {@link dev.podhop.kubeproxy.iptables.ServiceRules} and
 * {@link dev.podhop.kubeproxy.iptables.EndpointRules}, so that they cannot disagree. The walk
 * through the chains, which takes the kernel longer with every Service, is a number here
 * ({@link dev.podhop.kubeproxy.iptables.WalkCost}).
 *
 * <p>Left out: partial syncs, and rules that other programs put between kube-proxy's. Validated
 * against the flows of kube-proxy's own unit tests, and against {@code iptables-save} of every node
 * on which kube-proxy 1.30.3 wrote its rules for the lab's cases.
 */
@NullMarked
package dev.podhop.kubeproxy.iptables;

import org.jspecify.annotations.NullMarked;
