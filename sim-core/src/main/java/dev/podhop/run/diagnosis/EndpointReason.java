package dev.podhop.run.diagnosis;

import dev.podhop.trace.Reason;

/** Why a port of a Service has no usable endpoint; {@code where} is a file and a line. */
enum EndpointReason implements Reason {
    SELECTOR_SPELLING("endpoints.selector.spelling", "service", "label", "where", "nearest",
            "pods"),
    SELECTOR_NAMESPACE("endpoints.selector.namespace", "service", "selector", "where", "namespace",
            "other", "pods"),
    SELECTOR_MISSING("endpoints.selector.missing", "service", "label", "where", "pods", "place"),
    SELECTOR_NONE("endpoints.selector.none", "service", "selector", "where", "namespace"),
    SCALED_TO_ZERO("endpoints.scaled-to-zero", "service", "workload", "where"),
    NO_POD_YET("endpoints.no-pod-yet", "service", "workload", "where"),
    FINISHED("endpoints.finished", "service", "n", "pods"),
    PENDING("endpoints.pending", "service", "n", "pods", "pod", "why", "where"),
    NODE_GONE("endpoints.node-gone", "service", "n", "pods", "node"),
    STARTING("endpoints.starting", "service", "n", "pods"),
    FAMILY("endpoints.family", "service", "family", "pods"),
    PORT_NAME("endpoints.port.name", "service", "port", "where", "nearest", "pods"),
    PORT_NAMES("endpoints.port.names", "service", "port", "where", "names", "pods"),
    PORT_UNNAMED("endpoints.port.unnamed", "service", "port", "where", "pods"),
    PORT_PROTOCOL("endpoints.port.protocol", "service", "port", "where", "protocol", "other"),
    PORT_SOME("endpoints.port.some", "service", "port", "where", "n", "all", "pods", "place"),
    PORT_NUMBER("endpoints.port.number", "service", "port", "where", "pod", "ports"),
    TERMINATING("endpoints.terminating", "service", "n", "pods"),
    UNREADY("endpoints.unready", "service", "n", "pods"),
    CONDITION("endpoints.unready.condition", "pod", "status", "reason", "where"),
    PROBE("endpoints.unready.probe", "pod", "probe", "where"),
    PROBE_PORT("endpoints.unready.probe-port", "pod", "probe", "where", "ports"),
    GATE("endpoints.unready.gate", "pod", "gate", "where"),
    SELECTORLESS("endpoints.selectorless", "service", "where"),
    SLICE_EMPTY("endpoints.slice.empty", "service", "slices"),
    SLICE_PORT("endpoints.slice.port", "service", "port", "where", "slice", "place", "names"),
    SLICE_UNREADY("endpoints.slice.unready", "service", "slices"),
    NOT_IN_FILE("endpoints.not-in-file", "service", "pods", "slice"),
    NOT_WRITTEN_YET("endpoints.not-written-yet", "service", "place"),
    LOCAL("endpoints.local", "service", "policy", "nodes", "where"),
    LOCAL_NOBODY("endpoints.local.nobody", "service", "policy", "where"),
    FIX_SELECTOR("fix.selector", "service", "label"),
    FIX_TARGET_PORT("fix.target-port", "service", "port"),
    FIX_REPLICAS("fix.replicas", "workload"),
    FIX_SLICE_PORT("fix.slice-port", "slice", "port");

    private final Wording wording;

    EndpointReason(String code, String... arguments) {
        this.wording = Wording.of(code, arguments);
    }

    @Override
    public Wording wording() {
        return wording;
    }
}
