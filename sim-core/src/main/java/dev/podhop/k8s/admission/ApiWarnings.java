package dev.podhop.k8s.admission;

import dev.podhop.k8s.Addresses;
import dev.podhop.k8s.ApiObject;
import dev.podhop.k8s.Endpoints;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.PodSpec;
import dev.podhop.k8s.Service;
import dev.podhop.k8s.ServiceSpec;
import dev.podhop.k8s.Workload;
import dev.podhop.k8s.source.FieldPath;
import dev.podhop.k8s.source.Problems;
import dev.podhop.net.Cidr;
import dev.podhop.net.IpAddress;
import java.util.List;
import java.util.Map;

/**
 * What the API server answers beside an object that it takes: the {@code Warning:} lines of {@code
 * kubectl}, in its words ({@code pkg/api/service/warnings.go}, {@code pkg/api/pod/warnings.go}).
 */
final class ApiWarnings {

    private static final FieldPath SPEC = FieldPath.of("spec");
    private static final String HINTS = "service.kubernetes.io/topology-aware-hints";
    /** KEP-4974. */
    private static final int ENDPOINTS_MINOR = 33;
    /** KEP-3015. */
    private static final int PREFER_CLOSE_MINOR = 35;
    /** KEP-5707. */
    private static final int EXTERNAL_IPS_MINOR = 36;
    /** {@code deprecatedNodeLabels}: the label, since when, and what to use instead. */
    private static final Map<String, List<String>> NODE_LABELS = Map.of(
            "beta.kubernetes.io/arch", List.of("v1.14", "kubernetes.io/arch"),
            "beta.kubernetes.io/os", List.of("v1.14", "kubernetes.io/os"),
            "failure-domain.beta.kubernetes.io/region",
            List.of("v1.17", "topology.kubernetes.io/region"),
            "failure-domain.beta.kubernetes.io/zone",
            List.of("v1.17", "topology.kubernetes.io/zone"),
            "beta.kubernetes.io/instance-type",
            List.of("v1.17", "node.kubernetes.io/instance-type"));

    private final ApiObject object;
    private final int minorVersion;
    private final Problems problems;

    private ApiWarnings(ApiObject object, int minorVersion, Problems problems) {
        this.object = object;
        this.minorVersion = minorVersion;
        this.problems = problems;
    }

    /** Tells what Kubernetes 1.{@code minorVersion} warns of when the object is written. */
    static void tell(ApiObject object, int minorVersion, Problems problems) {
        ApiWarnings warnings = new ApiWarnings(object, minorVersion, problems);
        switch (object) {
            case Service service -> warnings.service(service.spec());
            case Endpoints endpoints -> warnings.endpoints();
            case Pod pod -> warnings.pod(pod.spec(), SPEC);
            case Workload workload -> warnings.pod(workload.template().spec(),
                    SPEC.child("template").child("spec"));
            default -> {
            }
        }
    }

    private void warn(FieldPath place, String text) {
        problems.warn(object.locationOf(place) + ": " + text);
    }

    private void endpoints() {
        if (minorVersion >= ENDPOINTS_MINOR) {
            warn(FieldPath.of("kind"), "v1 Endpoints is deprecated in v1.33+; use"
                    + " discovery.k8s.io/v1 EndpointSlice");
        }
    }

    private void pod(PodSpec spec, FieldPath path) {
        FieldPath field = path.child("nodeSelector");
        for (String label : spec.nodeSelector().keySet()) {
            List<String> instead = NODE_LABELS.get(label);
            if (instead != null) {
                warn(field.key(label), field.key(label) + ": deprecated since "
                        + instead.getFirst() + "; use \"" + instead.getLast() + "\" instead");
            }
        }
    }

