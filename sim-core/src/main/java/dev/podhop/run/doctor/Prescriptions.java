package dev.podhop.run.doctor;

import dev.podhop.run.diagnosis.Called;
import dev.podhop.run.diagnosis.Fixes;
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
import dev.podhop.scenario.LoadedScenario;
import dev.podhop.scenario.Send;
import dev.podhop.scenario.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    List<Fault> of(Map<Fault, Symptom> faults, int most) {
        List<Fault> ordered = faults.keySet().stream().sorted(Verdicts.ORDER).toList();
        List<Fault> treated = new ArrayList<>();
        for (Fault fault : ordered) {
            Symptom symptom = faults.get(fault);
            treated.add(symptom == null || treated.size() >= most ? fault
                    : fault.with(fixes(symptom)));
        }
        return treated;
    }

    private List<Fix> fixes(Symptom symptom) {
        Send send = symptom.call().send();
        FlowOdds before = odds(scenario, moment, send);
        Called called = Called.of(symptom.attempt().remote(), symptom.attempt().protocol(),
                moment.stage()).orElse(null);
        return new Fixes(scenario, send, false, (changed, to) -> again(changed, send, to))
                .tried(before, symptom.attempt(), called, moment.stage(), false);
    }

    private OddsResult again(LoadedScenario changed, Send send, @Nullable Target to) {
        LoadedScenario joined = Outsiders.joining(changed);
        Moment then = new Moments(joined, watch, joined.spec().seed()).at(moment.atNanos());
        Send asked = to == null ? send
                : new Send(send.flow(), send.from(), to, send.family(),
                        send.protocol(), null, null, null, null, null, null, false, null, false,
                        null, null,
                        send.timeoutNanos(), 0, true);
        return new OddsResult(joined.name(), List.of(odds(joined, then, asked)));
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
