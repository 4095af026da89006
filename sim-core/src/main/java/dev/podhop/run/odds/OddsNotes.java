package dev.podhop.run.odds;

import dev.podhop.k8s.Service;
import dev.podhop.run.diagnosis.Called;
import dev.podhop.run.odds.Explorer.Branch;
import dev.podhop.run.result.RunReason;
import dev.podhop.run.result.Waited;
import dev.podhop.run.stage.Flow;
import dev.podhop.run.stage.Stage;
import dev.podhop.scenario.LoadedScenario;
import dev.podhop.scenario.Names;
import dev.podhop.scenario.Pacing;
import dev.podhop.scenario.Send;
import dev.podhop.scenario.TimelineEntry;
import dev.podhop.trace.Explanation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the odds of a first attempt do not say of those that follow it. */
public final class OddsNotes {

    /** {@code DefaultClientIPServiceAffinitySeconds}. */
    private static final int AFFINITY_SECONDS = 10_800;

    private OddsNotes() {}

    public static List<Explanation> of(LoadedScenario scenario, Flow flow, Stage stage,
            List<Branch> branches) {
        List<Explanation> notes = new ArrayList<>();
        changes(scenario, flow.send()).ifPresent(notes::add);
        branches.stream().map(b -> b.result().remote()).distinct()
                .flatMap(to -> Called.of(to, flow.send().protocol(), stage).stream())
                .map(Called::service).filter(s -> s.spec().hasClientAffinity()).findFirst()
                .ifPresent(service -> notes.add(affinity(service)));
        return notes;
    }

    private static Explanation affinity(Service service) {
        Integer seconds = service.spec().sessionAffinityTimeoutSeconds();
        return RunReason.ODDS_AFFINITY.with("service",
                Names.qualified(service.metadata().namespace(), service.metadata().name()),
                "seconds", String.valueOf(seconds == null ? AFFINITY_SECONDS : seconds));
    }

    /** That something happens while the flow's attempts begin. */
    private static Optional<Explanation> changes(LoadedScenario scenario, Send send) {
        List<TimelineEntry> timeline = scenario.spec().timeline();
        return timeline.stream().filter(e -> e.event().equals(send)).findFirst()
                .filter(begin -> timeline.stream()
                        .anyMatch(e -> !(e.event() instanceof Send) && e.atNanos() > begin.atNanos()
                                && e.atNanos() - begin.atNanos() <= span(send.pacing())))
                .map(begin -> RunReason.ODDS_MOMENT.with("time",
                        Waited.text(begin.atNanos())));
    }

    /** From the first attempt's start to the last one's, as far as the file says it. */
    private static long span(Pacing pacing) {
        return switch (pacing) {
            case Pacing.Steady steady -> (steady.count() - 1L) * steady.everyNanos();
            case Pacing.Poisson poisson -> poisson.forNanos();
            case Pacing.Closed closed -> closed.forNanos().orElse(Long.MAX_VALUE);
        };
    }
}
