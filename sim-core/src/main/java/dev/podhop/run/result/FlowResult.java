package dev.podhop.run.result;

import dev.podhop.net.L4Protocol;
import dev.podhop.trace.Explanation;
import java.util.List;

/**
 * What became of a flow's attempts.
 *
 * @param from as the file has it, a pod of a deployment by its own name
 * @param to as the file has it
 * @param results sorted by outcome, endpoint, source, null first
 * @param policies what is not simulated and may refuse what is answered here
 * @param failures why the failed ones failed, the most frequent first
 */
public record FlowResult(String flow, String from, String to, L4Protocol protocol, int attempts,
        List<ResultCount> results, List<FailureCause> failures, List<Explanation> policies) {

    /** A flow that no policy is known to concern. */
    public FlowResult(String flow, String from, String to, L4Protocol protocol, int attempts,
            List<ResultCount> results, List<FailureCause> failures) {
        this(flow, from, to, protocol, attempts, results, failures, List.of());
    }

    public FlowResult {
        policies = List.copyOf(policies);
        results = List.copyOf(results);
        failures = List.copyOf(failures);
    }

    /** The same with what is not simulated and concerns it. */
    public FlowResult withPolicies(List<Explanation> concerning) {
        return new FlowResult(flow, from, to, protocol, attempts, results, failures, concerning);
    }
}
