package dev.podhop.cloud;

import dev.podhop.cloud.LoadBalancerSettings.Openness;
import org.jspecify.annotations.Nullable;

/**
 * How a Service asks to be reached from outside the cluster.
 *
 * @param detail the subnet of an internal instance, the id of an existing one; empty for a public
 */
public record Access(Kind kind, String detail) {

    private static final Access PUBLIC = new Access(Kind.PUBLIC, "");

    /** The kinds of access. */
    public enum Kind {
        /** Anybody may call. */
        PUBLIC,
        /** Whoever is in the VPC may call. */
        INTERNAL,
        /** As the instance is, which is not the controller's. */
        EXISTING
    }

    /** The existing instance that is asked for; null for none. */
    public static @Nullable String existing(LoadBalancerSettings settings) {
        String existing = settings.instance().existing();
        return existing.isEmpty() ? null : existing;
    }

    /** What is asked for; an existing instance outranks a kind of network. */
    static Access of(LoadBalancerSettings settings) {
        InstanceChoice instance = settings.instance();
        return !instance.existing().isEmpty() ? new Access(Kind.EXISTING, instance.existing())
                : settings.openness() == Openness.INTERNAL
                        ? new Access(Kind.INTERNAL, instance.subnet())
                : PUBLIC;
    }

    /** {@code public}, {@code internal subnet-1}, {@code existing lb-1}. */
    @Override
    public String toString() {
        return (kind.name().toLowerCase(java.util.Locale.ROOT) + " " + detail).strip();
    }
}
