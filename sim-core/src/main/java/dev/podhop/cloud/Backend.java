package dev.podhop.cloud;

import dev.podhop.cloud.HealthCheck.Rhythm;
import dev.podhop.net.IpAddress;
import dev.podhop.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Something bound to a listener, with what the health check has found so far.
 *
 * <p>A new one takes no traffic until it has passed the check; a probe more or less in a row than
 * the threshold says nothing.
 */
public final class Backend {

    private final Wish bound;
    private int weight;
    private boolean healthy;
    /** Whether its node is taken for alive by whoever announces addresses. */
    private boolean alive = true;
    /** Probes in a row that contradict {@link #healthy}. */
    private int against;

    /**
     * What the controller wants bound.
     *
     * @param name the node, or the endpoint's label: {@code n1}, {@code pod/web-1}
     * @param endpoint where packets are addressed
     * @param node address of the node it is on
     * @param probe what the health check asks; null where nothing is asked
     * @param passes whether a probe would have passed all along
     */
    public record Wish(String name, SocketAddress endpoint, IpAddress node, int weight,
            @Nullable Probe probe, boolean passes) {

        boolean isSameBackend(Backend other) {
            Wish its = other.bound;
            return endpoint.equals(its.endpoint) && node.equals(its.node)
                    && java.util.Objects.equals(probe, its.probe);
        }
    }

    /**
     * A question of the health check.
     *
     * @param path what is asked for over HTTP, whose answer must be a status that counts as well;
     *        null: a connection is enough
     */
    public record Probe(SocketAddress to, @Nullable String path, Rhythm rhythm) {

        /** Whether it is asked over HTTP. */
        public boolean http() {
            return path != null;
        }
    }

    Backend(Wish wish, boolean healthy) {
        this.bound = wish;
        this.weight = wish.weight;
        this.healthy = healthy;
    }

    public String name() {
        return bound.name;
    }

    public SocketAddress endpoint() {
        return bound.endpoint;
    }

    /** What the health check asks it; null for nothing. */
    public @Nullable Probe probe() {
        return bound.probe;
    }

    public int weight() {
        return weight;
    }

    void weight(int changed) {
        weight = changed;
    }

    public boolean healthy() {
        return healthy && alive;
    }

    /**
     * A probe has ended.
     *
     * @return whether that turned the backend's health
     */
    public boolean probed(boolean passed, Rhythm check) {
        if (passed == healthy) {
            against = 0;
            return false;
        }
        against++;
        if (against < (healthy ? check.unhealthyThreshold() : check.healthyThreshold())) {
            return false;
        }
        healthy = passed;
        against = 0;
        return true;
    }

    /**
     * Its node has been found alive or dead, other than by a health check.
     *
     * @return whether that is news
     */
    public boolean found(Alive node) {
        boolean before = alive;
        alive = node == Alive.YES;
        return before != alive;
    }

    /** Whether a node is there. */
    public enum Alive {
        YES,
        NO
    }

    /** Address of the node that it is on. */
    public IpAddress node() {
        return bound.node;
    }

    /** What the check has found for long. */
    public void found(boolean passes) {
        healthy = passes;
        against = 0;
    }

    Target target() {
        return new Target(bound.name, bound.endpoint, bound.node, weight, healthy());
    }
}
