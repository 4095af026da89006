package dev.podhop.run.stage;

import dev.podhop.netstack.Endings;
import dev.podhop.trace.Explanation;
import dev.podhop.workload.AttemptResult;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Kinds of attempts: a flow, an outcome, where and why the first packet
 * ended badly, and what went wrong. */
public final class AttemptKinds {

    /** Of each kind so many are kept. */
    private static final int FEW = 3;

    private AttemptKinds() {}

    /**
     * Attempts of the kinds that a flow's first attempts have none of.
     *
     * @param whys why the failed ones failed
     */
    public static BitSet missing(Execution run, int traced,
            Map<Integer, Explanation> whys) {
        Endings endings = run.stage().cluster().network().endings();
        Set<String> seen = new HashSet<>();
        for (AttemptResult each : run.results()) {
            if (each.number() < traced) {
                seen.add(kind(each, endings, whys));
            }
        }
        BitSet missing = new BitSet();
        Map<String, Integer> counts = new HashMap<>();
        for (AttemptResult each : run.results()) {
            String kind = kind(each, endings, whys);
            if (!seen.contains(kind) && counts.merge(kind, 1, Integer::sum) <= FEW) {
                missing.set(each.attempt());
            }
        }
        return missing;
    }

    private static String kind(AttemptResult attempt, Endings endings,
            Map<Integer, Explanation> whys) {
        int number = attempt.attempt();
        String end = endings.any(number)
                ? " " + endings.namespace(number) + " " + endings.reason(number)
                : "";
        Explanation why = whys.get(number);
        return attempt.flow() + " " + attempt.outcome() + end
                + (why == null ? "" : " " + why.code());
    }
}
