package dev.podhop.k8s.admission;

import static dev.podhop.k8s.ServiceSpec.CLUSTER_IP;
import static dev.podhop.k8s.ServiceSpec.EXTERNAL_NAME;
import static dev.podhop.k8s.ServiceSpec.LOAD_BALANCER;
import static dev.podhop.k8s.ServiceSpec.NODE_PORT;

import dev.podhop.k8s.Addresses;
import dev.podhop.k8s.Service;
import dev.podhop.k8s.ServiceSpec;
import dev.podhop.k8s.source.FieldPath;
import java.util.List;

/**
 * What the API server demands of a Service ({@code ValidateService}), in its order, for tools show
 * the first objection first. The Service is defaulted, and {@code clusterIPs} follow
 * {@code clusterIP}.
 */
public final class ServiceValidation {

    private static final FieldPath METADATA = FieldPath.of("metadata");
    static final FieldPath SPEC = FieldPath.of("spec");
    private static final List<String> POLICIES = List.of(ServiceSpec.CLUSTER, ServiceSpec.LOCAL);
    private static final String MODE = "service.kubernetes.io/topology-mode";
    private static final String HINTS = "service.kubernetes.io/topology-aware-hints";
    private static final String RANGES = "service.beta.kubernetes.io/load-balancer-source-ranges";
    /** Exposing kubelet's own port through a firewall would open it on every node. */
    private static final int KUBELET_PORT = 10250;
    private static final int AFFINITY_MAX_SECONDS = 86_400;
    /** KEP-3015: the two newer distributions are on by default since Kubernetes 1.34. */
    private static final int SAME_NODE_MINOR = 34;

    private final Service service;
    private final ServiceSpec spec;
    private final int minorVersion;
    private final FieldErrors errors;

    private ServiceValidation(Service service, int minorVersion, FieldErrors errors) {
        this.service = service;
        this.spec = service.spec();
        this.minorVersion = minorVersion;
        this.errors = errors;
    }

    /** Validates a new Service, as Kubernetes 1.{@code minorVersion} does. */
    public static void validate(Service service, int minorVersion, FieldErrors errors) {
        new ServiceValidation(service, minorVersion, errors).validate();
    }

    private void validate() {
        MetadataValidation.validate(service, minorVersion, errors);
        topologyAnnotations();
        if (spec.ports().isEmpty() && !isHeadless(spec) && !spec.isType(EXTERNAL_NAME)) {
            errors.required(SPEC.child("ports"), "");
        }
        type();
        new ServicePortValidation(spec, errors).ports();
        MetadataValidation.labels(spec.selector(), SPEC.child("selector"), errors);
        affinity();
        ClusterIpValidation.validate(spec, errors);
        externalIPs();
        if (!List.of(CLUSTER_IP, NODE_PORT, LOAD_BALANCER, EXTERNAL_NAME).contains(spec.type())) {
            errors.notSupported(SPEC.child("type"), spec.type(),
                    List.of(CLUSTER_IP, NODE_PORT, LOAD_BALANCER, EXTERNAL_NAME));
        }
        new ServicePortValidation(spec, errors).conflicts();
        sourceRanges();
        if (spec.allocateLoadBalancerNodePorts() != null && !spec.isType(LOAD_BALANCER)) {
            errors.forbidden(SPEC.child("allocateLoadBalancerNodePorts"),
                    "may only be used when `type` is 'LoadBalancer'");
        }
        loadBalancerClass(spec, errors);
        externalTraffic();
        internalTraffic();
        trafficDistribution();
        LoadBalancerStatusValidation.validate(service.ingress(), errors);
    }

    /** As validation sees it: by the plural field, which a mistake may have set apart. */
    static boolean isHeadless(ServiceSpec spec) {
        return spec.clusterIPs().equals(List.of(ServiceSpec.NONE));
    }

    /** The older annotation may stand beside the newer one only if it says the same (KEP-2433). */
    private void topologyAnnotations() {
        String mode = service.metadata().annotation(MODE);
        String hints = service.metadata().annotation(HINTS);
        if (mode != null && hints != null && !mode.equals(hints)) {
            errors.invalid(METADATA.child("annotations").key(MODE), mode,
                    "must match annotations[" + HINTS + "] when both are specified");
        }
    }

    /** What one type forbids; that a type is none is told later, in the API server's order. */
    private void type() {
        switch (spec.type()) {
            case LOAD_BALANCER -> {
                for (int i = 0; i < spec.ports().size(); i++) {
                    if (spec.ports().get(i).port() == KUBELET_PORT) {
                        errors.invalid(SPEC.child("ports").index(i), KUBELET_PORT, "may not expose"
                                + " port 10250 externally since it is used by kubelet");
                    }
                }
                notHeadless();
            }
            case NODE_PORT -> notHeadless();
            case EXTERNAL_NAME -> externalName();
            default -> {
            }
        }
    }

    private void notHeadless() {
        if (isHeadless(spec)) {
            FieldPath field = SPEC.child("clusterIPs").index(0);
            errors.invalidAt(field, ClusterIpValidation.place(spec, 0), "\"None\"",
                    "may not be set to 'None' for " + spec.type() + " services");
        }
    }

