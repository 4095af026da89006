package dev.podhop.run;

import dev.podhop.net.L4Protocol;
import java.util.List;
import org.apache.commons.math3.fraction.BigFraction;

/** Every flow's exact probabilities. */
public record OddsResult(String scenario, List<FlowOdds> flows) {

    public OddsResult {
        flows = List.copyOf(flows);
    }

    /**
     * One flow from one pod.
     *
     * @param results sorted as {@link ResultKey} sorts; with {@code explored} 1 they add up to 1
     * @param branches how many sequences of choices were followed
     * @param explored the probability of the branches followed: 1, or the sum of what the results'
     *        lower bounds rest on where there were too many branches
     */
    public record FlowOdds(String flow, String from, String to, L4Protocol protocol,
            List<ResultOdds> results, int branches, BigFraction explored) {

        public FlowOdds {
            results = List.copyOf(results);
        }

        /** Whether every branch was followed. */
        public boolean exact() {
            return explored.equals(BigFraction.ONE);
        }
    }

    /** A way to end, with its probability. */
    public record ResultOdds(ResultKey key, BigFraction probability) {}
}
