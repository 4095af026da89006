package dev.podhop.run.diagnosis;

import dev.podhop.k8s.ApiObject;
import dev.podhop.k8s.ObjectMeta;
import dev.podhop.run.result.OddsResult;
import dev.podhop.run.result.OddsResult.FlowOdds;
import dev.podhop.run.result.RunReason;
import dev.podhop.run.result.TraceResult.Fix;
import dev.podhop.run.result.UsageException;
import dev.podhop.run.stage.Stage;
import dev.podhop.scenario.FlowTarget;
import dev.podhop.scenario.LoadedScenario;
import dev.podhop.scenario.Names;
import dev.podhop.scenario.Send;
import dev.podhop.trace.Explanation;
import dev.podhop.workload.AttemptResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.math3.fraction.BigFraction;
import org.jspecify.annotations.Nullable;

/**
 * Tries what is known to help, one change at a time, and keeps what did: a fix is named only after
 * its probability was computed, from the file with the very settings that are printed, and only if
 * an API server would take the objects so. It has to help more than an edit of the same objects
 * that changes nothing, since of a dump any edit lets controllers write anew what they keep.
 */
public final class Fixes {

    private final LoadedScenario scenario;
    private final Send send;
    private final boolean inFile;
    private final Again again;
    private final Map<List<String>, Optional<BigFraction>> controls = new HashMap<>();

    /** Asks again for the odds that were asked for, of a file with a change in place. */
    public interface Again {
        /** @param to the target to be called instead; null for the one that was asked for */
        OddsResult odds(LoadedScenario changed, @Nullable FlowTarget to);
    }

    /**
     * A change worth trying.
     *
     * @param settings laid over the file
     * @param to instead of the target that was asked for; null for that one
     */
    record Candidate(Explanation what, List<String> settings, @Nullable FlowTarget to) {}

    /**
     * Fixes for a flow.
     *
     * @param inFile whether it was asked for by its name in the file
     * @param again how its odds are computed
     */
    public Fixes(LoadedScenario scenario, Send send, boolean inFile, Again again) {
        this.scenario = scenario;
        this.send = send;
        this.inFile = inFile;
        this.again = again;
    }

    /**
     * Changes that lower the flow's probability of failure, the best first.
     *
     * @param called the Service that the flow calls; null where it calls none
     * @param late whether all that is wrong is that the answer comes late: whatever saves a packet
     *        on the way helps then, and is no remedy
     */
    public List<Fix> tried(FlowOdds before, AttemptResult attempt, @Nullable Called called,
            Stage stage, boolean late) {
        BigFraction failure = before.failure();
        List<Fix> fixes = new ArrayList<>();
        Remedies remedies = new Remedies(scenario, send, called, attempt.local().address(), inFile);
        List<Candidate> candidates =
                new ArrayList<>(late ? remedies.patience() : remedies.all());
        if (called != null) {
            edit(called, attempt, stage).ifPresent(candidates::add);
        }
        for (Candidate candidate : candidates) {
            // Of several waits the shortest that helps.
            if (fixes.stream().anyMatch(fix -> fix.what().code().equals(candidate.what().code())
                    && fix.what().code().equals(RunReason.FIX_TIMEOUT.code()))) {
                continue;
            }
            failureWith(candidate, before.from()).filter(after -> after.compareTo(failure) < 0)
                    .filter(after -> helpsMore(after, candidate, before.from()))
                    .ifPresent(after -> fixes.add(new Fix(candidate.what(), candidate.settings(),
                            candidate.to(), failure, after)));
        }
        fixes.sort(Comparator.comparing(Fix::failureAfter));
        return fixes;
    }

    /** What the objects themselves suggest: a label's spelling, a port's name. */
    private Optional<Candidate> edit(Called called, AttemptResult attempt, Stage stage) {
        WhyNoEndpoint why = new WhyNoEndpoint(stage.controlPlane().store());
        return why.of(called.service(), called.port(), attempt.remote().address().family())
                .map(Finding::edit)
                .or(() -> why.wrongNumber(called.service(), called.port(),
                        scenario.spec().servers()).map(Finding::edit))
                .map(edit -> new Candidate(edit.what(), edit.settings(), null));
    }

    /** Empty where the file cannot be so, or the flow cannot be asked for any more. */
    private Optional<BigFraction> failureWith(Candidate candidate, String from) {
        Optional<LoadedScenario> changed = scenario.set(candidate.settings())
                .filter(edited -> AsNew.bringsNoObjection(scenario, edited));
        if (changed.isEmpty()) {
            return Optional.empty();
        }
        try {
            return again.odds(changed.get(), candidate.to()).flows().stream()
                    .filter(flow -> flow.from().equals(from)).filter(FlowOdds::exact)
                    .map(FlowOdds::failure).findFirst();
        } catch (UsageException impossible) {
            return Optional.empty();
        }
    }

    /** Whether it helps more than an edit of the same objects that changes nothing. */
    private boolean helpsMore(BigFraction after, Candidate candidate, String from) {
        List<String> touched = scenario.objects().stream()
                .filter(object -> names(object).anyMatch(name -> candidate.settings().stream()
                        .anyMatch(setting -> setting.startsWith(name + "."))))
                .map(object -> names(object).toList().getLast() + ".metadata.name=\""
                        + object.metadata().name() + "\"")
                .toList();
        return touched.isEmpty() || controls
                .computeIfAbsent(touched, same -> failureWith(
                        new Candidate(candidate.what(), same, candidate.to()), from))
                .filter(untouched -> after.compareTo(untouched) >= 0).isEmpty();
    }

    /** How settings may call an object, the whole name last. */
    private static Stream<String> names(ApiObject object) {
        ObjectMeta meta = object.metadata();
        String kind = object.kind().singular() + "/";
        return Stream.of(kind + Names.qualified(meta.namespace(), meta.name()),
                kind + meta.namespace() + "/" + meta.name());
    }
}
