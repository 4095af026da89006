package dev.podhop.run.doctor;

import dev.podhop.k8s.Service;
import dev.podhop.k8s.source.FieldPath;
import dev.podhop.k8s.source.Location;
import dev.podhop.net.L4Protocol;
import dev.podhop.run.doctor.Fault.Met;
import dev.podhop.scenario.LoadedScenario;
import dev.podhop.scenario.Names;
import dev.podhop.trace.Explanation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes of symptoms what lies behind them: one fault for all that one cause does to a Service. */
final class Verdicts {

    private static final Pattern PLACE = Pattern.compile("(.+):(\\d+)");
    /** The worst first; what was tried before what was merely read. */
    static final Comparator<Fault> ORDER = Comparator.comparing(Fault::severity)
            .thenComparing(Fault::share, Comparator.reverseOrder())
            .thenComparing(f -> f.code().id()).thenComparing(Fault::object);

    private final LoadedScenario scenario;
    private final Outsiders outsiders;
    private final String when;

    /** @param when option of a command that looks at that moment; empty for the beginning */
    Verdicts(LoadedScenario scenario, Outsiders outsiders, String when) {
        this.scenario = scenario;
        this.outsiders = outsiders;
        this.when = when;
    }

    /** What a fault is one of. */
    private record Kind(FaultCode code, String object) {}

    /** The faults with the symptom that shows each best. */
    Map<Fault, Symptom> of(List<Symptom> symptoms) {
        Map<Kind, List<Symptom>> kinds = new LinkedHashMap<>();
        symptoms.forEach(s -> kinds.computeIfAbsent(new Kind(s.code(), object(s.call().service())),
                k -> new ArrayList<>()).add(s));
        Map<Fault, Symptom> faults = new LinkedHashMap<>();
        kinds.forEach((kind, of) -> {
            Symptom worst = of.stream().max(Comparator
                    .<Symptom, Boolean>comparing(s -> ofObjects(s.why()) != null)
                    .thenComparing(Symptom::share)
                    .thenComparing(s -> s.call().caller().role().isPod())).orElseThrow();
            faults.put(fault(kind, of, worst), worst);
        });
        return faults;
    }

    static String object(Service service) {
        return "service/" + Names.qualified(service.metadata().namespace(),
                service.metadata().name());
    }

    private Fault fault(Kind kind, List<Symptom> symptoms, Symptom worst) {
        Map<List<Object>, Met> met = new LinkedHashMap<>();
        for (Symptom symptom : symptoms) {
            Call call = symptom.call();
            met.merge(List.of(call.caller().role(), call.door()),
                    new Met(call.caller().role(), call.door(), call.caller().source().toString(),
                            call.target().toString(), symptom.share()),
                    (a, b) -> a.share().compareTo(b.share()) >= 0 ? a : b);
        }
        List<Met> worstFirst = met.values().stream()
                .sorted(Comparator.comparing(Met::share).reversed()).toList();
        Explanation objects = ofObjects(worst.why());
        Explanation cause = objects == null ? worst.why() : objects;
        return new Fault(kind.code(), severity(kind.code(), worstFirst), kind.object(),
                where(cause, worst.call().service()), worst.share(), worstFirst, cause, List.of(),
                shows(worst.call()));
    }

    /** The part of a chain that is about the user's objects and no packet; null without one. */
    private static @Nullable Explanation ofObjects(Explanation why) {
        Explanation each = why;
        while (each != null && !each.code().startsWith("endpoints.")) {
            each = each.because();
        }
        return each;
    }

    /** What only processes on nodes meet is less than what pods and the outside meet. */
    private static Severity severity(FaultCode code, List<Met> met) {
        boolean nodesOnly = met.stream().allMatch(m -> m.role().isNode());
        return nodesOnly && code.severity() == Severity.ERROR ? Severity.WARNING : code.severity();
    }

    /** Where the deepest reason of a chain points to, else where the Service is written. */
    private static Location where(Explanation why, Service service) {
        Location where = service.locationOf(FieldPath.of("metadata"));
        for (Explanation each = why; each != null; each = each.because()) {
            Matcher place = PLACE.matcher(each.arguments().getOrDefault("where", ""));
            if (place.matches()) {
                return new Location(place.group(1), Integer.parseInt(place.group(2)), 1);
            }
        }
        return where;
    }

    private String shows(Call call) {
        StringBuilder command = new StringBuilder("podhop trace ").append(scenario.file())
                .append(" --from ").append(call.caller().source())
                .append(" --to ").append(call.target());
        if (call.port().l4Protocol() != L4Protocol.TCP) {
            command.append(" --protocol ").append(call.port().l4Protocol());
        }
        outsiders.setting(call.caller().source())
                .ifPresent(setting -> command.append(" --set \"").append(setting).append('"'));
        return command.append(when).toString();
    }
}
