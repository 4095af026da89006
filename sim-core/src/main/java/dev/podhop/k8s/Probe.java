package dev.podhop.k8s;

import dev.podhop.k8s.schema.ObjectReader;

/** A probe, with the API server's defaults ({@code SetDefaults_Probe}) in place. */
public record Probe(ContainerAction action, int initialDelaySeconds, int timeoutSeconds,
        int periodSeconds, int successThreshold, int failureThreshold) {

    static Probe read(ObjectReader probe) {
        return new Probe(ContainerAction.read(probe), probe.integer("initialDelaySeconds"),
                orElse(probe.integer("timeoutSeconds"), 1),
                orElse(probe.integer("periodSeconds"), 10),
                orElse(probe.integer("successThreshold"), 1),
                orElse(probe.integer("failureThreshold"), 3));
    }

    private static int orElse(int value, int absent) {
        return value == 0 ? absent : value;
    }
}
