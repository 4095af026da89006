package dev.podhop.run.doctor;

import dev.podhop.nodedump.NodeDump;
import dev.podhop.run.odds.Moments;
import dev.podhop.run.odds.Moments.Moment;
import dev.podhop.run.result.RunWatch;
import dev.podhop.run.truth.Settings;
import dev.podhop.run.truth.Settings.Differing;
import dev.podhop.run.truth.Truth;
import dev.podhop.run.truth.Truths;
import dev.podhop.scenario.LoadedScenario;
import dev.podhop.trace.Explanation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.commons.math3.fraction.BigFraction;

/** Faults that only the tools of nodes show. */
final class NodeTruths {

    private final LoadedScenario scenario;
    private final RunWatch watch;
    private final Moment moment;
    private final Map<String, NodeDump> dumps;

    NodeTruths(LoadedScenario scenario, RunWatch watch, Moment moment,
            Map<String, NodeDump> dumps) {
        this.scenario = scenario;
        this.watch = watch;
        this.moment = moment;
        this.dumps = new TreeMap<>(dumps);
    }

    /**
     * The faults.
     *
     * @param calls that were tried
     * @param symptoms of them
     */
    List<Fault> faults(List<Call> calls, List<Symptom> symptoms) {
        List<Fault> faults = new ArrayList<>();
        Truths truths = new Truths(scenario, watch, moment);
        dumps.forEach((node, dump) -> {
            truths.of(node, dump).forEach(truth -> faults.add(fault(truth)));
            Settings.of(scenario, dump).forEach(
                    differing -> setting(node, differing, calls, symptoms)
                            .ifPresent(faults::add));
        });
        return faults;
    }

    private static Fault fault(Truth truth) {
        FaultCode code = switch (truth.kind()) {
            case BEHIND -> FaultCode.RULES_BEHIND;
            case UNKNOWN_SERVICES -> FaultCode.RULES_UNKNOWN;
            case RULES -> FaultCode.RULES_CHANGED;
            case MODE -> FaultCode.RULES_OF_MODE;
            case ABSENT -> FaultCode.PROXY_ABSENT;
            case REPLACED -> FaultCode.PROXY_REPLACED;
            case VERSION -> FaultCode.RULES_OF_VERSION;
            case FOREIGN_RULE -> FaultCode.FOREIGN_RULE;
            case TABLE_FULL -> FaultCode.CONNECTIONS_FULL;
            case STALE_ENTRY -> FaultCode.STALE_ENTRY;
        };
        return new Fault(code, code.severity(), "node/" + truth.node(), truth.where(),
                BigFraction.ZERO, List.of(), truth.why(), List.of(), "");
    }

    /**
     * A setting is tried: it is an error where calls fail with it that did not, and worth a warning
     * where the file says otherwise. That it is merely not what was assumed is nothing.
     */
    private Optional<Fault> setting(String node, Differing differing, List<Call> calls,
            List<Symptom> symptoms) {
        Explanation why = DoctorReason.KERNEL_SETTING.of(node, differing.name(),
                differing.value(), differing.found().where().file() + ":"
                        + differing.found().where().line(),
                differing.expected());
        Optional<Symptom> worse = worse(node, differing, calls, symptoms);
        if (worse.isEmpty() && !differing.stated()) {
            return Optional.empty();
        }
        return Optional.of(new Fault(FaultCode.KERNEL_SETTING,
                worse.isPresent() ? Severity.ERROR : Severity.WARNING, "node/" + node,
                differing.found().where(), worse.map(Symptom::share).orElse(BigFraction.ZERO),
                worse.map(s -> List.of(new Fault.Met(s.call().caller().role(), s.call().door(),
                        s.call().caller().source().toString(), s.call().target().toString(),
                        s.share()))).orElse(List.of()),
                worse.map(s -> why.because(s.why())).orElse(why), List.of(), ""));
    }

    /** The worst call that fails with a setting, and did not without; on that node, if any. */
    private Optional<Symptom> worse(String node, Differing differing, List<Call> calls,
            List<Symptom> symptoms) {
        Set<Call> failing = new HashSet<>();
        symptoms.forEach(symptom -> failing.add(symptom.call()));
        return scenario.set(List.of(differing.setting())).flatMap(changed -> {
            LoadedScenario joined = Outsiders.joining(changed);
            Moment then = new Moments(joined, watch, joined.spec().seed()).at(moment.atNanos());
            Trial trial = new Trial(joined, then, new Surroundings(joined, then.stage()));
            return calls.stream().filter(call -> !failing.contains(call))
                    .flatMap(call -> trial.symptoms(call).stream())
                    .max(Comparator.<Symptom, Boolean>comparing(
                            s -> s.why().toString().contains("node/" + node + ","))
                            .thenComparing(Symptom::share));
        });
    }
}
