package dev.podhop.run.diagnosis;

import dev.podhop.k8s.ApiObject;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.Service;
import dev.podhop.k8s.source.FieldPath;
import dev.podhop.k8s.source.Location;
import dev.podhop.scenario.Names;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** How objects and places are called in sentences. */
final class Said {

    /** How many pods a sentence names. */
    private static final int NAMED = 3;

    private Said() {}

    /** {@code pod/web-1}, {@code deployment/shop/web}. */
    static String name(ApiObject object) {
        return object.kind().singular() + "/"
                + Names.qualified(object.metadata().namespace(), object.metadata().name());
    }

    /** {@code web}, {@code shop/web}. */
    static String service(Service service) {
        return Names.qualified(service.metadata().namespace(), service.metadata().name());
    }

    /** {@code pod/web-1, pod/web-2, pod/web-3, ...}. */
    static String pods(List<Pod> pods) {
        return some(pods.stream().map(Said::name).toList());
    }

    /** The first few of them. */
    static String some(List<String> names) {
        String named = names.stream().limit(NAMED).collect(Collectors.joining(", "));
        return names.size() > NAMED ? named + ", ..." : named;
    }

    /** {@code app=web,tier=front}, as kubectl takes a selector. */
    static String selector(Map<String, String> labels) {
        return labels.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue())
                .collect(Collectors.joining(","));
    }

    /** {@code file.yaml:12}, the place of a field or of what is around it. */
    static String where(ApiObject object, FieldPath field) {
        Location at = object.locationOf(field);
        return at.file() + ":" + at.line();
    }
}
