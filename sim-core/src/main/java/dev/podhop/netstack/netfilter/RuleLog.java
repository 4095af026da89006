package dev.podhop.netstack.netfilter;

import dev.podhop.trace.Explanation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes down the rules that a packet met and matched, in order; for the trace. */
public interface RuleLog {

    /**
     * A rule that matched.
     *
     * @param table {@code nat}, {@code filter}, ...
     * @param chain the chain it stands in, {@code KUBE-SERVICES}
     * @param rule the rule as {@code iptables-save} prints it, without {@code -A CHAIN}
     */
    void matched(String table, String chain, String rule, Explanation why);

    /**
     * A load balancer's choice.
     *
     * @param candidates what could be chosen, as the balancer names its targets
     * @param excluded what could not, each with its reason in brackets
     * @param chosen null when nothing was left
     */
    void chose(String loadBalancer, List<String> candidates, List<String> excluded,
            @Nullable String chosen, Explanation why);
}
