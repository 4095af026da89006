package dev.podhop.run.result;

import dev.podhop.scenario.expect.Check;
import dev.podhop.trace.Explanation;
import dev.podhop.trace.Hop;
import dev.podhop.trace.StateChange;
import dev.podhop.workload.AttemptLog;
import dev.podhop.workload.AttemptResult;
import java.util.List;
import java.util.Map;

/**
 * One seeded run, or the sum of several.
 *
 * @param endNanos virtual time at which it ended
 * @param flows in the order of the timeline
 * @param checks one an expectation, then one a violated invariant
 * @param attempts in the order in which they ended
 * @param unscheduled pods that no node had taken at the end, {@code pod/web-1}
 * @param hops of the attempts that were traced, in order
 * @param whys why attempts failed, by attempt: those that were followed; where every kind was
 *        wanted all of them, one that nobody followed as the first like it
 * @param refusals events that could not happen, a message each, with the place in the file
 * @param runs how many were added up, with the seeds from {@code seed} on; each check is of the
 *        first run that failed it
 */
public record RunResult(String scenario, long seed, long endNanos, List<FlowResult> flows,
        List<Check> checks, List<String> unscheduled, List<AttemptResult> attempts, List<Hop> hops,
        List<StateChange> changes, Map<Integer, Explanation> whys, List<String> refusals,
        int runs) {

    /** One run. */
    public RunResult(String scenario, long seed, long endNanos, List<FlowResult> flows,
            List<Check> checks, List<String> unscheduled, List<AttemptResult> attempts,
            List<Hop> hops, List<StateChange> changes) {
        this(scenario, seed, endNanos, flows, checks, unscheduled, attempts, hops, changes,
                Map.of(), List.of(), 1);
    }

    public RunResult {
        flows = List.copyOf(flows);
        checks = List.copyOf(checks);
        unscheduled = List.copyOf(unscheduled);
        attempts = attempts instanceof AttemptLog ? attempts : List.copyOf(attempts);
        hops = List.copyOf(hops);
        changes = List.copyOf(changes);
        whys = Map.copyOf(whys);
        refusals = List.copyOf(refusals);
    }

    /** Whether nothing that was checked failed. */
    public boolean passed() {
        return checks.stream().noneMatch(Check::failed);
    }
}
