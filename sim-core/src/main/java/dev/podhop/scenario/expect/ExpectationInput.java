package dev.podhop.scenario.expect;

import dev.podhop.trace.Hop;
import dev.podhop.workload.AttemptResult;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.fraction.BigFraction;

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
    Map<Result, BigFraction> odds(String flow, String client);

    /**
     * Whether attempts are independent draws from the odds: no affinity, no fixed source port, no
     * change while they were made.
     */
    boolean independent(String flow);

    /** The hops of those of the flow's attempts that were traced, in order. */
    List<Hop> hops(String flow);
}
