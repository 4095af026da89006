package dev.podhop.run;

import dev.podhop.k8s.Service;
import dev.podhop.k8s.source.YamlNode.Mapping;
import dev.podhop.run.result.OddsResult;
import dev.podhop.run.result.OddsResult.FlowOdds;
import dev.podhop.run.stage.Execution;
import dev.podhop.run.state.StateBook;
import dev.podhop.scenario.Expectation;
import dev.podhop.scenario.LoadedScenario;
import dev.podhop.scenario.Send;
import dev.podhop.scenario.TimelineEntry;
import dev.podhop.scenario.expect.Check;
import dev.podhop.scenario.expect.ExpectationInput;
import dev.podhop.scenario.expect.Expectations;
import dev.podhop.trace.Hop;
import dev.podhop.workload.AttemptResult;
import dev.podhop.workload.ResultKey;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.commons.math3.fraction.BigFraction;
import org.jspecify.annotations.Nullable;

/** Holds a scenario's expectations against a run and the odds. */
final class RunChecks implements ExpectationInput {

    /** Attempts a flow that are traced where an expectation asks for a packet's way. */
    static final int TRACED_FOR_WAYS = 64;

    private final LoadedScenario scenario;
    private final Execution execution;
    private final StateBook states;
    private final Map<String, FlowOdds> odds = new HashMap<>();

    RunChecks(LoadedScenario scenario, Execution execution, StateBook states, OddsResult odds) {
        this.scenario = scenario;
        this.execution = execution;
        this.states = states;
        odds.flows().forEach(flow -> this.odds.put(key(flow.flow(), flow.from()), flow));
    }

    /** Whether an expectation can be judged only with hops at hand. */
    static boolean needHops(List<Expectation> expectations) {
        return expectations.stream()
                .anyMatch(e -> !e.path().isEmpty() || e.dropped() != null || e.reply() != null);
    }

    List<Check> checks() {
        return Expectations.evaluate(scenario.spec().expect(), this);
    }

    @Override
    public boolean ran(String flow) {
        return execution.flows().stream().anyMatch(f -> f.send().flow().equals(flow));
    }

    @Override
    public List<AttemptResult> attempts(String flow) {
        return execution.results().where(r -> r.flow().equals(flow),
                Comparator.comparingLong(AttemptResult::startNanos)
                        .thenComparingInt(AttemptResult::attempt));
    }

    @Override
    public Map<ResultKey, BigFraction> odds(String flow, String client) {
        FlowOdds known = odds.get(key(flow, client));
        Map<ResultKey, BigFraction> byResult = new LinkedHashMap<>();
        if (known != null && known.exact()) {
            known.results().forEach(r -> byResult.put(r.key(), r.probability()));
        }
        return byResult;
    }

    @Override
    public boolean independent(String flow) {
        boolean affinity = scenario.objects(Service.class)
                .anyMatch(s -> s.spec().hasClientAffinity());
        return !affinity && scenario.spec().timeline().stream()
                .noneMatch(entry -> entry.event() instanceof Send send
                        && send.flow().equals(flow)
                        && (send.sourcePort() != null || send.keepAlive()))
                && !changedDuring(flow);
    }

    private boolean changedDuring(String flow) {
        List<AttemptResult> attempts = attempts(flow);
        if (attempts.isEmpty()) {
            return false;
        }
        long from = attempts.getFirst().startNanos();
        long to = attempts.stream().mapToLong(AttemptResult::endNanos).max().orElse(from);
        return execution.stage().cluster().changedBetween(from, to)
                || scenario.spec().timeline().stream().filter(e -> !(e.event() instanceof Send))
                        .mapToLong(TimelineEntry::atNanos).anyMatch(at -> at > from && at < to);
    }

    @Override
    public List<Hop> hops(String flow) {
        Set<Integer> own = execution.results().stream().filter(r -> r.flow().equals(flow))
                .map(AttemptResult::attempt).collect(Collectors.toSet());
        return execution.recorder().hops().stream().filter(h -> own.contains(h.attempt()))
                .sorted(Comparator.comparingLong(Hop::id)).toList();
    }

    @Override
    public Mapping state(@Nullable Long atNanos, String what) {
        return states.tree(atNanos, what);
    }

    private static String key(String flow, String client) {
        return flow + ' ' + client;
    }
}
