package dev.podhop.netstack.netfilter;

/** Takes down the rules that a packet met and matched, in order; for the trace. */
public interface RuleLog {

    /**
     * A rule that matched.
     *
     * @param table {@code nat}, {@code filter}, ...
     * @param chain the chain it stands in, {@code KUBE-SERVICES}
     * @param rule the rule as {@code iptables-save} prints it, without {@code -A CHAIN}
     * @param code key of the explanation, {@code rule.dnat.endpoint}
     * @param arguments of the explanation, name and value in turn
     */
    void matched(String table, String chain, String rule, String code, String... arguments);
}
