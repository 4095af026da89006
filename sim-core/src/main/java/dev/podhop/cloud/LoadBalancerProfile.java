package dev.podhop.cloud;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/**
 * A load balancer's settings with the provenance of each.
 *
 * @param name {@code tke-clb}; {@code none} for the plain one
 * @param summary one sentence
 * @param provenance for every key
 */
public record LoadBalancerProfile(String name, String summary, LoadBalancerSettings settings,
        Map<LoadBalancerKey, Provenance> provenance) {

    public LoadBalancerProfile {
        provenance = Collections.unmodifiableMap(new EnumMap<>(provenance));
    }

    /** How well a value is known. */
    public Provenance.Mark mark(LoadBalancerKey key) {
        return Objects.requireNonNull(provenance.get(key)).mark();
    }

    /** This profile with settings that somebody gave: those keys are marked so. */
    public LoadBalancerProfile with(LoadBalancerSettings changed, Iterable<LoadBalancerKey> keys,
            Provenance from) {
        Map<LoadBalancerKey, Provenance> marked = new EnumMap<>(provenance);
        for (LoadBalancerKey key : keys) {
            marked.put(key, from);
        }
        return new LoadBalancerProfile(name, summary, changed, marked);
    }
}
