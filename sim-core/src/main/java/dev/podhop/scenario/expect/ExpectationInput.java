package dev.podhop.scenario.expect;

import dev.podhop.k8s.source.YamlNode.Mapping;
import dev.podhop.trace.Hop;
import dev.podhop.workload.AttemptResult;
import dev.podhop.workload.ResultKey;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.fraction.BigFraction;
import org.jspecify.annotations.Nullable;

/** What a run showed, flow by flow. */
public interface ExpectationInput {

    /** Whether the flow could be run at all; false for what is not simulated yet. */
    boolean ran(String flow);

    /** The flow's attempts, in the order in which they started. */
    List<AttemptResult> attempts(String flow);

    /**
     * The exact probability of each way for an attempt to end.
     *
     * @param client the label of the client, as {@link AttemptResult#client} has it
     * @return probabilities that add up to 1; empty where they are not known exactly
     */
    Map<ResultKey, BigFraction> odds(String flow, String client);

    /**
     * Whether attempts are independent draws from the odds: no affinity, no fixed source port, no
     * change while they were made.
     */
    boolean independent(String flow);

    /** The hops of those of the flow's attempts that were traced, in order. */
    List<Hop> hops(String flow);

    /**
     * The state at a time, as a tree.
     *
     * @param atNanos null for the end of the run
     * @param what a key of {@link dev.podhop.scenario.Expectation.State}
     */
    Mapping state(@Nullable Long atNanos, String what);
}
