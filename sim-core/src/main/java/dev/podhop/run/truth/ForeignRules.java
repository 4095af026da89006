package dev.podhop.run.truth;

import dev.podhop.k8s.source.Location;
import dev.podhop.net.Hook;
import dev.podhop.nodedump.DumpedChain;
import dev.podhop.nodedump.DumpedRule;
import dev.podhop.nodedump.NodeDump;
import dev.podhop.nodedump.RuleCondition;
import dev.podhop.run.truth.RuleWalk.End;
import dev.podhop.run.truth.RuleWalk.Ended;
import dev.podhop.trace.Explanation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Rules of others that certainly keep packets from a Service, each found by walking packets. */
final class ForeignRules {

    /** So many are told. */
    private static final int MOST = 8;
    /** Tables of iptables in the order in which a hook has them. */
    private static final List<String> TABLES = List.of("raw", "mangle", "nat", "filter",
            "security");

    private final Probes probes;
    private final NodeDump found;
    private final NodeDump expected;

    ForeignRules(Probes probes, NodeDump found, NodeDump expected) {
        this.probes = probes;
        this.found = found;
        this.expected = expected;
    }

    List<Truth> found() {
        List<DumpedRule> hostile = found.chains().stream()
                .filter(chain -> !isProxys(chain.name()))
                .flatMap(chain -> chain.rules().stream()).filter(ForeignRules::mayStop).toList();
        boolean policies = found.chains().stream().anyMatch(c -> c.policy().equals("DROP"));
        if (hostile.isEmpty() && !policies) {
            return List.of();
        }
        List<String> sources = hostile.stream().flatMap(rule -> rule.conditions().stream())
                .filter(c -> c.kind() == RuleCondition.Kind.SOURCE && !c.negated())
                .flatMap(c -> c.values().stream()).distinct().toList();
        Map<String, Truth> truths = new LinkedHashMap<>();
        for (ProbePacket probe : probes.from(sources)) {
            for (DumpedChain base : bases(probe)) {
                Ended ended = new RuleWalk(found, probe).through(base);
                if (ended.end() == End.DROPPED || ended.end() == End.TAKEN) {
                    stopped(probe, base, ended).ifPresent(
                            t -> truths.putIfAbsent(t.where().toString(), t));
                    break;
                }
            }
            if (truths.size() >= MOST) {
                break;
            }
        }
        return List.copyOf(truths.values());
    }

    private static boolean isProxys(DumpedChain.Name name) {
        return name.nft() ? name.table().equals(KubeChains.NFT_TABLE)
                : KubeChains.isOwn(name.chain());
    }

    private static boolean mayStop(DumpedRule rule) {
        return switch (rule.verdict().kind()) {
            case DROP, REJECT, TRANSLATE, ACCEPT, RETURN -> true;
            default -> false;
        };
    }

    private Optional<Truth> stopped(ProbePacket probe, DumpedChain base, Ended ended) {
        DumpedRule by = ended.by();
        if (by == null) {
            String policy = expected.chain(base.name()).map(DumpedChain::policy).orElse("ACCEPT");
            return policy.equals("DROP") ? Optional.empty()
                    : Optional.of(truth(base.where(), TruthReason.FOREIGN_POLICY.of(
                            base.name(), Truths.place(base.where()), probe.told(),
                            probe.service())));
        }
        if (isProxys(ended.in())) {
            return Optional.empty();
        }
        TruthReason reason = ended.end() == End.TAKEN ? TruthReason.FOREIGN_TAKES
                : TruthReason.FOREIGN_RULE;
        return Optional.of(truth(by.where(), reason.of(by.printed(), ended.in(),
                Truths.place(by.where()), probe.told(), probe.service())));
    }

    private Truth truth(Location where, Explanation why) {
        return new Truth(Truth.Kind.FOREIGN_RULE, probes.node(), where, why);
    }

    /** What a packet passes at a hook, in order. */
    private List<DumpedChain> bases(ProbePacket probe) {
        Hook hook = probe.hook();
        String family = probe.destination().isV4() ? "ip" : "ip6";
        List<DumpedChain> bases = new ArrayList<>();
        for (String table : TABLES) {
            if (!table.equals("nat") || probe.calls() && hook != Hook.INPUT) {
                found.chain(new DumpedChain.Name(family, table, hook.name(), false))
                        .ifPresent(bases::add);
            }
        }
        boolean listed = !bases.isEmpty();
        found.chains().stream().filter(chain -> isHung(chain, family, hook, listed))
                .sorted(Comparator.comparingInt(ForeignRules::priority)).forEach(bases::add);
        return bases;
    }

    private static int priority(DumpedChain chain) {
        DumpedChain.Base base = chain.base();
        return base == null ? 0 : base.priority();
    }

    /** @param listed whether iptables' own tables are there in its own language */
    private static boolean isHung(DumpedChain chain, String family, Hook hook, boolean listed) {
        DumpedChain.Base base = chain.base();
        boolean ofFamily = chain.name().family().equals(family)
                || chain.name().family().equals("inet");
        boolean iptables = TABLES.contains(chain.name().table())
                && !chain.name().family().equals("inet");
        return base != null && ofFamily && base.type().equals("filter")
                && base.hook().equalsIgnoreCase(hook.name())
                && !chain.name().table().equals(KubeChains.NFT_TABLE)
                && !(listed && iptables);
    }
}
