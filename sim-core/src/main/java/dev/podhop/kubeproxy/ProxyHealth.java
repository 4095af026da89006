package dev.podhop.kubeproxy;

import dev.podhop.k8s.Node;
import dev.podhop.net.IpFamily;
import java.util.EnumMap;
import java.util.Map;

/**
 * kube-proxy's own health, {@code :10256/healthz} and {@code /livez}
 * ({@code healthcheck/proxier_health.go}, KEP-3836).
 *
 * <p>Unhealthy is a family that has had an update in its queue for too long; having nothing to do
 * is healthy. {@code /healthz} also fails while the node is going away, so that load balancers of
 * the Cluster policy stop sending it new connections while it still serves the old ones.
 */
public final class ProxyHealth {

    /** The taint by which the cluster autoscaler announces that it takes a node away. */
    private static final String TO_BE_DELETED = "ToBeDeletedByClusterAutoscaler";

    private final long timeoutNanos;
    private final Map<IpFamily, Long> oldestQueued = new EnumMap<>(IpFamily.class);
    private final Map<IpFamily, Long> lastUpdated = new EnumMap<>(IpFamily.class);
    private boolean nodeEligible = true;

    /**
     * @param timeoutNanos how long an update may wait: twice the iptables section's syncPeriod
     */
    public ProxyHealth(long timeoutNanos) {
        this.timeoutNanos = timeoutNanos;
    }

    /** A change waits to be synced. */
    public void queued(IpFamily family, long nowNanos) {
        oldestQueued.putIfAbsent(family, nowNanos);
    }

    /** A sync is complete. */
    public void updated(IpFamily family, long nowNanos) {
        oldestQueued.remove(family);
        lastUpdated.put(family, nowNanos);
    }

    /** The node as it is now. */
    public void nodeChanged(Node node) {
        nodeEligible = !node.metadata().isTerminating()
                && node.taints().stream().noneMatch(taint -> taint.key().equals(TO_BE_DELETED));
    }

    /** Whether no family is behind; what the Services' health check ports report too. */
    public boolean isHealthy(long nowNanos) {
        for (IpFamily family : lastUpdated.keySet()) {
            Long since = oldestQueued.get(family);
            if (since != null && nowNanos - since >= timeoutNanos) {
                return false;
            }
        }
        return true;
    }

    /** Status of {@code /healthz}. */
    public int healthz(long nowNanos) {
        return isHealthy(nowNanos) && nodeEligible ? HealthAnswer.OK : HealthAnswer.UNAVAILABLE;
    }

    /** Status of {@code /livez}, which does not mind what becomes of the node. */
    public int livez(long nowNanos) {
        return isHealthy(nowNanos) ? HealthAnswer.OK : HealthAnswer.UNAVAILABLE;
    }
}
