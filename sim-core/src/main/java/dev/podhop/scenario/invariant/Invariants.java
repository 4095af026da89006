package dev.podhop.scenario.invariant;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Checks a run's evidence against every invariant. */
public final class Invariants {

    private final Map<InvariantReason, List<Object>> first = new LinkedHashMap<>();
    private final Map<InvariantReason, Integer> counts = new LinkedHashMap<>();

    private Invariants() {}

    /** What does not hold: one violation a reason, with its first occurrence. */
    public static List<Violation> check(InvariantInput evidence) {
        Invariants found = new Invariants();
        new PacketWays(evidence, found).check();
        new Translations(evidence.changes(), found).check(evidence.hops());
        if (evidence.inUse().size() != evidence.underWay()) {
            found.add(InvariantReason.NOT_CONSERVED, evidence.inUse().size(),
                    evidence.underWay());
        }
        List<Violation> violations = new ArrayList<>();
        found.first.forEach((reason, values) -> {
            List<Object> all = new ArrayList<>(values);
            all.add(found.counts.getOrDefault(reason, 0));
            violations.add(new Violation(reason.invariant(), reason.of(all.toArray())));
        });
        return violations;
    }

    /** Notes an occurrence; values in the order of the reason's arguments, without the count. */
    void add(InvariantReason reason, Object... values) {
        first.putIfAbsent(reason, List.of(values));
        counts.merge(reason, 1, Integer::sum);
    }
}
