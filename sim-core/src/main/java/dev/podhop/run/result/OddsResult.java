package dev.podhop.run.result;

import dev.podhop.net.L4Protocol;
import dev.podhop.trace.Explanation;
import dev.podhop.trace.Outcome;
import dev.podhop.workload.ResultKey;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.math3.fraction.BigFraction;

/**
 * Every flow's exact probabilities.
 *
 * @param refusals flows that could not begin and events that could not happen, a message each, with
 *        the place in the file
 */
public record OddsResult(String scenario, List<FlowOdds> flows, List<String> refusals) {

    public OddsResult {
        flows = List.copyOf(flows);
        refusals = List.copyOf(refusals);
    }

    /** Of flows that all began. */
    public OddsResult(String scenario, List<FlowOdds> flows) {
        this(scenario, flows, List.of());
    }

    /**
     * One flow from one pod.
     *
     * @param results sorted as {@link ResultKey} sorts; with {@code explored} 1 they add up to 1
     * @param branches how many sequences of choices were followed
     * @param explored the probability of the branches followed: 1, or the sum of what the results'
     *        lower bounds rest on where there were too many branches
     * @param notes what these are the odds of, where attempts of the flow differ, and what is not
     *        simulated and may refuse what is answered here
     */
    public record FlowOdds(String flow, String from, String to, L4Protocol protocol,
            List<ResultOdds> results, int branches, BigFraction explored,
            List<Explanation> notes) {

        public FlowOdds {
            results = List.copyOf(results);
            notes = List.copyOf(notes);
        }

        /** Odds of every attempt alike. */
        public FlowOdds(String flow, String from, String to, L4Protocol protocol,
                List<ResultOdds> results, int branches, BigFraction explored) {
            this(flow, from, to, protocol, results, branches, explored, List.of());
        }

        public FlowOdds with(List<Explanation> more) {
            return new FlowOdds(flow, from, to, protocol, results, branches, explored,
                    Stream.concat(notes.stream(), more.stream()).toList());
        }

        /** The probability that an attempt is not answered, of what was explored. */
        public BigFraction failure() {
            return results.stream().filter(r -> r.key().outcome() != Outcome.Answered)
                    .map(ResultOdds::probability).reduce(BigFraction.ZERO, BigFraction::add);
        }

        /** Whether every branch was followed. */
        public boolean exact() {
            return explored.equals(BigFraction.ONE);
        }
    }

    /** A way to end, with its probability. */
    public record ResultOdds(ResultKey key, BigFraction probability) {}
}
