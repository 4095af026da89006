package dev.podhop.netstack.netfilter;

/**
 * Who installs rules in a namespace, each through {@code HookTable.install}.
 *
 * <p>Which owner's rules of a chain come first hangs on who puts its rules at the top
 * ({@code iptables -I}), who at the bottom ({@code -A}), and who came first: see {@link BaseChain}.
 */
public enum RuleOwner {
    KUBE_PROXY,
    /** The kernel's IPVS, which kube-proxy configures in ipvs mode. */
    IPVS,
    /** What the CNI plugin masquerades. */
    CNI_MASQUERADE,
    /** The portmap plugin: {@code hostPort}. */
    PORT_MAPS,
    /** NetworkPolicies, as a plugin enforces them. */
    POLICIES,
    NODE_LOCAL_DNS,
    /** What the edge makes of addresses that mean another thing outside, or nothing. */
    BORDER,
    /** The cloud's load balancers, at its edge. */
    EDGE
}
