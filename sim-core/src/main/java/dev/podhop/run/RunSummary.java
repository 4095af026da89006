package dev.podhop.run;

import dev.podhop.netstack.Endings;
import dev.podhop.netstack.Network;
import dev.podhop.run.diagnosis.Causes;
import dev.podhop.run.result.FailureCause;
import dev.podhop.run.result.FlowResult;
import dev.podhop.run.result.ResultCount;
import dev.podhop.run.result.RunReason;
import dev.podhop.run.stage.Flow;
import dev.podhop.trace.DropReason;
import dev.podhop.trace.Explanation;
import dev.podhop.trace.Outcome;
import dev.podhop.trace.Place;
import dev.podhop.workload.AttemptResult;
import dev.podhop.workload.ResultKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Counts what became of a run's attempts, flow by flow. */
final class RunSummary {

    private final Network network;
    private final Causes causes;

    /** Failures that are alike. */
    private record Cause(Outcome outcome, @Nullable Place place, Explanation why) {}

    RunSummary(Network network, Causes causes) {
        this.network = network;
        this.causes = causes;
    }

    List<FlowResult> flows(List<Flow> flows, List<AttemptResult> results) {
        Map<String, List<AttemptResult>> byFlow = new LinkedHashMap<>();
        results.forEach(r -> byFlow.computeIfAbsent(key(r.flow(), r.client()),
                k -> new ArrayList<>()).add(r));
        return flows.stream().map(flow -> summary(flow,
                byFlow.getOrDefault(key(flow.send().flow(), flow.client().label()), List.of())))
                .toList();
    }

    private static String key(String flow, String client) {
        return flow + ' ' + client;
    }

    private FlowResult summary(Flow flow, List<AttemptResult> results) {
        Map<ResultKey, Integer> counts = new TreeMap<>();
        results.forEach(r -> counts.merge(ResultKey.of(r), 1, Integer::sum));
        return new FlowResult(flow.send().flow(), flow.client().label(),
                flow.send().to().toString(), flow.send().protocol(), results.size(),
                counts.entrySet().stream().map(e -> new ResultCount(e.getKey(), e.getValue()))
                        .toList(),
                causes(results));
    }

    private List<FailureCause> causes(List<AttemptResult> results) {
        Map<Cause, Explanation> told = new HashMap<>();
        return FailureCause.alike(results.stream()
                .filter(r -> r.outcome() != Outcome.Answered).map(r -> {
                    Cause cause = told(r, told);
                    return new FailureCause(cause.outcome(), cause.place(), cause.why(), 1,
                            causes.evidence(r.attempt()));
                }).toList());
    }

    /** The cause in words, of a failure that nobody followed those of the first like it. */
    private Cause told(AttemptResult result, Map<Cause, Explanation> told) {
        Cause bare = cause(result);
        Explanation why = causes.of(result.attempt())
                .orElseGet(() -> told.getOrDefault(bare, bare.why()));
        told.putIfAbsent(bare, why);
        return new Cause(bare.outcome(), bare.place(), why);
    }

    private Cause cause(AttemptResult result) {
        if (result.why() != null) {
            return new Cause(result.outcome(), null,
                    causes.of(result.attempt()).orElse(result.why()));
        }
        Endings endings = network.endings();
        int attempt = result.attempt();
        if (!endings.any(attempt)) {
            return new Cause(result.outcome(), null, result.outcome() == Outcome.Reset
                    ? RunReason.CLOSED.with()
                    : RunReason.SILENT.with());
        }
        Place place = network.namespaces().get(endings.namespace(attempt)).place();
        DropReason reason = endings.reason(attempt);
        Explanation why = reason == null ? RunReason.REJECTED.with("place", place.label())
                : RunReason.DROPPED.with("reason", reason.name(), "place", place.label());
        return new Cause(result.outcome(), place, why);
    }
}
