package dev.podhop.nodedump;

import dev.podhop.k8s.source.Location;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A chain of a dump, with its rules in order. */
public final class DumpedChain {

    private final Name name;
    private final Location where;
    private final List<DumpedRule> rules = new ArrayList<>();
    private String policy = "";
    private @Nullable Base base;

    /**
     * Which chain.
     *
     * @param family {@code ip}, {@code ip6}, {@code inet}
     * @param nft whether its rules are in nft's language
     */
    public record Name(String family, String table, String chain, boolean nft) {

        /** Another chain of the same table. */
        public Name sibling(String other) {
            return new Name(family, table, other, nft);
        }

        @Override
        public String toString() {
            return (nft ? family + " " : family.equals("ip6") ? "ip6 " : "") + table + " " + chain;
        }
    }

    /**
     * Where nft hangs it.
     *
     * @param hook {@code prerouting}
     */
    public record Base(String type, String hook, int priority) {}

    DumpedChain(Name name, Location where) {
        this.name = name;
        this.where = where;
    }

    public Name name() {
        return name;
    }

    /** Where it is declared. */
    public Location where() {
        return where;
    }

    public List<DumpedRule> rules() {
        return List.copyOf(rules);
    }

    /** {@code ACCEPT}, {@code DROP}; empty where a packet goes back to where it came from. */
    public String policy() {
        return policy;
    }

    /** Where it hangs; null for iptables' own and for those that are jumped to. */
    public @Nullable Base base() {
        return base;
    }

    void add(DumpedRule rule) {
        rules.add(rule);
    }

    void setPolicy(String word) {
        policy = word;
    }

    void setBase(Base hung) {
        base = hung;
    }
}
