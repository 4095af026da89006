package dev.podhop.k8s.admission;

import dev.podhop.k8s.LabelSelector;
import dev.podhop.k8s.Workload;
import dev.podhop.k8s.source.FieldPath;
import java.util.List;

/** What the API server demands of an object that makes pods. */
final class WorkloadValidation {

    private static final FieldPath SPEC = FieldPath.of("spec");
    private static final FieldPath TEMPLATE = SPEC.child("template");

    private final FieldErrors errors;

    WorkloadValidation(FieldErrors errors) {
        this.errors = errors;
    }

    /** A template whose pods the selector misses would be filled without end. */
    void validate(Workload workload, int replicas) {
        if (replicas < 0) {
            errors.invalid(SPEC.child("replicas"), replicas,
                    "must be greater than or equal to 0");
        }
        LabelSelector selector = workload.selector();
        FieldPath field = SPEC.child("selector");
        if (workload.source().get("spec") == null || isEmpty(selector)) {
            errors.invalidAt(field, field, SelectorText.of(selector),
                    "empty selector is invalid for " + workload.kind().singular());
        } else if (!selector.matches(workload.template().labels())) {
            FieldPath labels = TEMPLATE.child("metadata").child("labels");
            errors.invalidAt(labels, labels, SelectorText.of(workload.template().labels()),
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

    private static boolean isEmpty(LabelSelector selector) {
        return selector.matchLabels().isEmpty() && selector.matchExpressions().isEmpty();
    }
}
