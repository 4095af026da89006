package dev.podhop.run.during;

import dev.podhop.k8s.Service;
import dev.podhop.k8s.ServiceSpec;
import dev.podhop.k8s.source.Location;
import dev.podhop.run.result.RunOptions;
import dev.podhop.run.result.RunWatch;
import dev.podhop.run.stage.Execution;
import dev.podhop.scenario.Event;
import dev.podhop.scenario.LoadedScenario;
import dev.podhop.scenario.Names;
import dev.podhop.scenario.Send;
import dev.podhop.scenario.TimelineEntry;
import dev.podhop.trace.Outcome;
import dev.podhop.workload.AttemptResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Lets something happen while somebody calls, several times. */
public final class During {

    private static final long SECOND = 1_000_000_000L;
    /** When it happens: calls have gone well for a while. */
    private static final long BEGIN_NANOS = 2 * SECOND;

    private final RunWatch watch;
    private final int replications;
    private final long lastsNanos;

    /**
     * @param replications how often, each with a seed of its own
     * @param lastsNanos how long calls go on after it has begun
     */
    public During(RunWatch watch, int replications, long lastsNanos) {
        this.watch = watch;
        this.replications = replications;
        this.lastsNanos = lastsNanos;
    }

    /**
     * The scenario with slices of these Services that follow their pods: a file's own stay as they
     * are, which is right for the moment at which they were printed, and for no later one.
     */
    public static LoadedScenario following(LoadedScenario scenario, List<Service> services) {
        List<String> again = services.stream().filter(s -> !s.spec().selector().isEmpty())
                .map(s -> "service/" + Names.qualified(s.metadata().namespace(),
                        s.metadata().name()) + ".spec.type="
                        + (s.spec().type().isEmpty() ? ServiceSpec.CLUSTER_IP : s.spec().type()))
                .toList();
        return scenario.set(again).orElse(scenario);
    }

    /** How long calls are made. */
    long callingNanos() {
        return BEGIN_NANOS + lastsNanos;
    }

    /** What each flow loses. */
    public Map<String, Losses> losses(LoadedScenario scenario, Event event, List<Send> flows) {
        Map<String, List<Integer>> lost = new LinkedHashMap<>();
        Map<String, Integer> attempts = new LinkedHashMap<>();
        Map<String, Integer> late = new LinkedHashMap<>();
        for (int i = 0; i < replications; i++) {
            Map<String, Integer> ofRun = new LinkedHashMap<>();
            attempts.clear();
            for (AttemptResult result : run(scenario, event, flows, scenario.spec().seed() + i)) {
                boolean failed = result.outcome() != Outcome.Answered;
                ofRun.merge(result.flow(), failed ? 1 : 0, Integer::sum);
                attempts.merge(result.flow(), 1, Integer::sum);
                boolean last = result.startNanos() > callingNanos() * 9 / 10;
                late.merge(result.flow(), failed && last ? 1 : 0, Integer::sum);
            }
            ofRun.forEach((flow, n) -> lost.computeIfAbsent(flow, f -> new ArrayList<>()).add(n));
        }
        Map<String, Losses> losses = new LinkedHashMap<>();
        lost.forEach((flow, counts) -> losses.put(flow, new Losses(counts,
                attempts.getOrDefault(flow, 0), late.getOrDefault(flow, 0))));
        return losses;
    }

    /** Whether no flow loses anything; the first replication with a loss ends it. */
    boolean isLossless(LoadedScenario scenario, Event event, List<Send> flows) {
        for (int i = 0; i < replications; i++) {
            if (run(scenario, event, flows, scenario.spec().seed() + i).stream()
                    .anyMatch(result -> result.outcome() != Outcome.Answered)) {
                return false;
            }
        }
        return true;
    }

    private List<AttemptResult> run(LoadedScenario scenario, Event event, List<Send> flows,
            long seed) {
        List<TimelineEntry> timeline = new ArrayList<>();
        flows.forEach(flow -> timeline.add(entry(scenario, 0, flow)));
        timeline.add(entry(scenario, BEGIN_NANOS, event));
        Execution execution = new Execution(
                scenario.withSpec(scenario.spec().withTimeline(timeline)), watch,
                new RunOptions(OptionalLong.of(seed), 0), 0);
        execution.run();
        return execution.results();
    }

    /** No line of the file: the doctor lets it happen. */
    private static TimelineEntry entry(LoadedScenario scenario, long atNanos, Event event) {
        return new TimelineEntry(atNanos, event, Location.beside(scenario.file().toString()),
                "spec.timeline");
    }
}
