package dev.podhop.run;

import dev.podhop.run.OddsResult.FlowOdds;
import dev.podhop.run.TraceResult.Fix;
import dev.podhop.run.diagnosis.Finding;
import dev.podhop.run.diagnosis.WhyNoEndpoint;
import dev.podhop.scenario.LoadedScenario;
import dev.podhop.scenario.Send;
import dev.podhop.scenario.Target;
import dev.podhop.trace.Explanation;
import dev.podhop.workload.AttemptResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.commons.math3.fraction.BigFraction;
import org.jspecify.annotations.Nullable;

/**
 * Tries what is known to help, one change at a time, and keeps what did: a fix is named only after
 * its probability was computed, from the file with the very settings that are printed.
 */
final class Fixes {

    private final LoadedScenario scenario;
    private final Send send;
    private final TraceRequest request;

    /**
     * A change worth trying.
     *
     * @param settings laid over the file
     * @param to instead of the target that was asked for; null for that one
     */
    record Candidate(Explanation what, List<String> settings, @Nullable Target to) {}

    /**
     * Fixes for a flow.
     *
     * @param request how it was asked for
     */
    Fixes(LoadedScenario scenario, Send send, TraceRequest request) {
        this.scenario = scenario;
        this.send = send;
        this.request = request;
    }

    /**
     * Changes that lower the flow's probability of failure, the best first.
     *
     * @param called the Service that the flow calls; null where it calls none
     * @param late whether all that is wrong is that the answer comes late: whatever saves a packet
     *        on the way helps then, and is no remedy
     */
    List<Fix> tried(FlowOdds before, AttemptResult attempt, @Nullable Called called,
            Stage stage, boolean late) {
        BigFraction failure = OddsBook.failure(before);
        List<Fix> fixes = new ArrayList<>();
        Remedies remedies = new Remedies(scenario, send, called, attempt.local().address(),
                request.flow() != null);
        List<Candidate> candidates =
                new ArrayList<>(late ? remedies.patience() : remedies.all());
        if (called != null) {
            edit(called, attempt, stage).ifPresent(candidates::add);
        }
        for (Candidate candidate : candidates) {
            failureWith(candidate, before.from()).filter(after -> after.compareTo(failure) < 0)
                    .ifPresent(after -> fixes.add(new Fix(candidate.what(), candidate.settings(),
                            candidate.to(), failure, after)));
        }
        fixes.sort(Comparator.comparing(Fix::failureAfter));
        return fixes;
    }

    /** What the objects themselves suggest: a label's spelling, a port's name. */
    private static Optional<Candidate> edit(Called called, AttemptResult attempt, Stage stage) {
        WhyNoEndpoint why = new WhyNoEndpoint(stage.controlPlane().store());
        return why.of(called.service(), called.port(), attempt.remote().address().family())
                .map(Finding::edit)
                .or(() -> why.wrongNumber(called.service(), called.port()).map(Finding::edit))
                .map(edit -> new Candidate(edit.what(), edit.settings(), null));
    }

    /** Empty where the file cannot be so, or the flow cannot be asked for any more. */
    private Optional<BigFraction> failureWith(Candidate candidate, String from) {
        Optional<LoadedScenario> changed = scenario.set(candidate.settings());
        if (changed.isEmpty()) {
            return Optional.empty();
        }
        try {
            return odds(new ScenarioRunner(changed.get()), candidate).flows().stream()
                    .filter(flow -> flow.from().equals(from)).filter(FlowOdds::exact)
                    .map(OddsBook::failure).findFirst();
        } catch (UsageException impossible) {
            return Optional.empty();
        }
    }

    private OddsResult odds(ScenarioRunner runner, Candidate candidate) {
        boolean own = scenario.spec().timeline().stream().anyMatch(e -> e.event().equals(send));
        Target to = candidate.to() == null ? send.to() : candidate.to();
        return own && candidate.to() == null ? runner.odds(send.flow(), request.atNanos())
                : runner.odds(send.from(), to, send.protocol(), request.atNanos());
    }
}
