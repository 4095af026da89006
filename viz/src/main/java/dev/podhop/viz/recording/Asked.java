package dev.podhop.viz.recording;

import dev.podhop.net.L4Protocol;
import dev.podhop.run.ScenarioRunner;
import dev.podhop.run.result.FlowResult;
import dev.podhop.run.result.OddsResult.FlowOdds;
import dev.podhop.run.result.ResultCount;
import dev.podhop.run.result.RunResult;
import dev.podhop.run.result.RunWatch;
import dev.podhop.run.result.TraceRequest;
import dev.podhop.run.result.TraceResult;
import dev.podhop.scenario.LoadedScenario;
import dev.podhop.scenario.Source;
import dev.podhop.scenario.form.TargetForms;
import dev.podhop.trace.Outcome;
import dev.podhop.workload.AttemptResult;
import dev.podhop.workload.ResultKey;
import java.util.List;
import java.util.Map;

/**
 * The answer to a question, as a run of one attempt with its odds beside it.
 *
 * @param atNanos the moment of the file's timeline at which the attempt's own clock begins
 */
public record Asked(AskedCall question, FlowOdds odds, long atNanos) {

    /** What came of asking. */
    record Answered(Asked asked, LoadedScenario scenario, TraceResult trace, RunResult run) {}

    /**
     * Asks.
     *
     * @throws IllegalArgumentException where there is no such caller, target or way to end
     */
    static Answered of(LoadedScenario scenario, AskedCall question, RunWatch watch) {
        Source from = TargetForms.source(question.from());
        LoadedScenario asked = scenario.askedBy(from);
        Outcome wanted = question.answer().map(AskedCall.Answer::outcome)
                .map(Outcome::valueOf).orElse(null);
        Map<String, String> picks = question.answer().flatMap(AskedCall.Answer::endpoint)
                .map(endpoint -> Map.of("endpoint", endpoint)).orElse(Map.of());
        TraceResult trace = new ScenarioRunner(asked, watch).trace(new TraceRequest(null, from,
                TargetForms.target(question.to()),
                question.udp() ? L4Protocol.UDP : L4Protocol.TCP, wanted, picks,
                question.atNanos()));
        return new Answered(new Asked(question, trace.odds(), trace.backdrop().atNanos()), asked,
                trace, run(asked, trace));
    }

    private static RunResult run(LoadedScenario scenario, TraceResult trace) {
        AttemptResult attempt = trace.attempt();
        FlowOdds odds = trace.odds();
        TraceResult.Diagnosis diagnosis = trace.diagnosis();
        return new RunResult(scenario.name(), scenario.spec().seed(), attempt.endNanos(),
                List.of(new FlowResult(odds.flow(), odds.from(), odds.to(), odds.protocol(), 1,
                        List.of(new ResultCount(ResultKey.of(attempt), 1)), List.of())),
                List.of(), List.of(), List.of(attempt), trace.hops(), trace.backdrop().changes(),
                diagnosis == null ? Map.of() : Map.of(attempt.attempt(), diagnosis.what()),
                List.of(), 1);
    }
}
