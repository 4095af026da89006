package dev.podhop.cloud;

/** Why a load balancer did something; the sentences live in the reports' bundles. */
public enum LoadBalancerReason {
    /** {backend} was chosen among {candidates} by {scheduler}. */
    CHOSEN("lb.chosen"),
    /** All backends are unhealthy, and so all are used. */
    CHOSEN_ALL_UNHEALTHY("lb.chosen.all-unhealthy"),
    NO_LISTENER("lb.no-listener"),
    NO_HEALTHY_BACKEND("lb.no-healthy-backend"),
    ONLY_ITSELF("lb.only-itself"),
    SOURCE_REWRITTEN("lb.source-rewritten");

    private final String code;

    LoadBalancerReason(String code) {
        this.code = code;
    }

    public String code() {
        return code;
    }
}
