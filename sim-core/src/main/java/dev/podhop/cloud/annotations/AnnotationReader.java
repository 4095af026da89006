package dev.podhop.cloud.annotations;

import dev.podhop.cloud.LoadBalancerProfiles;
import dev.podhop.cloud.LoadBalancerSettings.Backends;
import dev.podhop.cloud.annotations.Annotation.Status;
import dev.podhop.cloud.annotations.Catalogue.Found;
import dev.podhop.cloud.annotations.Remark.Kind;
import dev.podhop.cloud.annotations.ValueForm.PortList;
import dev.podhop.cloud.annotations.ValueForm.Subject;
import dev.podhop.k8s.Service;
import dev.podhop.k8s.ServicePort;
import dev.podhop.k8s.ServiceSpec;
import dev.podhop.k8s.source.Spelling;
import dev.podhop.k8s.source.YamlNode;
import dev.podhop.k8s.source.YamlNode.Mapping;
import dev.podhop.k8s.source.YamlNode.Scalar;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the annotations of one Service, as its load balancer's controller would. */
public final class AnnotationReader {

    /** The key that says which load balancer it is. */
    public static final String PROFILE = "profile";
    private static final String SPEC = "spec.";

    private final Catalogue catalogue = Catalogue.shipped();
    private final Service service;
    private final @Nullable Vendor vendor;
    private final boolean fixed;
    private @Nullable String profile;
    private final Map<Integer, Map<String, String>> keys = new LinkedHashMap<>();
    private final List<Remark> remarks = new ArrayList<>();

    private AnnotationReader(Service service, @Nullable String profile, boolean fixed) {
        this.service = service;
        this.profile = profile;
        this.fixed = fixed;
        this.vendor = catalogue.vendorOfProfile(profile).or(this::fromClass)
                .or(this::fromAnnotations).orElse(null);
    }

    /**
     * What they say.
     *
     * @param profile of the load balancer as far as it is known; null: the annotations themselves
     *     tell whose it is
     * @param fixed whether it stands, so that no annotation makes it another
     */
    public static AnnotationReading read(Service service, @Nullable String profile,
            boolean fixed) {
        AnnotationReader reader = new AnnotationReader(service, profile, fixed);
        reader.readAll();
        return new AnnotationReading(reader.keys, reader.remarks);
    }

    private Optional<Vendor> fromClass() {
        return catalogue.vendors().stream().filter(
                known -> known.classes().containsKey(service.spec().loadBalancerClass()))
                .findFirst();
    }

    private Optional<Vendor> fromAnnotations() {
        return service.metadata().annotations().keySet().stream()
                .flatMap(name -> catalogue.find(name).stream())
                .map(found -> catalogue.vendor(found.annotation().vendor()))
                .filter(found -> !found.isEverywhere()).findFirst();
    }

    private record Written(String name, String value, Found found) {}

    /** In the catalogue's order, in which the later outranks; one port's outranks that of all. */
    private void readAll() {
        readClass();
        List<Written> known = new ArrayList<>();
        service.metadata().annotations().forEach((name, value) -> catalogue.find(name)
                .ifPresentOrElse(found -> known.add(new Written(name, value, found)),
                        () -> tellUnknown(name)));
        List<Annotation> order = catalogue.annotations();
        known.sort(Comparator.comparingInt(w -> order.indexOf(w.found.annotation())));
        known.forEach(this::read);
    }

    /** A class of the vendor's says which of its controllers works, and so on what. */
    private void readClass() {
        String wanted = service.spec().loadBalancerClass();
        if (vendor != null && wanted != null) {
            vendor.classes().getOrDefault(wanted, Map.of())
                    .forEach((key, value) -> put(Name.EVERY_PORT, key, value));
        }
    }

    private void tellUnknown(String name) {
        catalogue.vendorByPrefix(name).ifPresent(owner -> {
            // What stands before the slash is long and the same: it would make any two names near.
            int slash = name.indexOf('/') + 1;
            List<String> documented = catalogue.annotations().stream()
                    .map(annotation -> annotation.name().text())
                    .filter(text -> text.startsWith(name.substring(0, slash)))
                    .map(text -> text.substring(slash)).toList();
            remarks.add(new Remark(name, Kind.UNKNOWN, "is not documented, and not read"
                    + Spelling.nearest(name.substring(slash), documented)
                            .map(near -> "; did you mean " + name.substring(0, slash) + near + "?")
                            .orElse("")));
        });
    }

    private void read(Written written) {
        Annotation annotation = written.found.annotation();
        if (annotation.status() == Status.HARMLESS || !annotation.elsewhere().isEmpty()) {
            return;
        }
        String ineffective = whyIneffective(annotation);
        if (!ineffective.isEmpty()) {
            remarks.add(new Remark(written.name, Kind.WITHOUT_EFFECT, ineffective));
        } else if (annotation.status() == Status.TOLD) {
            tell(annotation, written.name, written.value);
        } else if (annotation.attributes().isEmpty()) {
            set(annotation, written.name, written.value, written.found.port());
        } else {
            readAttributes(annotation, written);
        }
    }

