package dev.podhop.run;

import dev.podhop.net.L4Protocol;
import java.util.List;

/**
 * What became of a flow's attempts.
 *
 * @param from as the file has it, a pod of a deployment by its own name
 * @param to as the file has it
 * @param results sorted by outcome, endpoint, source, null first
 * @param failures why the failed ones failed, the most frequent first
 */
public record FlowResult(String flow, String from, String to, L4Protocol protocol, int attempts,
        List<ResultCount> results, List<FailureCause> failures) {

    public FlowResult {
        results = List.copyOf(results);
        failures = List.copyOf(failures);
    }
}
