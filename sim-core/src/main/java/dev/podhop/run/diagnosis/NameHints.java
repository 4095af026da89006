package dev.podhop.run.diagnosis;

import dev.podhop.k8s.ObjectMeta;
import dev.podhop.k8s.Service;
import dev.podhop.k8s.source.Spelling;
import dev.podhop.run.result.RunReason;
import dev.podhop.scenario.Names;
import dev.podhop.trace.Explanation;
import dev.podhop.workload.resolver.ResolverReason;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The Service that a name which does not exist was probably meant to be of. */
public final class NameHints {

    private final List<Service> services;

    public NameHints(List<Service> services) {
        this.services = services;
    }

    /** The reason with the nearest name behind it, where it is of a name that there is not. */
    public Explanation nearest(Explanation why) {
        if (!why.is(ResolverReason.UNKNOWN)) {
            return why;
        }
        String asked = why.arguments().getOrDefault("name", "").replaceFirst("\\.$", "");
        Map<String, Service> known = new LinkedHashMap<>();
        String tried = why.arguments().getOrDefault("tried", "");
        services.forEach(s -> {
            String name = s.metadata().name() + "." + s.metadata().namespace();
            if (tried.contains(name + ".svc.")) {
                return; // that it was asked for did not help
            }
            known.put(name, s);
            if (s.metadata().namespace().equals(ObjectMeta.DEFAULT_NAMESPACE)) {
                known.put(s.metadata().name(), s);
            }
        });
        // The right Service in the wrong namespace, else a word that is nearly right.
        String first = asked.replaceFirst("\\..*", "");
        Optional<String> near = known.entrySet().stream()
                .filter(e -> e.getValue().metadata().name().equals(first)
                        && e.getKey().contains("."))
                .map(Map.Entry::getKey).findFirst()
                .or(() -> Spelling.nearest(asked, known.keySet()));
        return near.map(name -> {
            Service service = Objects.requireNonNull(known.get(name));
            return why.because(RunReason.NAME_NEAR.with("near", name, "service",
                    Names.qualified(service.metadata().namespace(), service.metadata().name())));
        }).orElse(why);
    }
}