    private void tell(Annotation annotation, String name, String value) {
        if (!annotation.quiet().contains(value)) {
            remarks.add(new Remark(name, Kind.TOLD, "is not modelled: " + annotation.why()));
        }
    }

    private String whyIneffective(Annotation annotation) {
        Vendor owner = catalogue.vendor(annotation.vendor());
        if (!service.spec().isType(ServiceSpec.LOAD_BALANCER)) {
            return "has no effect on a Service of type " + service.spec().type();
        }
        if (!owner.isEverywhere() && !owner.equals(vendor)) {
            return "has no effect: it is for " + owner.name() + ", and the load balancer is "
                    + (profile == null ? "nobody's" : profile);
        }
        if (profile != null && !annotation.effect().only().isEmpty()
                && !annotation.effect().only().contains(profile)) {
            return "has no effect on " + profile + ", only on "
                    + String.join(", ", annotation.effect().only());
        }
        for (Map.Entry<String, String> need : annotation.effect().needs().entrySet()) {
            if (!CatalogueFile.meets(valueOf(need.getKey()), need.getValue())) {
                return "has no effect without " + need.getKey() + ": " + need.getValue();
            }
        }
        for (Map.Entry<String, String> bar : annotation.effect().unless().entrySet()) {
            // Who names a class has chosen the controller by that.
            boolean chosen = service.spec().loadBalancerClass() != null
                    && !bar.getKey().startsWith(SPEC);
            if (!chosen && CatalogueFile.meets(valueOf(bar.getKey()), bar.getValue())) {
                return "has no effect beside " + bar.getKey()
                        + (bar.getValue().equals("*") ? "" : ": " + bar.getValue());
            }
        }
        return "";
    }

    /** An annotation's value, or that of a field of the spec; a list or mapping reads as empty. */
    private @Nullable String valueOf(String name) {
        if (!name.startsWith(SPEC)) {
            return service.metadata().annotation(name);
        }
        YamlNode field = service.source().get("spec") instanceof Mapping spec
                ? spec.get(name.substring(SPEC.length()))
                : null;
        return field == null ? null : field instanceof Scalar scalar ? scalar.text() : "";
    }

    private void set(Annotation annotation, String name, String value, int port) {
        annotation.but().forEach((word, text) -> {
            if (word.equalsIgnoreCase(value.strip())) {
                remarks.add(new Remark(name, Kind.TOLD, "is not modelled as a whole: " + text));
            }
        });
        annotation.sets().forEach((key, form) -> {
            Optional<String> read = form.read(value, new Subject(service, sendsToPods()));
            if (read.isEmpty()) {
                malformed(annotation, name, value, form);
            } else if (form instanceof PortList list) {
                for (ServicePort each : service.spec().ports()) {
                    put(each.port(), key, String.valueOf(list.has(value, each.port())));
                }
            } else {
                put(port, key, read.get());
            }
        });
    }

    private boolean sendsToPods() {
        return LoadBalancerProfiles.of(String.valueOf(profile))
                .filter(known -> known.settings().backends() == Backends.POD).isPresent();
    }

    private void put(int port, String key, String value) {
        if (value.equals(ValueForm.NOTHING)) {
            return;
        }
        if (key.equals(PROFILE)) {
            if (fixed) {
                return;
            }
            profile = value;
        }
        keys.computeIfAbsent(port, p -> new LinkedHashMap<>()).put(key, value);
    }

    private void malformed(Annotation annotation, String name, String value, ValueForm form) {
        Remark remark = new Remark(name, Kind.MALFORMED, "found \"" + value + "\", expected "
                + form.expected() + ": " + catalogue.vendor(annotation.vendor()).refused());
        if (!remarks.contains(remark)) {
            remarks.add(remark);
        }
    }

    /** {@code a=1,b=2}. */
    private void readAttributes(Annotation annotation, Written written) {
        for (String pair : written.value.split(",")) {
            int equals = pair.indexOf('=');
            String key = (equals < 0 ? pair : pair.substring(0, equals)).strip();
            String value = equals < 0 ? "" : pair.substring(equals + 1).strip();
            String name = written.name + Remark.OF_ATTRIBUTE + key;
            Optional<Annotation> known = annotation.attributes().stream()
                    .filter(attribute -> attribute.name().text().equals(key)).findFirst();
            if (equals < 0) {
                remarks.add(new Remark(written.name, Kind.MALFORMED, "found \"" + pair
                        + "\", expected KEY=VALUE: "
                        + catalogue.vendor(annotation.vendor()).refused()));
            } else if (known.isEmpty()) {
                remarks.add(new Remark(name, Kind.UNKNOWN, "is not documented, and not read"
                        + Spelling.nearest(key, annotation.attributes().stream()
                                .map(attribute -> attribute.name().text()).toList())
                                .map(near -> "; did you mean " + near + "?").orElse("")));
            } else if (known.get().status() == Status.TOLD) {
                tell(known.get(), name, value);
            } else if (known.get().status() == Status.READ) {
                set(known.get(), name, value, written.found.port());
            }
        }
    }
}
