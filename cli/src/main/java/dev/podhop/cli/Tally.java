package dev.podhop.cli;

import dev.podhop.reports.SummedRuns;
import dev.podhop.run.result.RunResult;
import dev.podhop.scenario.LoadedScenario;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The runs that are done, of all scenarios; another thread may ask for them at any time. */
final class Tally {

    private final Map<LoadedScenario, List<RunResult>> done = new LinkedHashMap<>();
    private final int wanted;

    Tally(List<LoadedScenario> scenarios, int wanted) {
        scenarios.forEach(scenario -> done.put(scenario, new ArrayList<>()));
        this.wanted = wanted;
    }

    synchronized void add(LoadedScenario scenario, RunResult result) {
        done.computeIfAbsent(scenario, unknown -> new ArrayList<>()).add(result);
    }

    synchronized boolean isEmpty() {
        return done.values().stream().allMatch(List::isEmpty);
    }

    /** One result for each scenario that was run at least once. */
    synchronized List<RunResult> summed() {
        return done.values().stream().filter(runs -> !runs.isEmpty()).map(SummedRuns::of).toList();
    }

    /** {@code lb-loopback: 123 of 500 runs}. */
    synchronized String progress() {
        return done.entrySet().stream().map(each -> each.getKey().name() + ": "
                + each.getValue().size() + " of " + wanted + (wanted == 1 ? " run" : " runs"))
                .collect(Collectors.joining(", "));
    }
}
