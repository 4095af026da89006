package dev.podhop.cloud.annotations;

import java.util.List;
import java.util.Map;

/**
 * Whose annotations they are, and how a cluster of that vendor is known.
 *
 * @param name {@code aws}; {@code kubernetes} for those that count everywhere
 * @param profiles of the load balancers that know them, the usual one first
 * @param prefixes what its names begin with
 * @param classes the keys that a {@code spec.loadBalancerClass} of its controllers stands for
 * @param refused what its controller does with a value that it cannot read, as a clause
 */
public record Vendor(String name, List<String> profiles, List<String> prefixes,
        Map<String, Map<String, String>> classes, String refused) {

    /** Kubernetes itself: no load balancer's vendor. */
    static final String KUBERNETES = "kubernetes";

    public Vendor {
        profiles = List.copyOf(profiles);
        prefixes = List.copyOf(prefixes);
    }

    /** How much of a name is its prefix; 0: it is none of its names. */
    int prefixOf(String annotation) {
        return prefixes.stream().filter(annotation::startsWith).mapToInt(String::length).max()
                .orElse(0);
    }

    /** Whether its annotations count whatever the load balancer is. */
    boolean isEverywhere() {
        return name.equals(KUBERNETES);
    }
}
