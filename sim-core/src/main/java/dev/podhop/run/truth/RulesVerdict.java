package dev.podhop.run.truth;

import dev.podhop.k8s.source.Location;
import dev.podhop.trace.Explanation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What differences between a node's rules and the expected ones mean: at most three truths. */
final class RulesVerdict {

    /** So many things are told of each. */
    private static final int TOLD = 3;

    private final String node;
    private final Owners owners;
    private final RulesComparison comparison;
    private final boolean knowsAll;
    private final List<Explanation> behind = new ArrayList<>();
    private final List<Explanation> unknown = new ArrayList<>();
    private final List<Explanation> changed = new ArrayList<>();
    private @Nullable Location behindAt;
    private @Nullable Location changedAt;
    private @Nullable Location unknownAt;

    RulesVerdict(String node, Owners owners, RulesComparison comparison, boolean knowsAll) {
        this.node = node;
        this.owners = owners;
        this.comparison = comparison;
        this.knowsAll = knowsAll;
    }

    List<Truth> truths() {
        Map<String, List<Difference>> byService = new LinkedHashMap<>();
        comparison.differences().forEach(d -> byService
                .computeIfAbsent(d.service(), s -> new ArrayList<>()).add(d));
        byService.forEach((service, differences) -> {
            if (service.isEmpty() || !moved(service, differences)) {
                differences.forEach(this::changed);
            }
        });
        List<Truth> truths = new ArrayList<>();
        if (behindAt != null) {
            truths.add(truth(Truth.Kind.BEHIND, TruthReason.BEHIND.of(node), behind, behindAt));
        }
        if (changedAt != null && !(behindAt != null && onlyFollows(byService))) {
            truths.add(truth(Truth.Kind.RULES, TruthReason.RULES.of(node), changed, changedAt));
        }
        if (unknownAt != null) {
            truths.add(new Truth(Truth.Kind.UNKNOWN_SERVICES, node, unknownAt,
                    TruthReason.UNKNOWN_SERVICES.of(node, unknown.size(),
                            unknown.getFirst().arguments().get("service"),
                            Truths.place(unknownAt))));
        }
        return truths;
    }

    /** Sets of addresses follow the Services, and belong to none of them alone. */
    private static boolean onlyFollows(Map<String, List<Difference>> byService) {
        return byService.getOrDefault("", List.of()).stream()
                .allMatch(d -> d.place().endsWith("-ips") || d.place().startsWith("KUBE-IPVS-IPS")
                        || d.place().startsWith("KUBE-6-IPVS-IPS")
                        || d.place().contains("LOOP-BACK") || d.place().contains("LOOPBACK")
                        || d.place().contains("NODE-PORT") || d.place().equals("kube-ipvs0"))
                && byService.size() > 1;
    }

    /** Whether a Service's differences are those of another moment. */
    private boolean moved(String service, List<Difference> differences) {
        Map<String, Location> wanted = comparison.expectedEndpoints().of(service);
        Map<String, Location> there = comparison.foundEndpoints().of(service);
        Location expectedAt = comparison.expectedEndpoints().spoken().get(service);
        Location foundAt = comparison.foundEndpoints().spoken().get(service);
        Location first = differences.getFirst().where();
        if (expectedAt == null && foundAt != null) {
            Explanation extra = TruthReason.SERVICE_EXTRA.of(service, Truths.place(foundAt));
            if (knowsAll || owners.has(service)) {
                behind(extra, foundAt);
            } else {
                unknown.add(extra);
                unknownAt = unknownAt == null ? foundAt : unknownAt;
            }
            return true;
        }
        if (foundAt == null && expectedAt != null) {
            behind(TruthReason.SERVICE_MISSING.of(service, Truths.place(first)), first);
            return true;
        }
        TreeSet<String> missing = new TreeSet<>(wanted.keySet());
        missing.removeAll(there.keySet());
        Map<String, Location> stale = new TreeMap<>(there);
        stale.keySet().removeAll(wanted.keySet());
        stale.forEach((e, where) -> behind(TruthReason.ENDPOINT_STALE.of(service, e,
                Truths.place(where)), where));
        missing.forEach(e -> behind(TruthReason.ENDPOINT_MISSING.of(service, e,
                Truths.place(first)), first));
        return !missing.isEmpty() || !stale.isEmpty();
    }

    private void behind(Explanation why, Location where) {
        behind.add(why);
        behindAt = behindAt == null ? where : behindAt;
    }

    private void changed(Difference difference) {
        changed.add(difference.told());
        changedAt = changedAt == null ? difference.where() : changedAt;
    }

    private Truth truth(Truth.Kind kind, Explanation head, List<Explanation> parts,
            Location where) {
        Explanation why = head;
        for (Explanation part : parts.subList(0, Math.min(TOLD, parts.size()))) {
            why = why.because(part);
        }
        if (parts.size() > TOLD) {
            why = why.because(TruthReason.MORE.of(parts.size() - TOLD));
        }
        return new Truth(kind, node, where, why);
    }
}
