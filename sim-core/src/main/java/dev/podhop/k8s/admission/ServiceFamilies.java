package dev.podhop.k8s.admission;

import dev.podhop.k8s.Addresses;
import dev.podhop.k8s.ServiceSpec;
import dev.podhop.k8s.source.FieldPath;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Settles a Service's {@code ipFamilies} and {@code ipFamilyPolicy} from what was written and what
 * the cluster has ({@code initIPFamilyFields}).
 */
final class ServiceFamilies {

    static final String SINGLE = "SingleStack";
    static final String PREFER_DUAL = "PreferDualStack";
    static final String REQUIRE_DUAL = "RequireDualStack";

    private static final FieldPath ADDRESSES = ServiceValidation.SPEC.child("clusterIPs");
    private static final FieldPath FAMILIES = ServiceValidation.SPEC.child("ipFamilies");
    private static final FieldPath POLICY = ServiceValidation.SPEC.child("ipFamilyPolicy");

    private final List<String> clusterFamilies;
    private final @Nullable ServiceSpec old;
    private final ServiceSpec spec;
    private final FieldErrors errors;
    private final String policy;
    private List<String> addresses;
    private List<String> families;

    private ServiceFamilies(List<String> clusterFamilies, @Nullable ServiceSpec old,
            ServiceSpec spec, FieldErrors errors) {
        this.clusterFamilies = clusterFamilies;
        this.old = old;
        this.spec = spec;
        this.errors = errors;
        this.policy = policy(old, spec);
        this.addresses = spec.clusterIPs();
        this.families = spec.ipFamilies();
    }

    /**
     * The spec with families and policy set.
     *
     * @param clusterFamilies the families the cluster's Services can have, its default first
     * @param old the spec that is to be replaced, if any
     */
    static ServiceSpec settle(List<String> clusterFamilies, @Nullable ServiceSpec old,
            ServiceSpec spec, FieldErrors errors) {
        if (spec.isType(ServiceSpec.EXTERNAL_NAME)
                || old != null && isUnchangedPreference(old, spec)) {
            return spec;
        }
        ServiceFamilies settled = new ServiceFamilies(clusterFamilies, old, spec, errors);
        settled.settle();
        return spec.toBuilder().ipFamilyPolicy(settled.policy).ipFamilies(settled.families)
                .clusterIPs(settled.addresses).build();
    }

    /** A Service that prefers two families is not touched because the cluster came to have them. */
    private static boolean isUnchangedPreference(ServiceSpec old, ServiceSpec spec) {
        return PREFER_DUAL.equals(spec.ipFamilyPolicy())
                && PREFER_DUAL.equals(old.ipFamilyPolicy()) && old.type().equals(spec.type())
                && old.clusterIPs().equals(spec.clusterIPs())
                && old.ipFamilies().equals(spec.ipFamilies());
    }

    /**
     * What was written, or was before; else one family, except for a headless Service without
     * selector, whose endpoints somebody else writes, of whatever family.
     */
    private static String policy(@Nullable ServiceSpec old, ServiceSpec spec) {
        String written = spec.ipFamilyPolicy();
        String before = old == null ? null : old.ipFamilyPolicy();
        if (written != null) {
            return written;
        }
        if (before != null) {
            return before;
        }
        return spec.isHeadless() && spec.selector().isEmpty() ? REQUIRE_DUAL : SINGLE;
    }

    /** In the order of {@code initIPFamilyFields}, which stops where going on would mislead. */
    private void settle() {
        if (old != null) {
            release(old);
        }
        if (policy.equals(SINGLE)) {
            String required = "must be 'RequireDualStack' or 'PreferDualStack' when multiple ";
            if (addresses.size() == 2) {
                errors.invalid(POLICY, policy, required + "cluster IPs are specified");
            }
            if (families.size() == 2) {
                errors.invalid(POLICY, policy, required + "IP families are specified");
            }
        }
        inferFromAddresses();
        if (!errors.isEmpty()) {
            return;
        }
        if (spec.isHeadless() && spec.selector().isEmpty()) {
            // Nobody allocates for it, so both families are allowed even where the cluster has one.
            families = families.isEmpty() ? List.of(clusterFamilies.getFirst()) : families;
            addSecond(!policy.equals(SINGLE));
            return;
        }
        if (policy.equals(REQUIRE_DUAL) && clusterFamilies.size() < 2) {
            errors.invalid(POLICY, policy,
                    "this cluster is not configured for dual-stack services");
        }
        for (int i = 0; i < families.size(); i++) {
            if (!clusterFamilies.contains(families.get(i))) {
                errors.invalid(FAMILIES.index(i), families.get(i),
                        "not configured on this cluster");
            }
        }
        families = families.isEmpty() ? List.of(clusterFamilies.getFirst()) : families;
        addSecond(!policy.equals(SINGLE) && clusterFamilies.size() == 2);
    }

    /** Says whether the second family may go, and lets it go where the policy says so. */
    private void release(ServiceSpec before) {
        if (policy.equals(SINGLE)) {
            if (before.clusterIPs().equals(addresses) && addresses.size() > 1) {
                addresses = addresses.subList(0, 1);
            }
            if (before.ipFamilies().equals(families) && families.size() > 1) {
                families = families.subList(0, 1);
            }
            return;
        }
        if (!addresses.isEmpty() && addresses.size() < before.clusterIPs().size()) {
            errors.invalid(POLICY, policy,
                    "must be 'SingleStack' to release the secondary cluster IP");
        }
        if (!families.isEmpty() && families.size() < before.ipFamilies().size()) {
            errors.invalid(POLICY, policy,
                    "must be 'SingleStack' to release the secondary IP family");
        }
    }

    /** Addresses that were asked for say which families are meant. */
    private void inferFromAddresses() {
        if (spec.isHeadless()) {
            return;
        }
        List<String> inferred = new ArrayList<>(families);
        for (int i = families.size(); i < addresses.size(); i++) {
            String family = Addresses.of(addresses.get(i)).family().name();
            if (clusterFamilies.contains(family)) {
                inferred.add(family);
            } else {
                errors.invalidAt(ADDRESSES.index(i), ClusterIpValidation.place(spec, i),
                        FieldErrors.quote(addresses),
                        family + " is not configured on this cluster");
            }
        }
        families = inferred;
    }

    /** Completes a pair of families. */
    private void addSecond(boolean wanted) {
        if (wanted && families.size() == 1) {
            String first = families.getFirst();
            families = List.of(first, first.equals("IPv4") ? "IPv6" : "IPv4");
        }
    }
}
