package dev.podhop.kubeproxy;

import dev.podhop.net.IpFamily;

/**
 * A rule of somebody else in a table of {@code iptables}: it stands in the same dump.
 *
 * @param text as {@code iptables-save} prints it, without {@code -A CHAIN}; of a policy its word
 */
public record ForeignRule(IpFamily family, String table, String chain, String text,
        Place place) {

    /** Where in the chain. */
    public enum Place {
        /** Before kube-proxy's rules. */
        FIRST,
        /** Behind them. */
        LAST,
        /** What becomes of a packet that no rule decided on ({@code -P}). */
        POLICY
    }

    /** A built-in chain's policy. */
    public static ForeignRule policy(IpFamily family, String table, String chain, String word) {
        return new ForeignRule(family, table, chain, word, Place.POLICY);
    }
}
