package dev.podhop.cloud.annotations;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the annotations of one Service say.
 *
 * @param keys of its load balancer as a Scenario has them, {@code clientIP: preserve}, with their
 *     values as YAML; by Service port, {@link Name#EVERY_PORT} for those of all
 * @param remarks what has to be told
 */
public record AnnotationReading(Map<Integer, Map<String, String>> keys, List<Remark> remarks) {

    public AnnotationReading {
        Map<Integer, Map<String, String>> copy = new LinkedHashMap<>();
        keys.forEach((port, own) -> copy.put(port, Collections.unmodifiableMap(own)));
        keys = Collections.unmodifiableMap(copy);
        remarks = List.copyOf(remarks);
    }

    /** The keys of all ports. */
    public Map<String, String> ofAll() {
        return keys.getOrDefault(Name.EVERY_PORT, Map.of());
    }
}
