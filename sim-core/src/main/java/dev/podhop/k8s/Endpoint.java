package dev.podhop.k8s;

import dev.podhop.k8s.schema.ObjectReader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One endpoint of a slice: a backend, with what is known about its state.
 *
 * @param addresses of one family; consumers use the first
 * @param ready null means yes
 * @param serving null means yes
 * @param terminating null means no
 * @param nodeName null for an endpoint that is on no node
 */
public record Endpoint(List<String> addresses, @Nullable Boolean ready, @Nullable Boolean serving,
        @Nullable Boolean terminating, @Nullable String hostname, @Nullable String nodeName,
        @Nullable String zone, List<String> hintedZones, List<String> hintedNodes,
        @Nullable ObjectReference targetRef) {

    static Endpoint read(ObjectReader endpoint) {
        ObjectReader conditions = endpoint.object("conditions");
        ObjectReader hints = endpoint.object("hints");
        return new Endpoint(endpoint.texts("addresses"), conditions.flagOrNull("ready"),
                conditions.flagOrNull("serving"), conditions.flagOrNull("terminating"),
                endpoint.textOrNull("hostname"), endpoint.textOrNull("nodeName"),
                endpoint.textOrNull("zone"), hints.list("forZones", z -> z.text("name")),
                hints.list("forNodes", n -> n.text("name")),
                endpoint.objectOrNull("targetRef", ObjectReference::read));
    }

    /** Whether it may get new connections: {@code ready}, and yes where it is unknown. */
    public boolean isReady() {
        return ready == null || ready;
    }

    /**
     * Whether it answers, terminating or not; kube-proxy reads unknown as yes, even beside {@code
     * ready: false}.
     */
    public boolean isServing() {
        return serving == null || serving;
    }

    /**
     * Whether a load balancer's controller that looks for who can serve takes it
     * ({@code EndpointCanServe} of MetalLB): unknown is yes where it is ready.
     */
    public boolean serves() {
        return serving == null ? isReady() : serving;
    }

    /** Whether its pod is on its way out. */
    public boolean isTerminating() {
        return terminating != null && terminating;
    }

    /** This endpoint with other hints. */
    public Endpoint withHints(List<String> zones, List<String> nodes) {
        return new Endpoint(addresses, ready, serving, terminating, hostname, nodeName, zone, zones,
                nodes, targetRef);
    }
}
