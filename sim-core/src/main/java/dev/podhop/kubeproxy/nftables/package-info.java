/**
 * kube-proxy's nftables mode: verdict maps and sets, and the text they stand for.
 *
 * <pre>
 *                 +--> NftablesWalk: which element or rule met the packet, found by hashing;
 *   ServiceTable, |        |         what it does says the Decider
 *   FamilyNode ---+        v tracing
 *                 |    NftablesStory --+
 *                 |                    +--> ServiceChains, EndpointChains, BaseChains: each
 *                 +--> FamilyRuleset --+    rule's and element's text, once
 *                          |
 *                          v
 *                      TableText: nft list ruleset
 * </pre>
 *
 * <p>What tells this mode from iptables is where its chains hang ({@link
 * dev.podhop.kubeproxy.nftables.TableLayout}) and that a map has one element for a key.
 *
 * <p>Validated: the flows of kube-proxy's own tests; the dumps, outcomes and captures of kube-proxy
 * 1.30 on a real kernel, but for the order of Services and of elements; a test that walks the
 * printed table. Left out: chains that stay, empty, until the next sync; the elements of affinity
 * sets in the text; what a later kube-proxy adds for localhost node ports.
 */
@NullMarked
package dev.podhop.kubeproxy.nftables;

import org.jspecify.annotations.NullMarked;
