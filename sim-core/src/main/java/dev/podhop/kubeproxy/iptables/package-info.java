/**
 * kube-proxy's iptables mode: a rule program, and the text it stands for.
 *
 * <pre>
 *                       +--> NatWalk, FilterWalk: which rules are met, found by hashing;
 *   ServiceTable,       |        |   what they do says the Decider
 *   FamilyNode ---------+        v
 *                       |    NatStory, FilterStory --+
 *                       |                            +--> ServiceRules, EndpointRules,
 *                       +--> RulesetWriter ----------+    BaseRules: each rule's text, once
 * </pre>
 *
 * <p>The program never walks the text, and the text is never asked; what keeps them together is
 * that a trace quotes rules from the same methods that the renderer prints, and a test that walks
 * the printed rules packet by packet and compares.
 *
 * <p>Validated: the flows of kube-proxy's own tests; the dumps of kube-proxy 1.30.3 on a real
 * kernel, byte for byte but for the order of Services, which is random there; and random rule sets
 * loaded into a kernel by {@code iptables-restore} and read back unchanged.
 *
 * <p>Left out: partial syncs (no rule differs by them), nfacct counters, chains that a large
 * cluster keeps unreferenced until its next cleanup. Where Services claim one address and port,
 * which of them wins is drawn; the text has them in the order of their names.
 */
@NullMarked
package dev.podhop.kubeproxy.iptables;

import org.jspecify.annotations.NullMarked;
