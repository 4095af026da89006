package dev.podhop.run.stage;

import dev.podhop.netstack.Endings;
import dev.podhop.workload.AttemptResult;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Kinds of attempts: a flow, an outcome, and where and why the first packet ended badly. */
public final class Kinds {

    /** Of each kind so many are kept. */
    private static final int FEW = 3;

    private Kinds() {}

    /** Attempts of the kinds that a flow's first attempts have none of. */
    public static BitSet missing(Execution run, int traced) {
        Endings endings = run.stage().cluster().network().endings();
        Set<String> seen = new HashSet<>();
        for (AttemptResult each : run.results()) {
            if (each.number() < traced) {
                seen.add(kind(each, endings));
            }
        }
        BitSet missing = new BitSet();
        Map<String, Integer> counts = new HashMap<>();
        for (AttemptResult each : run.results()) {
            String kind = kind(each, endings);
            if (!seen.contains(kind) && counts.merge(kind, 1, Integer::sum) <= FEW) {
                missing.set(each.attempt());
            }
        }
        return missing;
    }

    private static String kind(AttemptResult attempt, Endings endings) {
        int number = attempt.attempt();
        String end = endings.any(number)
                ? " " + endings.namespace(number) + " " + endings.reason(number)
                : "";
        return attempt.flow() + " " + attempt.outcome() + end
                + (attempt.why() == null ? "" : " " + attempt.why().code());
    }
}
