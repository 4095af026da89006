package dev.podhop.trace;

/**
 * A rule that matched, in the text of the tool that shows it.
 *
 * @param table {@code nat}
 * @param chain {@code KUBE-SERVICES}
 * @param rule without {@code -A CHAIN}; a chain's policy as {@code -P CHAIN DROP}
 */
public record RuleMatch(String table, String chain, String rule, Explanation why) {

    /** As the tool's command line has it. */
    public String text() {
        return rule.startsWith("-P ") ? rule : "-A " + chain + " " + rule;
    }
}
