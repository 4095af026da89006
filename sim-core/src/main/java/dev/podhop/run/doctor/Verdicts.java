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
import org.apache.commons.math3.fraction.BigFraction;
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

    /**
     * A fault, and what shows it.
     *
     * @param symptoms the worst first; none where no call meets it
     */
    record Found(Fault fault, List<Symptom> symptoms) {}

    /**
     * The faults.
     *
     * <p>What only packets show goes to whatever in the objects bears on it; what is for want of a
     * name, to the Service that should have answered for it.
     */
    List<Found> of(List<Symptom> symptoms, List<Suspect> suspects) {
        List<Found> faults = new ArrayList<>();
        List<Symptom> left = new ArrayList<>(symptoms);
        for (Suspect suspect : suspects) {
            List<Symptom> own = left.stream().filter(s -> s.code().isVague()
                    || s.code() == suspect.code()).filter(suspect.bears()).sorted(WORST).toList();
            left.removeAll(own);
            if (own.isEmpty()) {
                faults.add(new Found(new Fault(suspect.code(), suspect.severity(),
                        suspect.object(), suspect.where(), BigFraction.ZERO, List.of(),
                        suspect.why(), List.of(), ""), own));
            } else {
                faults.add(new Found(fault(new Kind(suspect.code(), suspect.object()), own)
                        .because(suspect), own));
            }
        }
        Map<Kind, List<Symptom>> kinds = new LinkedHashMap<>();
        left.forEach(s -> kinds.computeIfAbsent(kind(s, left), k -> new ArrayList<>()).add(s));
        kinds.forEach((kind, of) -> {
            List<Symptom> own = of.stream().sorted(WORST).toList();
            faults.add(new Found(fault(kind, own), own));
        });
        return faults;
    }

    /** The one that tells most comes first. */
    private static final Comparator<Symptom> WORST = Comparator
            .<Symptom, Boolean>comparing(s -> ofObjects(s.why()) != null)
            .thenComparing(s -> s.code() != FaultCode.NO_NAME_SERVER)
            .thenComparing(Symptom::share)
            .thenComparing(s -> s.call().caller().role().isPod()).reversed();

    /** A name that nobody answers for is the fault of the Service that is asked for it. */
    private static Kind kind(Symptom symptom, List<Symptom> all) {
        if (symptom.code() != FaultCode.NO_NAME_SERVER) {
            return new Kind(symptom.code(), object(symptom.call().service()));
        }
        return all.stream().filter(s -> s.call().service().metadata().name().equals("kube-dns")
                && Surroundings.isSystem(s.call().service())
                && s.code() != FaultCode.NO_NAME_SERVER)
                .max(Comparator.comparing(Symptom::share))
                .map(s -> new Kind(s.code(), object(s.call().service())))
                .orElseGet(() -> new Kind(symptom.code(), "service/kube-system/kube-dns"));
    }

    static String object(Service service) {
        return "service/" + Names.qualified(service.metadata().namespace(),
                service.metadata().name());
    }

    private Fault fault(Kind kind, List<Symptom> symptoms) {
        Symptom worst = symptoms.getFirst();
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
        boolean names = symptoms.stream().anyMatch(s -> s.code() == FaultCode.NO_NAME_SERVER);
        return new Fault(kind.code(),
                names ? Severity.ERROR : severity(kind.code(), symptoms), kind.object(),
                where(cause, worst.call().service()), worstFirst.getFirst().share(), worstFirst,
                cause, List.of(),
                shows(worst.call()));
    }

    /** The part of a chain that is about the user's objects and no packet; null without one. */
    static @Nullable Explanation ofObjects(Explanation why) {
        Explanation each = why;
        while (each != null && !each.code().startsWith("endpoints.")) {
            each = each.because();
        }
        return each;
    }

    /**
     * What only processes on nodes meet is less than what pods and the outside meet; of a policy
     * that keeps calls on their node nobody else's agents are to suffer either.
     */
    private static Severity severity(FaultCode code, List<Symptom> symptoms) {
        boolean local = code == FaultCode.INTERNAL_LOCAL;
        boolean aside = symptoms.stream().map(Symptom::call).allMatch(call -> call.caller().role()
                .isNode()
                || local && call.caller().isSystem()
                        && !Surroundings.isSystem(call.service()));
        return !aside ? code.severity() : local ? Severity.HINT
                : code.severity() == Severity.ERROR ? Severity.WARNING
                : code.severity();
    }

    /** Where the deepest reason of a chain points to, else where the Service is written. */
    static Location where(Explanation why, Service service) {
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
