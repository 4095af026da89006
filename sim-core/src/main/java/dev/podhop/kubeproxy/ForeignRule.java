package dev.podhop.kubeproxy;

import dev.podhop.net.IpFamily;

/**
 * A rule of somebody else in a table of {@code iptables}: it stands in the same dump.
 *
 * @param text as {@code iptables-save} prints it, without {@code -A CHAIN}
 * @param first whether it stands before kube-proxy's rules of the chain, not behind them
 */
public record ForeignRule(IpFamily family, String table, String chain, String text,
        boolean first) {}
