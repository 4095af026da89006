package dev.podhop.kubeproxy.nftables;

/**
 * A rule, or an element of a map that decided, as {@code nft list ruleset} prints it.
 *
 * @param chain in which it stands
 */
record NftRule(String chain, String text) {}
