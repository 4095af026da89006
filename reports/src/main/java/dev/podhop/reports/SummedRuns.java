package dev.podhop.reports;

import dev.podhop.run.result.FailureCause;
import dev.podhop.run.result.FlowResult;
import dev.podhop.run.result.ResultCount;
import dev.podhop.run.result.RunResult;
import dev.podhop.scenario.expect.Check;
import dev.podhop.workload.ResultKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Several runs of one scenario under different seeds, added up as if they were one. */
public final class SummedRuns {

    private SummedRuns() {}

    /**
     * The sum: counts are added; an expectation is met if it was met in every run, and else has the
     * reason of the first run that failed it.
     */
    public static RunResult of(List<RunResult> runs) {
        RunResult first = runs.getFirst();
        if (runs.size() == 1) {
            return first;
        }
        List<FlowResult> flows = new ArrayList<>();
        Map<List<Object>, List<FlowResult>> alike = new LinkedHashMap<>();
        for (RunResult run : runs) {
            for (FlowResult flow : run.flows()) {
                alike.computeIfAbsent(
                        List.of(flow.flow(), flow.from(), flow.to(), flow.protocol()),
                        key -> new ArrayList<>()).add(flow);
            }
        }
        alike.values().forEach(same -> flows.add(sum(same)));
        return new RunResult(first.scenario(), first.seed(), first.endNanos(), flows, checks(runs),
                runs.stream().flatMap(run -> run.unscheduled().stream()).distinct().toList(),
                List.of(), List.of(), List.of(), Map.of(),
                runs.stream().flatMap(run -> run.refusals().stream()).distinct().toList(),
                runs.size());
    }

    /** The runs have the same flows, but for those that were refused: only their luck differed. */
    private static FlowResult sum(List<FlowResult> flows) {
        Map<ResultKey, Integer> counts = new TreeMap<>();
        List<FailureCause> causes = new ArrayList<>();
        int attempts = 0;
        for (FlowResult flow : flows) {
            attempts += flow.attempts();
            flow.results().forEach(r -> counts.merge(r.key(), r.count(), Integer::sum));
            causes.addAll(flow.failures());
        }
        FlowResult first = flows.getFirst();
        return new FlowResult(first.flow(), first.from(), first.to(), first.protocol(), attempts,
                counts.entrySet().stream().map(e -> new ResultCount(e.getKey(), e.getValue()))
                        .toList(),
                FailureCause.alike(causes), first.policies());
    }

    /** Expectations come first and in the same order in every run; invariants only if violated. */
    private static List<Check> checks(List<RunResult> runs) {
        Map<String, Check> worst = new LinkedHashMap<>();
        for (RunResult run : runs) {
            for (Check check : run.checks()) {
                worst.merge(check.subject() + '\n' + check.statement(), check,
                        (known, other) -> known.failed() ? known : other);
            }
        }
        return List.copyOf(worst.values());
    }
}
