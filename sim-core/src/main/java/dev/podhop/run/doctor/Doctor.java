package dev.podhop.run.doctor;

import dev.podhop.k8s.ObjectMeta;
import dev.podhop.k8s.Service;
import dev.podhop.run.odds.Moments;
import dev.podhop.run.odds.Moments.Moment;
import dev.podhop.run.result.RunWatch;
import dev.podhop.run.result.UsageException;
import dev.podhop.run.truth.Truths;
import dev.podhop.scenario.LoadedScenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Tries every call that matters, and says what is not as it should be. */
public final class Doctor {

    /** Faults for which fixes are tried. */
    private static final int MOST_TREATED = 12;

    private final LoadedScenario scenario;
    private final RunWatch watch;
    private final DoctorRequest request;
    /** What nodes' dumps show that the file leaves open, as settings. */
    private final List<String> shown;

    public Doctor(LoadedScenario scenario, RunWatch watch, DoctorRequest request) {
        Optional<String> mode = Truths.shownMode(scenario, request.nodes().values());
        this.shown = mode.map(List::of).orElse(List.of());
        this.scenario = Outsiders.joining(mode.flatMap(m -> scenario.set(List.of(m)))
                .orElse(scenario));
        this.watch = watch;
        this.request = request;
    }

    /**
     * The findings, the worst first.
     *
     * @throws UsageException for a Service or namespace that there is not, and where the file
     *         cannot be run
     */
    public DoctorReport examine() {
        Moment moment = new Moments(scenario, watch, scenario.spec().seed())
                .at(request.atNanos().orElse(0));
        Surroundings around = new Surroundings(scenario, moment.stage());
        Outsiders outsiders = Outsiders.of(scenario);
        Trial trial = new Trial(scenario, moment, around);
        List<Service> services = wanted(moment);
        List<Call> calls = services.stream()
                .flatMap(service -> Calls.of(around, outsiders, service).stream()).toList();
        List<Symptom> symptoms = new ArrayList<>();
        calls.forEach(call -> symptoms.addAll(trial.symptoms(call)));
        String when = request.atNanos().isEmpty() ? ""
                : " --at " + request.atNanos().getAsLong() + "ns";
        List<Verdicts.Found> found = new Verdicts(scenario, outsiders, when).of(symptoms,
                Inspections.of(around, services));
        List<Fault> faults = new ArrayList<>(
                new Prescriptions(scenario, watch, moment).of(found, MOST_TREATED));
        faults.addAll(new NodeTruths(scenario, watch, moment, request.nodes()).faults(calls,
                symptoms));
        faults.addAll(forecast(around, services, faults));
        faults.sort(Verdicts.ORDER);
        return new DoctorReport(scenario.file().toString(), faults,
                new DoctorReport.Tried(services.size(), around.nodes().size(),
                        moment.stage().controlPlane().pods().size(), trial.calls(),
                        trial.branches(), request.nodes().keySet().stream().sorted().toList()),
                scenario.told(), Stream.concat(scenario.notes().stream(), shown.stream().map(
                        setting -> "as nodes' dumps show, and the file does not: --set "
                                + setting))
                        .toList());
    }

    /** What would come on top of what is wrong already. */
    private List<Fault> forecast(Surroundings around, List<Service> services, List<Fault> today) {
        List<Fault> coming = new ArrayList<>();
        for (WhatIf whatIf : request.whatIf()) {
            for (Fault fault : new Forecast(around, watch, services).of(whatIf)) {
                boolean known = today.stream().anyMatch(f -> f.code() == fault.code()
                        && f.object().equals(fault.object()) && f.share().equals(fault.share()));
                if (!known) {
                    coming.add(whatIf instanceof WhatIf.Upgrade upgrade
                            ? fault.because(DoctorReason.UPGRADE.of(upgrade.version()))
                            : fault);
                }
            }
        }
        return coming;
    }

    private List<Service> wanted(Moment moment) {
        List<Service> wanted = moment.stage().controlPlane().services().stream()
                .filter(s -> request.namespace() == null
                        || s.metadata().namespace().equals(request.namespace()))
                .filter(s -> request.service() == null
                        || s.metadata().name().equals(request.service()))
                .toList();
        if (wanted.isEmpty() && (request.service() != null || request.namespace() != null)) {
            throw new UsageException("found no Service"
                    + (request.service() == null ? "" : " " + request.service())
                    + (request.namespace() == null ? ""
                            : " in namespace " + request.namespace())
                    + "; the file has " + moment.stage().controlPlane().services().stream()
                            .map(s -> s.metadata().namespace() + "/" + s.metadata().name())
                            .limit(12).toList()
                    + meant(moment));
        }
        return wanted;
    }

    private String meant(Moment moment) {
        List<ObjectMeta> all = moment.stage().controlPlane().services().stream()
                .map(Service::metadata).toList();
        List<String> names = all.stream().map(ObjectMeta::name).distinct().toList();
        if (request.service() != null && !names.contains(request.service())) {
            return UsageException.meant(request.service(), names);
        }
        return request.namespace() == null ? ""
                : UsageException.meant(request.namespace(),
                        all.stream().map(ObjectMeta::namespace).distinct().toList());
    }
}
