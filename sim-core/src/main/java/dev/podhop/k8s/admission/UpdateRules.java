package dev.podhop.k8s.admission;

import dev.podhop.k8s.ApiObject;
import dev.podhop.k8s.DaemonSet;
import dev.podhop.k8s.Deployment;
import dev.podhop.k8s.EndpointSlice;
import dev.podhop.k8s.Node;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.ReplicaSet;
import dev.podhop.k8s.Workload;
import dev.podhop.k8s.source.FieldPath;
import dev.podhop.k8s.source.Trees;
import dev.podhop.k8s.source.YamlNode;
import dev.podhop.k8s.source.YamlNode.Mapping;
import dev.podhop.k8s.source.YamlNode.Sequence;
import java.util.List;

/** What may not change in objects other than Services. */
final class UpdateRules {

    private static final FieldPath SPEC = FieldPath.of("spec");
    private static final List<String> POD_MUTABLE = List.of("activeDeadlineSeconds", "tolerations",
            "terminationGracePeriodSeconds", "schedulingGates");

    private UpdateRules() {}

    /**
     * {@code ValidatePodUpdate}, {@code ValidateNodeUpdate} and their like, where they matter here.
     */
    static void validate(ApiObject old, ApiObject object, FieldErrors errors) {
        switch (object) {
            case Pod pod when old instanceof Pod before -> {
                if (!samePodSpec(before, pod)) {
                    errors.forbidden(SPEC, "pod updates may not change fields other than"
                            + " `spec.containers[*].image`,`spec.initContainers[*].image`,"
                            + "`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to"
                            + " existing tolerations),`spec.terminationGracePeriodSeconds` (allow"
                            + " it to be set to 1 if it was previously negative)");
                }
            }
            case Node node when old instanceof Node before -> {
                if (!before.podCIDRs().isEmpty() && !before.podCIDRs().equals(node.podCIDRs())) {
                    errors.forbidden(SPEC.child("podCIDRs"),
                            "node updates may not change podCIDR except from \"\" to valid");
                }
            }
            case EndpointSlice slice when old instanceof EndpointSlice before -> {
                if (!before.addressType().equals(slice.addressType())) {
                    errors.invalid(FieldPath.of("addressType"), slice.addressType(),
                            "field is immutable");
                }
            }
            case Deployment deployment -> selector(old, deployment, errors);
            case ReplicaSet set -> selector(old, set, errors);
            case DaemonSet set -> selector(old, set, errors);
            default -> {
            }
        }
    }

    /** A changed selector would abandon the pods that the old one found. */
    private static void selector(ApiObject old, Workload workload, FieldErrors errors) {
        if (old instanceof Workload before && !before.selector().equals(workload.selector())) {
            FieldPath field = SPEC.child("selector");
            errors.invalidAt(field, field, SelectorText.of(workload.selector()),
                    "field is immutable");
        }
    }

    private static boolean samePodSpec(Pod old, Pod pod) {
        return old.source().get("spec") instanceof Mapping before
                && pod.source().get("spec") instanceof Mapping after
                && Trees.same(fixed(before), fixed(after));
    }

    /** The part of a pod's spec that must stay as it is. */
    private static Mapping fixed(Mapping spec) {
        Mapping fixed = spec;
        for (String field : POD_MUTABLE) {
            fixed = fixed.without(field);
        }
        for (String field : List.of("containers", "initContainers")) {
            if (fixed.get(field) instanceof Sequence containers) {
                List<YamlNode> items = containers.items().stream()
                        .map(c -> c instanceof Mapping m ? m.without("image") : c).toList();
                fixed = fixed.with(field, new Sequence(containers.location(), items));
            }
        }
        return fixed;
    }
}
