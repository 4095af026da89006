package dev.podhop.kubeproxy;

import dev.podhop.engine.Delay;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a sync takes: a base, and so much for every rule that it writes.
 *
 * <p>A full sync writes everything. A partial one (KEP-3453) writes the chains that lead to the
 * Services, which are one each, and of the Services' own chains those that changed. Rules are
 * counted roughly, three for an endpoint, ready or not: the jump to it, its hairpin mark, its
 * translation. nftables' ways to the Services are elements of maps: a partial sync writes those
 * that changed, so that its cost does not grow with the cluster.
 */
public final class SyncCost {

    private static final int RULES_PER_ENDPOINT = 3;
    /** Most nodes go from one version to the same next one: few pairs are counted. */
    private static final int MOST_KNOWN = 256;

    private final Delay base;
    private final long perRuleNanos;
    private final boolean rewritesDispatch;
    private final Map<Step, Long> known = new HashMap<>();

    /** From one version of a family's table to another; compared by identity. */
    private record Step(ServiceTable before, ServiceTable after) {}

    /**
     * A cost that one cluster's nodes share.
     *
     * @param base of any sync
     * @param perRuleNanos more for each rule written
     */
    public SyncCost(Delay base, long perRuleNanos, ProxyMode mode) {
        this.rewritesDispatch = mode != ProxyMode.NFTABLES;
        this.base = base;
        this.perRuleNanos = perRuleNanos;
    }

    /**
     * The time of one sync that writes so many rules.
     *
     * @param key of this run of this node, for what is drawn
     */
    public long nanos(long rules, long key) {
        return base.draw(key) + perRuleNanos * rules;
    }

    /** How many rules a sync writes; {@code before} is null for a full one. */
    public long rules(@Nullable ProxyTables before, ProxyTables after) {
        return before == null ? all(after.v4()) + all(after.v6())
                : changed(before.v4(), after.v4()) + changed(before.v6(), after.v6());
    }

    private static long all(ServiceTable table) {
        return dispatch(table) + (long) RULES_PER_ENDPOINT * table.endpointCount();
    }

    /** Ways to a Service: addresses, node ports, refusals. */
    private static long dispatch(ServiceTable table) {
        return (long) table.captureCount() + table.nodePortCount();
    }

    private long changed(ServiceTable before, ServiceTable after) {
        Step step = new Step(before, after);
        Long counted = known.get(step);
        if (counted == null) {
            counted = (rewritesDispatch ? dispatch(after) : 0)
                    + (long) RULES_PER_ENDPOINT * changedEndpoints(before, after);
            if (known.size() >= MOST_KNOWN) {
                known.clear();
            }
            known.put(step, counted);
        }
        return counted;
    }

    /** Endpoints of the Service ports that are not as they were. */
    private static int changedEndpoints(ServiceTable before, ServiceTable after) {
        int endpoints = 0;
        for (PortChange change : after.changesSince(before)) {
            ServedPort port = change.after();
            endpoints += port == null ? 0 : port.endpoints().size();
        }
        return endpoints;
    }
}
