package dev.podhop.k8s.admission;

import dev.podhop.k8s.LabelSelector;
import dev.podhop.k8s.ReplicationController;
import dev.podhop.k8s.Workload;
import dev.podhop.k8s.schema.ObjectReader;
import dev.podhop.k8s.source.FieldPath;
import java.util.List;
import java.util.Map;

/** What the API server demands of an object that makes pods. */
final class WorkloadValidation {

    private static final FieldPath SPEC = FieldPath.of("spec");
    /** No cluster has more pods than 150000, and no machine's memory many more. */
    private static final int MOST_REPLICAS = 100_000;
    private static final FieldPath TEMPLATE = SPEC.child("template");

    private final FieldErrors errors;

    WorkloadValidation(FieldErrors errors) {
        this.errors = errors;
    }

    /** A template whose pods the selector misses would be filled without end. */
    void validate(Workload workload, int replicas) {
        if (replicas < 0) {
            errors.always().invalid(SPEC.child("replicas"), replicas,
                    "must be greater than or equal to 0");
        }
        if (replicas > MOST_REPLICAS) {
            errors.always().invalid(SPEC.child("replicas"), replicas,
                    "must be at most " + MOST_REPLICAS + ": more pods are not simulated");
        }
        selector(workload);
        Map<String, String> labels = workload.template().labels();
        if (!isSelector(workload) || !workload.selector().matches(labels)) {
            FieldPath field = TEMPLATE.child("metadata").child("labels");
            errors.invalidAt(field, field, SelectorText.of(labels),
                    "`selector` does not match template `labels`");
        }
        MetadataValidation.labels(workload.template().labels(),
                TEMPLATE.child("metadata").child("labels"), errors);
        new PodSpecValidation(errors).validate(workload.template().spec(), TEMPLATE.child("spec"));
        String restart = workload.template().spec().restartPolicy();
        if (!restart.equals("Always")) {
            errors.notSupported(TEMPLATE.child("spec").child("restartPolicy"), restart,
                    List.of("Always"));
        }
    }

    private void selector(Workload workload) {
        FieldPath field = SPEC.child("selector");
        LabelSelector selector = workload.selector();
        if (!isSelector(workload)) {
            errors.required(field, "");
            return;
        }
        MetadataValidation.labels(selector.matchLabels(), field.child("matchLabels"), errors);
        for (int i = 0; i < selector.matchExpressions().size(); i++) {
            requirement(selector.matchExpressions().get(i),
                    field.child("matchExpressions").index(i));
        }
        if (selector.matchLabels().isEmpty() && selector.matchExpressions().isEmpty()) {
            errors.invalidAt(field, field, SelectorText.of(selector),
                    "empty selector is invalid for " + workload.kind().singular());
        }
    }

    private static boolean isSelector(Workload workload) {
        return workload instanceof ReplicationController old
                ? !old.selector().matchLabels().isEmpty()
                : new ObjectReader(workload.source()).object("spec").has("selector");
    }

    /** {@code ValidateLabelSelectorRequirement}. */
    private void requirement(LabelSelector.Requirement requirement, FieldPath path) {
        FieldPath values = path.child("values");
        switch (requirement.operator()) {
            case "In", "NotIn" -> {
                if (requirement.values().isEmpty()) {
                    errors.required(values,
                            "must be specified when `operator` is 'In' or 'NotIn'");
                }
            }
            case "Exists", "DoesNotExist" -> {
                if (!requirement.values().isEmpty()) {
                    errors.forbidden(values, "may not be specified when `operator` is 'Exists' or"
                            + " 'DoesNotExist'");
                }
            }
            default -> errors.always().invalid(path.child("operator"), requirement.operator(),
                    "not a valid selector operator");
        }
        NameRules.qualifiedName(requirement.key()).forEach(
                wrong -> errors.invalid(path.child("key"), requirement.key(), wrong));
        for (int i = 0; i < requirement.values().size(); i++) {
            FieldPath field = values.index(i);
            String value = requirement.values().get(i);
            NameRules.labelValue(value).forEach(wrong -> errors.invalid(field, value, wrong));
        }
    }
}
