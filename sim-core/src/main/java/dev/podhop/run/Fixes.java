package dev.podhop.run;

import dev.podhop.run.OddsResult.FlowOdds;
import dev.podhop.run.TraceResult.Fix;
import dev.podhop.scenario.LoadedScenario;
import dev.podhop.scenario.Send;
import dev.podhop.trace.Explanation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.commons.math3.fraction.BigFraction;

/**
 * Tries what is known to help, one change at a time, and keeps what did: a fix is named only after
 * its probability was computed.
 */
final class Fixes {

    private final LoadedScenario scenario;
    private final Send send;

    /** A change worth trying: the scenario and the flow with it in place. */
    record Candidate(Explanation what, LoadedScenario scenario, Send send) {}

    Fixes(LoadedScenario scenario, Send send) {
        this.scenario = scenario;
        this.send = send;
    }

    /** Changes that lower the flow's probability of failure, the best first. */
    List<Fix> tried(FlowOdds before) {
        BigFraction failure = OddsBook.failure(before);
        List<Fix> fixes = new ArrayList<>();
        for (Candidate candidate : new Remedies(scenario, send).all()) {
            failureWith(candidate, before.from()).filter(after -> after.compareTo(failure) < 0)
                    .ifPresent(after -> fixes.add(new Fix(candidate.what(), failure, after)));
        }
        fixes.sort(Comparator.comparing(Fix::failureAfter));
        return fixes;
    }

    /** Empty where the change makes the flow impossible to ask. */
    private static Optional<BigFraction> failureWith(Candidate candidate, String from) {
        try {
            return new ScenarioRunner(candidate.scenario()).oddsOf(candidate.send()).stream()
                    .filter(flow -> flow.from().equals(from)).filter(FlowOdds::exact)
                    .map(OddsBook::failure).findFirst();
        } catch (UsageException impossible) {
            return Optional.empty();
        }
    }
}
