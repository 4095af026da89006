package dev.podhop.k8s.admission;

import dev.podhop.k8s.ApiKind;
import dev.podhop.k8s.ApiObject;
import dev.podhop.k8s.ObjectMeta;
import dev.podhop.k8s.source.FieldPath;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** What the API server demands of {@code metadata} ({@code ValidateObjectMeta}). */
final class MetadataValidation {

    private static final FieldPath METADATA = FieldPath.of("metadata");

    private MetadataValidation() {}

    static void validate(ApiObject object, FieldErrors errors) {
        ObjectMeta meta = object.metadata();
        Function<String, List<String>> rule = nameRule(object.kind());
        if (!meta.generateName().isEmpty()) {
            // What will be appended ends properly, so a dash at the end will do.
            String sample = meta.generateName().replaceFirst("-$", "a");
            rule.apply(sample).forEach(wrong -> errors.invalid(METADATA.child("generateName"),
                    meta.generateName(), wrong));
        }
        if (meta.name().isEmpty()) {
            errors.required(METADATA.child("name"), meta.generateName().isEmpty()
                    ? "name or generateName is required"
                    : "cannot use generate name with apply");
        } else {
            rule.apply(meta.name())
                    .forEach(wrong -> errors.invalid(METADATA.child("name"), meta.name(), wrong));
        }
        if (object.kind().namespaced()) {
            Names.dns1123Label(meta.namespace()).forEach(
                    wrong -> errors.invalid(METADATA.child("namespace"), meta.namespace(), wrong));
        }
        labels(meta.labels(), METADATA.child("labels"), errors);
        // Annotations may have capitals where labels may not; their values are free.
        for (String key : meta.annotations().keySet()) {
            FieldPath field = METADATA.child("annotations");
            Names.qualifiedName(key.toLowerCase(Locale.ROOT)).forEach(wrong -> errors
                    .invalidAt(field, field.key(key), FieldErrors.quote(key), wrong));
        }
    }

    /** A Service's name is a DNS label of the older RFC; a namespace's is a part of that domain. */
    private static Function<String, List<String>> nameRule(ApiKind kind) {
        return switch (kind) {
            case SERVICE -> Names::dns1035Label;
            case NAMESPACE -> Names::dns1123Label;
            default -> Names::dns1123Subdomain;
        };
    }

    /** Labels, or a selector of labels; the field is blamed, the key is the place. */
    static void labels(Map<String, String> labels, FieldPath field, FieldErrors errors) {
        labels.forEach((key, value) -> {
            FieldPath place = field.key(key);
            Names.qualifiedName(key).forEach(
                    wrong -> errors.invalidAt(field, place, FieldErrors.quote(key), wrong));
            Names.labelValue(value).forEach(
                    wrong -> errors.invalidAt(field, place, FieldErrors.quote(value), wrong));
        });
    }
}
