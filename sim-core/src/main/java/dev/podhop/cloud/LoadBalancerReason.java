package dev.podhop.cloud;

import dev.podhop.trace.Reason;
import java.util.List;

/** Why a load balancer did something; the sentences live in the reports' bundles. */
public enum LoadBalancerReason implements Reason {
    /** A backend was chosen among {@code n} by the scheduler. */
    CHOSEN("lb.chosen", "loadBalancer", "backend", "endpoint", "n", "scheduler", "vip"),
    /** All backends are unhealthy, and so all are used. */
    CHOSEN_ALL_UNHEALTHY("lb.chosen.all-unhealthy", "loadBalancer", "backend", "endpoint", "n",
            "scheduler", "vip"),
    NO_LISTENER("lb.no-listener", "what"),
    NO_HEALTHY_BACKEND("lb.no-healthy-backend", "what"),
    ONLY_ITSELF("lb.only-itself", "what"),
    /** No node answers for the address, and so nobody gets the packet. */
    NOBODY_ANNOUNCES("lb.nobody-announces", "what"),
    SOURCE_RANGES("lb.source-ranges", "what"),
    SESSION_OVER("lb.session-over", "what"),
    SOURCE_REWRITTEN("lb.source-rewritten", "address");

    private final String code;
    private final List<String> arguments;

    LoadBalancerReason(String code, String... arguments) {
        this.code = code;
        this.arguments = List.of(arguments);
    }

    @Override
    public String code() {
        return code;
    }

    @Override
    public List<String> arguments() {
        return arguments;
    }
}
