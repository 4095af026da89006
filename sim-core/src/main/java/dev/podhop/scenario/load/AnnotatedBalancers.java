package dev.podhop.scenario.load;

import dev.podhop.cloud.LoadBalancerProfile;
import dev.podhop.cloud.annotations.AnnotationReader;
import dev.podhop.cloud.annotations.AnnotationReading;
import dev.podhop.cloud.annotations.Remark;
import dev.podhop.k8s.ObjectMeta;
import dev.podhop.k8s.Service;
import dev.podhop.k8s.source.FieldPath;
import dev.podhop.k8s.source.Location;
import dev.podhop.k8s.source.Problems;
import dev.podhop.k8s.source.YamlNode.Mapping;
import dev.podhop.net.IpAddress;
import dev.podhop.scenario.LoadBalancerSpec;
import dev.podhop.scenario.LoadBalancerSpec.OfService;
import dev.podhop.scenario.form.Reading;
import dev.podhop.scenario.form.RecordForm;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How load balancers behave once their Services' annotations are read: each becomes the key of a
 * Scenario document, and is read as that.
 */
public final class AnnotatedBalancers {

    private final LoadBalancerSpec spec;
    /** The last that was read of each Service, which is asked for again and again. */
    private final Map<String, Read> lately = new HashMap<>();

    /** One Service's annotations, and what became of them. */
    private record Read(Service service, AnnotationReading reading, OfService keys) {}

    public AnnotatedBalancers(LoadBalancerSpec spec) {
        this.spec = spec;
    }

    /** How a Service's load balancer behaves on one port, or on those of which nothing is said. */
    public LoadBalancerProfile of(Service service, int port) {
        ObjectMeta meta = service.metadata();
        return spec.of(meta.namespace(), meta.name(), read(service).keys, port);
    }

    /** The address that the scenario gives it, else its annotations; null where neither does. */
    public @Nullable IpAddress address(Service service) {
        ObjectMeta meta = service.metadata();
        IpAddress given = spec.ofService(meta.namespace(), meta.name()).address();
        return given != null ? given : read(service).keys.address();
    }

    /** What has to be told of its annotations. */
    List<Remark> remarks(Service service) {
        return read(service).reading.remarks();
    }

    /** What its controller cannot read; empty where it can. */
    public String refusal(Service service) {
        return read(service).reading.remarks().stream()
                .filter(remark -> remark.what() == Remark.Kind.MALFORMED).findFirst()
                .map(remark -> "refused " + remark.annotation()).orElse("");
    }

    private Read read(Service service) {
        String name = service.metadata().namespace() + "/" + service.metadata().name();
        Read known = lately.get(name);
        if (known != null && (known.service == service || known.service.spec()
                .equals(service.spec())
                && known.service.metadata().annotations()
                        .equals(service.metadata().annotations()))) {
            return known;
        }
        OfService own = spec.ofService(service.metadata().namespace(), service.metadata().name());
        @Nullable String fixed = own.keys().profile();
        AnnotationReading reading = AnnotationReader.read(service,
                fixed != null ? fixed : spec.keys().profile(), fixed != null);
        Read read = new Read(service, reading, keys(service, reading));
        lately.put(name, read);
        return read;
    }

    private static OfService keys(Service service, AnnotationReading reading) {
        if (reading.keys().isEmpty()) {
            return OfService.NONE;
        }
        Problems problems = new Problems();
        Mapping document = document(service.place(), reading, problems);
        OfService keys = RecordForm.of(OfService.class).read(document, FieldPath.root(),
                new Reading(problems, (name, path) -> List.of()));
        if (keys == null || !problems.isEmpty()) {
            throw new IllegalStateException("annotations that no key can say: " + problems.all());
        }
        return keys;
    }

    /** The same as a file would have it, below {@code loadBalancer.services.NAME}. */
    static Mapping document(Location where, AnnotationReading reading, Problems problems) {
        Map<String, String> settings = new LinkedHashMap<>();
        new TreeMap<>(reading.keys()).forEach((port, keys) -> keys.forEach((key, value) -> settings
                .put(port == LoadBalancerSpec.EVERY_PORT ? key : "ports." + port + "." + key,
                        value)));
        Mapping document = new Mapping(where, List.of());
        for (Map.Entry<String, String> setting : settings.entrySet()) {
            document = Setting.of(setting.getKey() + "=" + setting.getValue(), problems)
                    .orElseThrow().applyTo(document, Setting.steps(setting.getKey()), problems);
        }
        return document;
    }
}
