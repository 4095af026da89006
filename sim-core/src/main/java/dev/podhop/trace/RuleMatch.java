package dev.podhop.trace;

/**
 * A rule that matched, in the text of the tool that shows it.
 *
 * @param table {@code nat}
 * @param chain {@code KUBE-SERVICES}
 * @param rule without {@code -A CHAIN}
 */
public record RuleMatch(String table, String chain, String rule, Explanation why) {}
