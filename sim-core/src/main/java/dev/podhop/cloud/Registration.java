package dev.podhop.cloud;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

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
 * @param addresses what an address in a Service's status is to it
 * @param ports whether one number is for one protocol only
 * @param affinityNanos what the vendor advises a Service's affinity to outlast; null: nothing
 * @param tags what it knows its load balancers by
 */
public record Registration(Nodes notReadyNodes, Nodes controlPlaneNodes, Endpoints endpoints,
        boolean terminatingPods, boolean serving, int weight, Wanted loadBalancerIP,
        List<String> classes, String listenerName, Addresses addresses, Ports ports,
        Tags tags, @Nullable Long affinityNanos) {

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

    /** What becomes of an address that a Service's status shows. */
    public enum Addresses {
        /** The load balancer has it, whatever it had before. */
        FOLLOWED,
        /** A new load balancer gets it. */
        KEPT,
        /** It is given up with its load balancer, and does not come back. */
        NEW;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Who may have the same number of a port. */
    public enum Ports {
        /** TCP and UDP. */
        SHARED("shared"),
        /** One protocol: a Service that has both on one number is refused. */
        ONE_PROTOCOL("oneProtocol");

        private final String spelling;

        Ports(String spelling) {
            this.spelling = spelling;
        }

        @Override
        public String toString() {
            return spelling;
        }
    }

    /** What tells whose a load balancer is. */
    public enum Tags {
        /** TKE's three. */
        TKE("tke"),
        /** The Service's name, as on AWS. */
        SERVICE_NAME("serviceName"),
        /** Nothing that anybody could alter. */
        NONE("none");

        private final String spelling;

        Tags(String spelling) {
            this.spelling = spelling;
        }

        @Override
        public String toString() {
            return spelling;
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