    /** An ExternalName is a CNAME record and nothing else: no address, no family, only a name. */
    private void externalName() {
        String forbidden = "may not be set for ExternalName services";
        if (!spec.clusterIPs().isEmpty()) {
            errors.forbidden(SPEC.child("clusterIPs"), forbidden);
        }
        if (!spec.ipFamilies().isEmpty()) {
            errors.forbidden(SPEC.child("ipFamilies"), forbidden);
        }
        if (spec.ipFamilyPolicy() != null) {
            errors.forbidden(SPEC.child("ipFamilyPolicy"), forbidden);
        }
        // A dot at the end marks a name as complete, and is no part of it.
        String name = spec.externalName().replaceFirst("\\.$", "");
        if (name.isEmpty()) {
            errors.required(SPEC.child("externalName"), "");
        } else {
            NameRules.dns1123Subdomain(name)
                    .forEach(wrong -> errors.invalid(SPEC.child("externalName"), name, wrong));
        }
    }

    /** Other affinities do not exist, and a client is remembered for a day at most. */
    private void affinity() {
        String affinity = spec.sessionAffinity();
        if (!affinity.equals("None") && !affinity.equals(ServiceSpec.CLIENT_IP)) {
            errors.notSupported(SPEC.child("sessionAffinity"), affinity,
                    List.of("None", ServiceSpec.CLIENT_IP));
        }
        Integer seconds = spec.sessionAffinityTimeoutSeconds();
        if (spec.hasClientAffinity() && seconds != null
                && (seconds <= 0 || seconds > AFFINITY_MAX_SECONDS)) {
            errors.always().invalid(
                    SPEC.child("sessionAffinityConfig").child("clientIP").child("timeoutSeconds"),
                    seconds, "must be greater than 0 and less than " + AFFINITY_MAX_SECONDS);
        }
    }

    /** Addresses that every node has, or that no packet may go to, would break each node. */
    private void externalIPs() {
        for (int i = 0; i < spec.externalIPs().size(); i++) {
            String text = spec.externalIPs().get(i);
            FieldPath field = SPEC.child("externalIPs").index(i);
            errors.address(field, field, text);
            Addresses.parse(text).flatMap(address -> AddressRules.special(address, text))
                    .ifPresent(wrong -> errors.invalid(field, text, wrong));
        }
    }

    /** The field counts before the annotation that there was once instead of it. */
    private void sourceRanges() {
        List<String> ranges = spec.loadBalancerSourceRanges();
        String annotated = service.metadata().annotation(RANGES);
        String forbidden = "may only be used when `type` is 'LoadBalancer'";
        if (!ranges.isEmpty()) {
            // The API server itself spells the field with a capital letter here.
            FieldPath field = SPEC.child("LoadBalancerSourceRanges");
            FieldPath place = SPEC.child("loadBalancerSourceRanges");
            if (!spec.isType(LOAD_BALANCER)) {
                errors.forbidden(field, forbidden);
            }
            for (int i = 0; i < ranges.size(); i++) {
                // Blanks were allowed in the annotation, so they are in the field.
                String range = ranges.get(i).strip();
                errors.range(field.index(i), place.index(i), range);
            }
        } else if (annotated != null) {
            FieldPath field = METADATA.child("annotations").key(RANGES);
            if (!spec.isType(LOAD_BALANCER)) {
                errors.forbidden(field, forbidden);
            }
            for (String range : annotated.isBlank() ? new String[0] : annotated.split(",", -1)) {
                errors.range(field, field, range.strip());
            }
        }
    }

    /** Names the controller that shall provide the load balancer (KEP-1959). */
    static void loadBalancerClass(ServiceSpec spec, FieldErrors errors) {
        String name = spec.loadBalancerClass();
        FieldPath field = SPEC.child("loadBalancerClass");
        if (name != null && spec.isType(LOAD_BALANCER)) {
            NameRules.qualifiedName(name).forEach(wrong -> errors.invalid(field, name, wrong));
        } else if (name != null) {
            errors.forbidden(field, "may only be used when `type` is 'LoadBalancer'");
        }
    }

    /**
     * The policy and the health check port that comes with it
     * ({@code validateServiceExternalTrafficPolicy}).
     */
    private void externalTraffic() {
        FieldPath field = SPEC.child("externalTrafficPolicy");
        String policy = spec.externalTrafficPolicy();
        if (!spec.isExternallyAccessible()) {
            if (!policy.isEmpty()) {
                errors.invalid(field, policy, "may only be set for externally-accessible services");
            }
        } else if (!POLICIES.contains(policy)) {
            errors.notSupported(field, policy, POLICIES);
        }
        FieldPath healthField = SPEC.child("healthCheckNodePort");
        int healthPort = spec.healthCheckNodePort();
        if (spec.needsHealthCheck() && healthPort == 0) {
            errors.required(healthField, "");
        } else if (spec.needsHealthCheck()) {
            NameRules.portNumber(healthPort)
                    .forEach(wrong -> errors.always().invalid(healthField, healthPort, wrong));
        } else if (healthPort != 0) {
            errors.invalid(healthField, healthPort, "may only be set when `type` is 'LoadBalancer'"
                    + " and `externalTrafficPolicy` is 'Local'");
        }
    }

    /** KEP-2086. */
    private void internalTraffic() {
        String policy = spec.internalTrafficPolicy();
        if (policy != null && !POLICIES.contains(policy)) {
            errors.notSupported(SPEC.child("internalTrafficPolicy"), policy, POLICIES);
        }
    }

    /** KEP-4444, and KEP-3015 for the two newer values. */
    private void trafficDistribution() {
        List<String> known = minorVersion >= SAME_NODE_MINOR
                ? List.of("PreferClose", "PreferSameZone", "PreferSameNode")
                : List.of("PreferClose");
        String distribution = spec.trafficDistribution();
        if (distribution != null && !known.contains(distribution)) {
            errors.notSupported(SPEC.child("trafficDistribution"), distribution, known);
        }
    }
}
