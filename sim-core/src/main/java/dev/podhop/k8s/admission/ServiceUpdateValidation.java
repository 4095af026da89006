package dev.podhop.k8s.admission;

import dev.podhop.k8s.Service;
import dev.podhop.k8s.ServiceSpec;
import dev.podhop.k8s.source.FieldPath;
import java.util.List;
import java.util.Objects;

/**
 * What may not change in a Service ({@code ValidateServiceUpdate}); what must hold of the new one
 * follows after.
 */
public final class ServiceUpdateValidation {

    private static final FieldPath ADDRESSES = ServiceValidation.SPEC.child("clusterIPs");
    private static final FieldPath FAMILIES = ServiceValidation.SPEC.child("ipFamilies");
    private static final FieldPath POLICY = ServiceValidation.SPEC.child("ipFamilyPolicy");
    private static final String SET = "may not change once set";

    private final ServiceSpec old;
    private final ServiceSpec spec;
    private final FieldErrors errors;

    private ServiceUpdateValidation(ServiceSpec old, ServiceSpec spec, FieldErrors errors) {
        this.old = old;
        this.spec = spec;
        this.errors = errors;
    }

    /** Validates a Service that takes the place of {@code old}. */
    public static void validate(Service old, Service service, int minorVersion,
            FieldErrors errors) {
        MetadataValidation.validateUpdate(old, service, errors);
        new ServiceUpdateValidation(old.spec(), service.spec(), errors).changes();
        ServiceValidation.validate(service, minorVersion, errors);
    }

    /** An ExternalName has nothing that could be kept, and a headless Service nothing to lose. */
    private void changes() {
        boolean named = old.isType(ServiceSpec.EXTERNAL_NAME)
                || spec.isType(ServiceSpec.EXTERNAL_NAME);
        boolean wasHeadless = ServiceValidation.isHeadless(old);
        boolean isHeadless = ServiceValidation.isHeadless(spec);
        if (!named && !(wasHeadless && isHeadless)) {
            addresses();
        }
        if (!named && !wasHeadless && !isHeadless) {
            families();
        }
        if (old.isType(ServiceSpec.LOAD_BALANCER) && spec.isType(ServiceSpec.LOAD_BALANCER)
                && !Objects.equals(old.loadBalancerClass(), spec.loadBalancerClass())) {
            FieldPath field = ServiceValidation.SPEC.child("loadBalancerClass");
            errors.invalidAt(field, field, FieldErrors.quote(spec.loadBalancerClass()), SET);
        }
        ServiceValidation.loadBalancerClass(spec, errors);
        if (old.needsHealthCheck() && spec.needsHealthCheck()
                && old.healthCheckNodePort() != spec.healthCheckNodePort()) {
            errors.forbidden(ServiceValidation.SPEC.child("healthCheckNodePort"),
                    "field is immutable");
        }
    }

    /**
     * The primary address stays for a Service's life; the secondary one may come, and may go with
     * the policy that asked for it ({@code validateUpgradeDowngradeClusterIPs}).
     */
    private void addresses() {
        List<String> before = old.clusterIPs();
        List<String> after = spec.clusterIPs();
        if (before.size() == after.size()) {
            for (int i = 0; i < before.size(); i++) {
                if (!before.get(i).equals(after.get(i))) {
                    invalidAddress(i, after, SET);
                }
            }
            return;
        }
        if (after.isEmpty()) {
            invalidAddress(0, after, "primary clusterIP can not be unset");
        } else if (!before.isEmpty() && !before.getFirst().equals(after.getFirst())) {
            invalidAddress(0, after, SET);
        }
        if (before.size() > after.size() && after.size() == 1) {
            released("must be set to 'SingleStack' when releasing the secondary clusterIP");
        }
    }

    /** The same of families ({@code validateUpgradeDowngradeIPFamilies}). */
    private void families() {
        List<String> before = old.ipFamilies();
        List<String> after = spec.ipFamilies();
        if (before.size() == after.size()) {
            for (int i = 0; i < before.size(); i++) {
                if (!before.get(i).equals(after.get(i))) {
                    invalidFamily(FieldErrors.quote("core.IPFamily", after), SET);
                }
            }
            return;
        }
        if (before.size() > after.size() && spec.clusterIPs().isEmpty()) {
            invalidFamily(FieldErrors.quote("core.IPFamily", after),
                    "primary ipFamily can not be unset");
        }
        if (!before.isEmpty() && !after.isEmpty()
                && !before.getFirst().equals(after.getFirst())) {
            // Sic: here the API server prints the addresses.
            invalidFamily(FieldErrors.quote(spec.clusterIPs()), SET);
        }
        if (before.size() > after.size() && after.size() == 1) {
            released("must be set to 'SingleStack' when releasing the secondary ipFamily");
        }
    }

    /** Giving a family up must be said outright, or an old client would do it unknowingly. */
    private void released(String detail) {
        if (!"SingleStack".equals(spec.ipFamilyPolicy())) {
            errors.invalidAt(POLICY, POLICY, FieldErrors.quote(spec.ipFamilyPolicy()), detail);
        }
    }

    private void invalidAddress(int index, List<String> values, String detail) {
        errors.invalidAt(ADDRESSES.index(index), ClusterIpValidation.place(spec, index),
                FieldErrors.quote(values), detail);
    }

    private void invalidFamily(String values, String detail) {
        FieldPath field = FAMILIES.index(0);
        errors.invalidAt(field, field, values, detail);
    }
}
