package dev.podhop.k8s.admission;

import dev.podhop.k8s.Addresses;
import dev.podhop.k8s.ApiObject;
import dev.podhop.k8s.DaemonSet;
import dev.podhop.k8s.Deployment;
import dev.podhop.k8s.EndpointSlice;
import dev.podhop.k8s.Endpoints;
import dev.podhop.k8s.Node;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.Replicated;
import dev.podhop.k8s.StatefulSet;
import dev.podhop.k8s.source.FieldPath;
import dev.podhop.net.Cidr;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the API server demands of the kinds other than Service. */
final class ObjectValidation {

    private static final FieldPath SPEC = FieldPath.of("spec");
    private static final FieldPath STATUS = FieldPath.of("status");
    private static final List<String> TAINT_EFFECTS =
            List.of("NoExecute", "NoSchedule", "PreferNoSchedule");

    private ObjectValidation() {}

    static void validate(ApiObject object, int minorVersion, FieldErrors errors) {
        MetadataValidation.validate(object, minorVersion, errors);
        switch (object) {
            case Node node -> node(node, errors);
            case Pod pod -> pod(pod, errors);
            case EndpointSlice slice -> new EndpointValidation(errors).slice(slice);
            case Endpoints endpoints -> new EndpointValidation(errors).endpoints(endpoints);
            case Deployment set -> new WorkloadValidation(errors).validate(set, set.replicas());
            case Replicated set -> new WorkloadValidation(errors).validate(set, set.replicas());
            case StatefulSet set -> new WorkloadValidation(errors).validate(set, set.replicas());
            case DaemonSet set -> new WorkloadValidation(errors).validate(set, 0);
            default -> {
            }
        }
    }

    /** {@code ValidateNode}: its ranges and its addresses, on which all pods' addresses depend. */
    private static void node(Node node, FieldErrors errors) {
        taints(node.taints(), errors);
        FieldPath ranges = SPEC.child("podCIDRs");
        for (int i = 0; i < node.podCIDRs().size(); i++) {
            String text = node.podCIDRs().get(i);
            FieldPath field = ranges.index(i);
            FieldPath place = i == 0 ? SPEC.child("podCIDR") : field;
            errors.range(field, place, text);
        }
        long families = node.podCIDRs().stream().map(Addresses::parseCidr)
                .flatMap(Optional::stream).map(Cidr::family).distinct().count();
        if (node.podCIDRs().size() > 2 || node.podCIDRs().size() == 2 && families == 1) {
            errors.invalidAt(ranges, ranges, FieldErrors.quote(node.podCIDRs()),
                    "may specify no more than one CIDR for each IP family");
        }
        for (int i = 1; i < node.podCIDRs().size(); i++) {
            if (node.podCIDRs().indexOf(node.podCIDRs().get(i)) < i) {
                errors.duplicate(ranges.index(i), FieldErrors.quote(node.podCIDRs().get(i)));
            }
        }
        for (int i = 0; i < node.addresses().size(); i++) {
            Node.NodeAddress address = node.addresses().get(i);
            // The types that hold names end in DNS, or are Hostname.
            boolean numeric = address.type().endsWith("IP");
            if (numeric) {
                FieldPath field = STATUS.child("addresses").index(i).child("address");
                errors.address(field, field, address.address());
            }
        }
    }

    /** {@code validateNodeTaints}; the API server looks for them in the metadata. */
    private static void taints(List<Node.Taint> taints, FieldErrors errors) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < taints.size(); i++) {
            Node.Taint taint = taints.get(i);
            FieldPath field = FieldPath.of("metadata", "taints").index(i);
            FieldPath place = SPEC.child("taints").index(i);
            NameRules.qualifiedName(taint.key())
                    .forEach(wrong -> errors.invalidAt(field.child("key"),
                            place.child("key"), FieldErrors.quote(taint.key()), wrong));
            List<String> wrong = NameRules.labelValue(taint.value());
            if (!wrong.isEmpty()) {
                errors.invalidAt(field.child("value"), place.child("value"),
                        FieldErrors.quote(taint.value()), String.join(";", wrong));
            }
            if (taint.effect().isEmpty()) {
                errors.required(field.child("effect"), "");
            } else if (!TAINT_EFFECTS.contains(taint.effect())) {
                errors.notSupported(field.child("effect"), taint.effect(), TAINT_EFFECTS);
            }
            if (!seen.add(taint.key() + " " + taint.effect())) {
                errors.duplicate(field, "core.Taint{Key:" + FieldErrors.quote(taint.key())
                        + ", Value:" + FieldErrors.quote(taint.value()) + ", Effect:"
                        + FieldErrors.quote(taint.effect()) + ", TimeAdded:<nil>}"
                        + ": taints must be unique by key and effect pair");
            }
        }
    }

    /** {@code ValidatePodSpec}, and the addresses a file may give a pod in its status. */
    private static void pod(Pod pod, FieldErrors errors) {
        new PodSpecValidation(errors).validate(pod.spec(), SPEC);
        for (int i = 0; i < pod.status().podIPs().size(); i++) {
            String text = pod.status().podIPs().get(i);
            FieldPath field = STATUS.child("podIPs").index(i);
            errors.address(field, i == 0 ? STATUS.child("podIP") : field, text);
        }
        String host = pod.status().hostIP();
        if (!host.isEmpty()) {
            errors.address(STATUS.child("hostIP"), STATUS.child("hostIP"), host);
        }
    }
}
