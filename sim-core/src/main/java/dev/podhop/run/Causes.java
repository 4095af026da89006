package dev.podhop.run;

import dev.podhop.run.Moments.Moment;
import dev.podhop.run.TraceResult.Diagnosis;
import dev.podhop.scenario.LoadedScenario;
import dev.podhop.scenario.Send;
import dev.podhop.scenario.TimelineEntry;
import dev.podhop.trace.Explanation;
import dev.podhop.trace.Hop;
import dev.podhop.trace.Outcome;
import dev.podhop.trace.Step;
import dev.podhop.workload.AttemptResult;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Says of a run's failures what a trace says of their like: each flow that failed is followed
 * branch by branch from its start, and a failure is explained by the branch that ended the same
 * way, at the same place, for the same reason.
 */
final class Causes {

    /** Branches that are followed in search of an explanation. */
    private static final int MOST_BRANCHES = 500;

    private final LoadedScenario scenario;
    private final Moments moments;

    /** Failures that have one explanation. */
    private record Kind(Outcome outcome, String place, String reason) {}

    Causes(LoadedScenario scenario, Moments moments) {
        this.scenario = scenario;
        this.moments = moments;
    }

    /** The flows with what was found out about their failures. */
    List<FlowResult> explained(List<FlowResult> flows) {
        if (flows.stream().allMatch(flow -> flow.failures().isEmpty())) {
            return flows;
        }
        Map<String, Map<Kind, Explanation>> known = new HashMap<>();
        List<TimelineEntry> timeline = moments.timeline();
        for (int i = 0; i < timeline.size(); i++) {
            if (timeline.get(i).event() instanceof Send send && failed(flows, send)) {
                Moment moment = moments.before(i);
                for (Flow flow : Flow.of(send, moment.stage(), scenario.spec())) {
                    if (failed(flows, flow)) {
                        known.put(key(flow.send().flow(), flow.client().label()),
                                diagnoses(new Explorer(moment, flow)));
                    }
                }
            }
        }
        return flows.stream().map(flow -> with(flow,
                known.getOrDefault(key(flow.flow(), flow.from()), Map.of()))).toList();
    }

    private static boolean failed(List<FlowResult> flows, Send send) {
        return flows.stream()
                .anyMatch(f -> f.flow().equals(send.flow()) && !f.failures().isEmpty());
    }

    private static boolean failed(List<FlowResult> flows, Flow flow) {
        return flows.stream().anyMatch(f -> f.flow().equals(flow.send().flow())
                && f.from().equals(flow.client().label()) && !f.failures().isEmpty());
    }

    private static Map<Kind, Explanation> diagnoses(Explorer explorer) {
        Map<Kind, Explanation> found = new HashMap<>();
        int[] seen = new int[1];
        explorer.traced((branch, hops) -> {
            AttemptResult result = branch.result();
            if (result.outcome() != Outcome.Answered) {
                List<Hop> own = hops.stream().filter(h -> h.attempt() == result.attempt())
                        .toList();
                Diagnosis diagnosis = new Diagnoser(result, own).diagnose(List.of());
                own.stream().filter(h -> h.id() == diagnosis.decidingHop()).findFirst()
                        .ifPresent(hop -> found.putIfAbsent(
                                new Kind(result.outcome(), hop.place().label(), reason(hop)),
                                diagnosis.what()));
            }
            return ++seen[0] >= MOST_BRANCHES;
        });
        return found;
    }

    private static String reason(Hop hop) {
        return hop.terminal() instanceof Step.Dropped dropped ? dropped.reason().name()
                : RunReason.REJECTED.code();
    }

    private static FlowResult with(FlowResult flow, Map<Kind, Explanation> known) {
        return new FlowResult(flow.flow(), flow.from(), flow.to(), flow.protocol(),
                flow.attempts(), flow.results(),
                flow.failures().stream().map(cause -> with(cause, known)).toList());
    }

    private static FailureCause with(FailureCause cause, Map<Kind, Explanation> known) {
        if (cause.place() == null) {
            return cause;
        }
        String reason = cause.why().arguments().getOrDefault("reason", RunReason.REJECTED.code());
        Explanation why = known.get(
                new Kind(cause.outcome(), cause.place().label(), reason));
        return why == null ? cause
                : new FailureCause(cause.outcome(), cause.place(), why, cause.attempts());
    }

    private static String key(String flow, String client) {
        return flow + ' ' + client;
    }
}
