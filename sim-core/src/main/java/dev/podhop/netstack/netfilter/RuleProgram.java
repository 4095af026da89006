package dev.podhop.netstack.netfilter;

import java.util.List;

/**
 * Compiled rules of one owner in one namespace. Immutable: a sync replaces the whole program, as
 * {@code iptables-restore} replaces tables.
 */
public interface RuleProgram {

    /** Its chains, in no particular order: each says where it hangs. */
    List<BaseChain> chains();

    /** What else it hangs in the hooks. */
    default List<HookCallback> callbacks() {
        return List.of();
    }
}
