package dev.podhop.cloud;

import java.util.List;
import java.util.Locale;

/**
 * What the vendor's controller makes of a Service: whether it takes it up at all, what it binds and
 * what it calls it.
 *
 * @param notReadyNodes whether nodes that are not ready stay bound, and are left to the health
 *        check ({@code stableNodeSetPredicates}, KEP-3458)
 * @param controlPlaneNodes whether nodes of the control plane are bound
 * @param endpoints which endpoints are bound where targets are pods
 * @param terminatingPods whether a pod on its way out stays bound with weight 0 while it serves
 * @param serving whether an endpoint that serves is enough where no health check asks; else it has
 *        to be ready
 * @param weight of a backend that nobody gave one
 * @param loadBalancerIP what {@code spec.loadBalancerIP} does
 * @param classes the {@code spec.loadBalancerClass}es that it takes up; one that names none it
 *        always does
 * @param listenerName what it calls a listener, and knows it again by; empty: listeners have no
 *        names
 */
public record Registration(Nodes notReadyNodes, Nodes controlPlaneNodes, Endpoints endpoints,
        boolean terminatingPods, boolean serving, int weight, Wanted loadBalancerIP,
        List<String> classes, String listenerName) {

    public Registration {
        classes = List.copyOf(classes);
    }

    /** Whether such nodes are backends. */
    public enum Nodes {
        BOUND,
        LEFT_OUT;

        @Override
        public String toString() {
            return this == BOUND ? "bound" : "leftOut";
        }
    }

    /** What an address that a Service asks for does. */
    public enum Wanted {
        /** It is given, where nobody has it. */
        HONOURED,
        /** Nothing. */
        IGNORED,
        /** The Service gets no load balancer at all. */
        REFUSED;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Which endpoints are backends. */
    public enum Endpoints {
        /** All. */
        ALL,
        /** Those whose {@code targetRef} is a Pod. */
        PODS;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
