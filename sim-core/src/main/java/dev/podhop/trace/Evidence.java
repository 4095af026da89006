package dev.podhop.trace;

import java.util.List;

/**
 * Something that a decision rests on, and that somebody could look at: a field of the user's, or
 * what a tool shows on the node. Who decides names it; which line of which file it is, whoever has
 * read the files says.
 *
 * <p>A path is written as a setting's key is: {@code spec.externalTrafficPolicy}, and with a
 * condition in brackets for an item of a list: {@code spec.ports[port=80].nodePort},
 * {@code spec.externalIPs[=192.0.2.7]}.
 */
public sealed interface Evidence {

    /** Written in a file, or left out there, so that a default holds. */
    sealed interface Written extends Evidence {}

    /** Shown by a tool where the packet was. */
    sealed interface Shown extends Evidence {}

    /**
     * A field of an object of the API.
     *
     * @param kind lower case, as in targets: {@code service}
     */
    record Field(String kind, String namespace, String name, String path) implements Written {}

    /** A field of the object that the namespace belongs to, a pod or a node. */
    record Here(String path) implements Written {}

    /** Whatever gives somebody this address: a pod, a node, an item of an EndpointSlice. */
    record Holder(String address) implements Written {}

    /**
     * A setting of the Scenario below {@code spec}.
     *
     * @param service whose load balancer it is for, {@code default/web}; empty for all
     */
    record Setting(String path, String service) implements Written {}

    /** A field of kube-proxy's configuration. */
    record ProxyConfig(String path) implements Written {}

    /**
     * What the timeline last did to somebody.
     *
     * @param verbs any of these: {@code fail}, {@code delete}
     * @param address of the pod that it happened to; empty for the place itself
     */
    record Event(List<String> verbs, String address) implements Written {
        public Event {
            verbs = List.copyOf(verbs);
        }
    }

    /** A sysctl of the namespace; the kernel's default where no file sets it. */
    record Sysctl(String name) implements Written {}

    /** A route, as {@code ip route} prints it; what made it may stand in a file. */
    record Route(String route) implements Written {}

    /** A rule, as {@link RuleMatch} has it. */
    record Rule(String table, String chain, String rule) implements Shown {}

    /** An entry, as {@code conntrack -L} prints it. */
    record Connection(String entry) implements Shown {}

    /** A target of a load balancer, or a virtual service's server. */
    record BalancerTarget(String loadBalancer, String target) implements Shown {}
}
