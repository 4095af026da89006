package dev.podhop.trace;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Something that stays: an entry made, changed or gone. State at a time is the changes up to it.
 *
 * @param where the node or {@code edge}; empty for the cluster's own objects
 * @param key names the thing within its kind and place
 * @param value its fields after the change; empty when it is gone
 */
public record StateChange(long timeNanos, Kind kind, String where, String key,
        Map<String, String> value) {

    /** What kinds of state a run has. */
    public enum Kind {
        CONNTRACK,
        ENDPOINTS,
        LOAD_BALANCER,
        RULE_SYNC,
        /** A pod as the API has it. */
        POD,
        /** A node as the API has it. */
        NODE,
        /** A container's process on its node. */
        PROCESS,
        /** A record set of one CoreDNS. */
        DNS
    }

    public StateChange {
        value = Collections.unmodifiableMap(new LinkedHashMap<>(value));
    }

    /** Whether the thing ceased to be. */
    public boolean removed() {
        return value.isEmpty();
    }
}
