package dev.podhop.kubeproxy;

import dev.podhop.engine.Delay;

/**
 * What a sync takes.
 *
 * @param base whatever the size of the cluster
 * @param perEndpointNanos more for each endpoint of the cluster
 */
public record SyncCost(Delay base, long perEndpointNanos) {

    /**
     * The time of one sync.
     *
     * @param key of this run of this node, for what is drawn
     */
    public long nanos(ProxyTables tables, long key) {
        return base.draw(key)
                + perEndpointNanos * (tables.v4().endpointCount()
                        + tables.v6().endpointCount());
    }
}
