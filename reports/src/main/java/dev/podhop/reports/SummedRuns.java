package dev.podhop.reports;

import dev.podhop.run.Check;
import dev.podhop.run.FailureCause;
import dev.podhop.run.FlowResult;
import dev.podhop.run.ResultCount;
import dev.podhop.run.ResultKey;
import dev.podhop.run.RunResult;
import dev.podhop.trace.Explanation;
import dev.podhop.trace.Outcome;
import dev.podhop.trace.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Several runs of one scenario under different seeds, added up as if they were one. */
public final class SummedRuns {

    private record Cause(Outcome outcome, @Nullable Place place, Explanation why) {}

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
        for (int i = 0; i < first.flows().size(); i++) {
            int index = i;
            flows.add(sum(runs.stream().map(run -> run.flows().get(index)).toList()));
        }
        return new RunResult(first.scenario(), first.seed(), first.endNanos(), flows, checks(runs),
                runs.stream().flatMap(run -> run.unscheduled().stream()).distinct().toList(),
                List.of(), List.of(), List.of());
    }

    /** The runs have the same flows in the same order: only their luck differed. */
    private static FlowResult sum(List<FlowResult> flows) {
        Map<ResultKey, Integer> counts = new TreeMap<>();
        Map<Cause, Integer> causes = new LinkedHashMap<>();
        int attempts = 0;
        for (FlowResult flow : flows) {
            attempts += flow.attempts();
            flow.results().forEach(r -> counts.merge(r.key(), r.count(), Integer::sum));
            flow.failures().forEach(f -> causes.merge(
                    new Cause(f.outcome(), f.place(), f.why()), f.attempts(), Integer::sum));
        }
        FlowResult first = flows.getFirst();
        return new FlowResult(first.flow(), first.from(), first.to(), first.protocol(), attempts,
                counts.entrySet().stream().map(e -> new ResultCount(e.getKey(), e.getValue()))
                        .toList(),
                causes.entrySet().stream()
                        .map(e -> new FailureCause(e.getKey().outcome(), e.getKey().place(),
                                e.getKey().why(), e.getValue()))
                        .sorted(Comparator.comparingInt(FailureCause::attempts).reversed())
                        .toList());
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
