package dev.podhop.netstack.netfilter;

import dev.podhop.net.Hook;
import dev.podhop.net.IpFamily;
import org.jspecify.annotations.Nullable;

/**
 * One owner's rules in one chain that hangs in a hook: its part of a built-in chain of iptables, or
 * a base chain of its own table in nftables.
 *
 * <p>Parts of one table, hook, type, priority and family are one chain. Within it ACCEPT ends the
 * walk for all owners; of another chain at the same hook it says nothing. Among chains of one
 * priority the one registered last is asked first ({@code nf_hook_entries_grow}).
 *
 * @param table {@code filter}, or a table of its owner's own, {@code kube-proxy}
 * @param priority among the callbacks of the hook; of a {@link Type#NAT} chain only among those
 * @param family whose packets it sees; null for both
 * @param place where its owner puts its rules in the chain
 * @param rules the question itself
 */
public record BaseChain(Hook hook, String table, Type type, int priority,
        @Nullable IpFamily family, Place place, Rules rules) {

    /** {@code nft}'s types of chains. */
    public enum Type {
        /** Sees every packet. */
        FILTER,
        /** Sees a connection's first packet, when nat's own callback asks for a translation. */
        NAT
    }

    /** {@code iptables -I} or {@code -A}. */
    public enum Place {
        TOP,
        BOTTOM
    }

    /**
     * Rules, compiled: answered in constant time; writes nothing but the verdict, the log and the
     * {@link RecentLists}.
     */
    @FunctionalInterface
    public interface Rules {
        /** Fills in the verdict, which stands at CONTINUE with the packet's mark. */
        void ask(PacketView packet, Verdict verdict);
    }

    /** An owner's part of a built-in chain of iptables, at the top, for both families. */
    public static BaseChain of(IptablesTable table, Hook hook, Rules rules) {
        return new BaseChain(hook, table.word(),
                table == IptablesTable.NAT ? Type.NAT : Type.FILTER, table.priority(hook), null,
                Place.TOP, rules);
    }

    /** The same for one family only. */
    public BaseChain of(IpFamily only) {
        return new BaseChain(hook, table, type, priority, only, place, rules);
    }

    /** The same behind what is there already. */
    public BaseChain atBottom() {
        return new BaseChain(hook, table, type, priority, family, Place.BOTTOM, rules);
    }
}
