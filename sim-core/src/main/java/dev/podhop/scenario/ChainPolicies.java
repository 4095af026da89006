package dev.podhop.scenario;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * {@code iptables -P} on the nodes, IPv4: what a host firewall does with what no rule accepts.
 *
 * @param nodes by the node's name
 */
public record ChainPolicies(
        @Key(value = "Policies of the filter table's chains, on every node.",
                otherwise = "ACCEPT")
        Map<Chain, Policy> filter,
        @Key(value = "The same of single nodes, by their names; what `filter` says holds for the"
                + " chains that are not named here.",
                otherwise = "as `filter` says")
        Map<String, Map<Chain, Policy>> nodes) {

    /** Nobody's firewall. */
    public static final ChainPolicies NONE = new ChainPolicies(Map.of(), Map.of());

    public ChainPolicies {
        filter = Collections.unmodifiableMap(new LinkedHashMap<>(filter));
        nodes = Collections.unmodifiableMap(new LinkedHashMap<>(nodes));
    }

    /** A built-in chain. */
    public enum Chain {
        INPUT,
        FORWARD,
        OUTPUT
    }

    /** {@code iptables -P CHAIN POLICY}. */
    public enum Policy {
        ACCEPT,
        DROP
    }

    /** A chain's policy on a node. */
    public Policy of(String node, Chain chain) {
        return nodes.getOrDefault(node, Map.of()).getOrDefault(chain,
                filter.getOrDefault(chain, Policy.ACCEPT));
    }
}