    private void service(ServiceSpec spec) {
        if (object.metadata().annotation(HINTS) != null) {
            warn(FieldPath.of("metadata", "annotations").key(HINTS), "annotation " + HINTS
                    + " is deprecated, please use service.kubernetes.io/topology-mode instead");
        }
        if (spec.hasClusterIP()) {
            for (int i = 0; i < spec.clusterIPs().size(); i++) {
                address(SPEC.child("clusterIPs").index(i), ClusterIpValidation.place(spec, i),
                        spec.clusterIPs().get(i));
            }
        }
        boolean named = spec.isType(ServiceSpec.EXTERNAL_NAME);
        boolean headless = spec.isType(ServiceSpec.CLUSTER_IP) && spec.isHeadless();
        if (headless) {
            headless(spec);
        }
        FieldPath external = SPEC.child("externalIPs");
        for (int i = 0; i < spec.externalIPs().size(); i++) {
            address(external.index(i), external.index(i), spec.externalIPs().get(i));
        }
        boolean some = !spec.externalIPs().isEmpty();
        if (some && !headless && !named && minorVersion >= EXTERNAL_IPS_MINOR) {
            warn(external, "spec.externalIPs is deprecated and may no longer be implemented in some"
                    + " clusters");
        }
        if (!spec.loadBalancerIP().isEmpty()) {
            FieldPath field = SPEC.child("loadBalancerIP");
            address(field, field, spec.loadBalancerIP());
        }
        FieldPath ranges = SPEC.child("loadBalancerSourceRanges");
        for (int i = 0; i < spec.loadBalancerSourceRanges().size(); i++) {
            range(ranges.index(i), spec.loadBalancerSourceRanges().get(i));
        }
        if (some && named) {
            warn(external, "spec.externalIPs is ignored when spec.type is \"ExternalName\"");
        }
        if (!named && !spec.externalName().isEmpty()) {
            warn(SPEC.child("externalName"),
                    "spec.externalName is ignored when spec.type is not \"ExternalName\"");
        }
        if ("PreferClose".equals(spec.trafficDistribution())
                && minorVersion >= PREFER_CLOSE_MINOR) {
            warn(SPEC.child("trafficDistribution"), "spec.trafficDistribution: \"PreferClose\" is"
                    + " deprecated; use \"PreferSameZone\"");
        }
    }

    private void headless(ServiceSpec spec) {
        if (!spec.loadBalancerIP().isEmpty()) {
            warn(SPEC.child("loadBalancerIP"),
                    "spec.loadBalancerIP is ignored for headless services");
        }
        if (!spec.externalIPs().isEmpty()) {
            warn(SPEC.child("externalIPs"), "spec.externalIPs is ignored for headless services");
        }
        if (!spec.sessionAffinity().equals("None")) {
            warn(SPEC.child("sessionAffinity"),
                    "spec.SessionAffinity is ignored for headless services");
        }
    }

    /** {@code GetWarningsForIP}. */
    private void address(FieldPath field, FieldPath place, String text) {
        IpAddress address = Addresses.parse(text).orElse(null);
        if (address == null) {
            return;
        }
        if (Addresses.hasLeadingZeros(text) || Addresses.isMapped(text)) {
            warn(place, field + ": non-standard IP address \"" + text + "\" will be considered"
                    + " invalid in a future Kubernetes release: use \"" + address + "\"");
        } else if (!address.isV4() && !address.toString().equals(text)) {
            warn(place, field + ": IPv6 address \"" + text
                    + "\" should be in RFC 5952 canonical format (\"" + address + "\")");
        }
    }

    /** {@code GetWarningsForCIDR}. */
    private void range(FieldPath field, String text) {
        Cidr range = Addresses.parseCidr(text).orElse(null);
        if (range == null) {
            return;
        }
        String written = text.substring(0, text.indexOf('/'));
        IpAddress address = Addresses.of(written);
        boolean ambiguous = !address.equals(range.base());
        if (ambiguous) {
            warn(field, field + ": CIDR value \"" + text + "\" is ambiguous in this context (should"
                    + " be \"" + range + "\" or \"" + Cidr.host(address) + "\"?)");
        }
        if (Addresses.hasLeadingZeros(written) || text.matches(".*/0.+")
                || Addresses.isMapped(written)) {
            warn(field, field + ": non-standard CIDR value \"" + text + "\" will be considered"
                    + " invalid in a future Kubernetes release: use \"" + range + "\"");
        } else if (!ambiguous && !address.isV4() && !range.toString().equals(text)) {
            warn(field, field + ": IPv6 CIDR value \"" + text
                    + "\" should be in RFC 5952 canonical format (\"" + range + "\")");
        }
    }
}
