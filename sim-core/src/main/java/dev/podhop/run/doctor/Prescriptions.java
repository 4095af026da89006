package dev.podhop.run.doctor;

import dev.podhop.run.diagnosis.Called;
import dev.podhop.run.diagnosis.Fixes;
import dev.podhop.run.doctor.Verdicts.Found;
import dev.podhop.run.odds.Explorer;
import dev.podhop.run.odds.Moments;
import dev.podhop.run.odds.Moments.Moment;
import dev.podhop.run.odds.OddsBook;
import dev.podhop.run.result.OddsResult;
import dev.podhop.run.result.OddsResult.FlowOdds;
import dev.podhop.run.result.RunWatch;
import dev.podhop.run.result.TraceResult.Fix;
import dev.podhop.run.result.UsageException;
import dev.podhop.run.stage.Flow;
import dev.podhop.scenario.FlowTarget;
import dev.podhop.scenario.LoadedScenario;
import dev.podhop.scenario.Send;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tries what is known to help against faults, each on the call that shows it best. */
final class Prescriptions {

    private final LoadedScenario scenario;
    private final RunWatch watch;
    private final Moment moment;

    Prescriptions(LoadedScenario scenario, RunWatch watch, Moment moment) {
        this.scenario = scenario;
        this.watch = watch;
        this.moment = moment;
    }

    /** The faults, the worst first, with what helps against the first {@code most} of them. */
    List<Fault> of(List<Found> faults, int most) {
        List<Found> ordered = faults.stream()
                .sorted(Comparator.comparing(Found::fault, Verdicts.ORDER)).toList();
        List<Fault> treated = new ArrayList<>();
        for (Found found : ordered) {
            treated.add(found.symptoms().isEmpty() || treated.size() >= most ? found.fault()
                    : found.fault().with(fixes(found.symptoms())));
        }
        return treated;
    }

    /** What helps all whom the fault meets; the worst of them decides how much. */
    private List<Fix> fixes(List<Symptom> symptoms) {
        Symptom worst = symptoms.getFirst();
        List<Send> sends = symptoms.stream().map(s -> s.call().send()).distinct().toList();
        FlowOdds before = worst(scenario, moment, sends);
        Called called = Called.of(worst.attempt().remote(), worst.attempt().protocol(),
                moment.stage()).orElse(null);
        return new Fixes(scenario, sends.getFirst(), false,
                (changed, to) -> again(changed, sends, to)).tried(before, worst.attempt(), called,
                        moment.stage(), false)
                .stream()
                .map(fix -> KubectlCommands.on(scenario, fix)).toList();
    }

    private OddsResult again(LoadedScenario changed, List<Send> sends, @Nullable FlowTarget to) {
        LoadedScenario joined = Outsiders.joining(changed);
        Moment then = new Moments(joined, watch, joined.spec().seed()).at(moment.atNanos());
        List<Send> asked = to == null ? sends
                : sends.stream().map(send -> new Send(send.flow(),
                        send.from(), to, send.family(), send.protocol(), null, null, null, null,
                        null,
                        null, false, null, false, null, null, send.timeoutNanos(), 0, true))
                        .distinct()
                        .toList();
        return new OddsResult(joined.name(), List.of(worst(joined, then, asked)));
    }

    /** The odds of the call that fails most often, told as if it were the first. */
    private static FlowOdds worst(LoadedScenario of, Moment at, List<Send> sends) {
        FlowOdds worst = odds(of, at, sends.getFirst());
        String from = worst.from();
        for (Send send : sends.subList(1, sends.size())) {
            FlowOdds other = odds(of, at, send);
            worst = other.failure().compareTo(worst.failure()) > 0 ? other : worst;
        }
        return new FlowOdds(worst.flow(), from, worst.to(), worst.protocol(), worst.results(),
                worst.branches(), worst.explored());
    }

    private static FlowOdds odds(LoadedScenario of, Moment at, Send send) {
        List<Flow> flows = Flow.of(send, at.stage(), of.spec());
        if (flows.isEmpty()) {
            throw new UsageException("nobody to send from: " + send.from());
        }
        Flow flow = flows.getFirst();
        return OddsBook.of(flow, new Explorer(at, flow).branches(), List.of());
    }
}
