package dev.podhop.cloud;

import dev.podhop.cloud.LoadBalancerSettings.Openness;
import dev.podhop.cloud.LoadBalancerSettings.Vendor;
import dev.podhop.k8s.Service;
import org.jspecify.annotations.Nullable;

/**
 * How a Service asks to be reached from outside the cluster.
 *
 * @param detail the subnet of an internal instance, the id of an existing one; empty for a public
 */
public record Access(Kind kind, String detail) {

    /** The annotation of TKE that asks for an address in a subnet of the VPC. */
    public static final String SUBNET =
            "service.kubernetes.io/qcloud-loadbalancer-internal-subnetid";
    /** The annotation of TKE that names an instance which somebody has bought before. */
    public static final String EXISTING = "service.kubernetes.io/tke-existed-lbid";

    private static final Access PUBLIC = new Access(Kind.PUBLIC, "");
    private static final Access INTERNAL = new Access(Kind.INTERNAL, "");

    /** The kinds of access. */
    public enum Kind {
        /** Anybody may call. */
        PUBLIC,
        /** Whoever is in the VPC may call. */
        INTERNAL,
        /** As the instance is, which is not the controller's. */
        EXISTING
    }

    /** The existing instance that a Service names; null for none. */
    public static @Nullable String existing(Service service, LoadBalancerSettings settings) {
        return settings.vendor() == Vendor.TKE ? service.metadata().annotation(EXISTING) : null;
    }

    /** What settings and annotations say; an existing instance outranks a kind of network. */
    static Access of(Service service, LoadBalancerSettings settings) {
        String existing = service.metadata().annotation(EXISTING);
        String subnet = service.metadata().annotation(SUBNET);
        Access otherwise = settings.openness() == Openness.INTERNAL ? INTERNAL : PUBLIC;
        if (settings.vendor() != Vendor.TKE) {
            return otherwise;
        }
        return existing != null ? new Access(Kind.EXISTING, existing)
                : subnet != null ? new Access(Kind.INTERNAL, subnet)
                : otherwise;
    }

    /** {@code public}, {@code internal subnet-1}, {@code existing lb-1}. */
    @Override
    public String toString() {
        return (kind.name().toLowerCase(java.util.Locale.ROOT) + " " + detail).strip();
    }
}
