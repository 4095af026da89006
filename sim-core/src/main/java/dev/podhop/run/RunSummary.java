package dev.podhop.run;

import dev.podhop.net.IpAddress;
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
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Counts what became of a run's attempts, flow by flow. */
final class RunSummary {

    private final Network network;
    private final Causes causes;

    /** Beyond so many, those that are alike are told once. */
    private static final int MOST_FAILURES = 4_096;

    /** Failures that are alike. */
    private record Cause(Outcome outcome, @Nullable Place place, Explanation why) {}

    RunSummary(Network network, Causes causes) {
        this.network = network;
        this.causes = causes;
    }

    List<FlowResult> flows(List<Flow> flows, List<AttemptResult> results) {
        Map<Caller, Tally> tallies = new HashMap<>();
        results.forEach(r -> tallies.computeIfAbsent(new Caller(r.flow(), r.client()),
                caller -> new Tally()).count(r));
        return flows.stream().map(flow -> summary(flow, tallies.getOrDefault(
                new Caller(flow.send().flow(), flow.client().label()), new Tally()))).toList();
    }

    private record Caller(String flow, String client) {}

    /** The way in which an attempt ended, before anybody reads it. */
    private record End(Outcome outcome, @Nullable String endpoint, @Nullable IpAddress source) {}

    /** One caller's attempts, of which only what is told in the end is kept. */
    private final class Tally {
        private final Map<End, Integer> ends = new HashMap<>();
        private final Map<Cause, Explanation> told = new HashMap<>();
        private List<FailureCause> failures = new ArrayList<>();
        private int attempts;

        void count(AttemptResult r) {
            attempts++;
            ends.merge(new End(r.outcome(), r.endpoint(), r.source()), 1, Integer::sum);
            if (r.outcome() != Outcome.Answered) {
                Cause cause = told(r, told);
                failures.add(new FailureCause(cause.outcome(), cause.place(), cause.why(), 1,
                        causes.evidence(r.attempt())));
                if (failures.size() > MOST_FAILURES) {
                    failures = new ArrayList<>(FailureCause.merged(failures));
                }
            }
        }

        List<ResultCount> counts() {
            Map<ResultKey, Integer> counts = new TreeMap<>();
            ends.forEach((end, count) -> counts.merge(new ResultKey(end.outcome, end.endpoint,
                    end.source == null ? null : end.source.toString()), count, Integer::sum));
            return counts.entrySet().stream()
                    .map(e -> new ResultCount(e.getKey(), e.getValue())).toList();
        }
    }

    private static FlowResult summary(Flow flow, Tally tally) {
        return new FlowResult(flow.send().flow(), flow.client().label(),
                flow.send().to().toString(), flow.send().protocol(), tally.attempts,
                tally.counts(), FailureCause.alike(tally.failures));
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

    /** Why each failed attempt failed; one that nobody followed as the first like it. */
    Map<Integer, Explanation> whys(List<AttemptResult> results) {
        Map<String, Map<Cause, Explanation>> told = new HashMap<>();
        Map<Integer, Explanation> whys = new HashMap<>();
        results.stream().filter(r -> r.outcome() != Outcome.Answered)
                .forEach(r -> whys.put(r.attempt(), told(r, told.computeIfAbsent(
                        r.flow() + ' ' + r.client(), any -> new HashMap<>())).why()));
        return whys;
    }
}
