package dev.podhop.k8s.admission;

import dev.podhop.k8s.ApiKind;
import dev.podhop.k8s.ApiObject;
import dev.podhop.k8s.ObjectMeta;
import dev.podhop.k8s.OwnerReference;
import dev.podhop.k8s.schema.ObjectReader;
import dev.podhop.k8s.source.FieldPath;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** What the API server demands of {@code metadata} ({@code ValidateObjectMeta}). */
final class MetadataValidation {

    private static final FieldPath METADATA = FieldPath.of("metadata");
    private static final int RELAXED_NAME_MINOR = 36;
    private static final int ANNOTATION_BYTES = 256 * 1024;
    private static final List<String> STANDARD_FINALIZERS =
            List.of("kubernetes", "orphan", "foregroundDeletion");

    private MetadataValidation() {}

    static void validate(ApiObject object, int minorVersion, FieldErrors errors) {
        ObjectMeta meta = object.metadata();
        Function<String, List<String>> rule = nameRule(object.kind(), minorVersion);
        if (!meta.generateName().isEmpty()) {
            // What will be appended ends properly, so a dash at the end will do.
            rule.apply(meta.generateName().replaceFirst(".-$", "a"))
                    .forEach(wrong -> errors.invalid(METADATA.child("generateName"),
                            meta.generateName(), wrong));
        }
        if (meta.name().isEmpty()) {
            errors.always().required(METADATA.child("name"), "name or generateName is required");
        } else {
            // Whatever the version, it is a label or a domain of labels.
            FieldErrors how = NameRules.dns1123Subdomain(meta.name()).isEmpty() ? errors
                    : errors.always();
            rule.apply(meta.name())
                    .forEach(wrong -> how.invalid(METADATA.child("name"), meta.name(), wrong));
        }
        if (object.kind().namespaced()) {
            NameRules.dns1123Label(meta.namespace()).forEach(
                    wrong -> errors.always().invalid(METADATA.child("namespace"), meta.namespace(),
                            wrong));
        }
        ObjectReader written = new ObjectReader(object.source()).object("metadata");
        long generation = written.number("generation", 0);
        if (generation < 0) {
            errors.invalid(METADATA.child("generation"), generation,
                    "must be greater than or equal to 0");
        }
        shared(object, errors);
        finalizers(written.texts("finalizers"), errors);
    }

    /**
     * What must hold of an update besides ({@code ValidateObjectMetaUpdate}); some of it is told
     * again with what must hold of every object.
     */
    static void validateUpdate(ApiObject old, ApiObject object, FieldErrors errors) {
        String before = old.metadata().uid();
        String uid = object.metadata().uid();
        // The server fills in a uid that is absent.
        if (!before.isEmpty() && !uid.isEmpty() && !before.equals(uid)) {
            errors.invalid(METADATA.child("uid"), uid, "field is immutable");
        }
        shared(object, errors);
        kubernetesFinalizers(new ObjectReader(object.source()).object("metadata")
                .texts("finalizers"), errors);
    }

    private static void shared(ApiObject object, FieldErrors errors) {
        ObjectMeta meta = object.metadata();
        labels(meta.labels(), METADATA.child("labels"), errors);
        annotations(meta.annotations(), METADATA.child("annotations"), errors);
        owners(object, errors);
    }

    /** Annotations may have capitals where labels may not; their values are free, but count. */
    private static void annotations(Map<String, String> annotations, FieldPath field,
            FieldErrors errors) {
        long bytes = 0;
        for (Map.Entry<String, String> annotation : annotations.entrySet()) {
            String key = annotation.getKey();
            NameRules.qualifiedName(key.toLowerCase(Locale.ROOT)).forEach(wrong -> errors
                    .invalidAt(field, field.key(key), FieldErrors.quote(key), wrong));
            bytes += NameRules.bytes(key) + NameRules.bytes(annotation.getValue());
        }
        if (bytes > ANNOTATION_BYTES) {
            errors.tooLong(field, ANNOTATION_BYTES);
        }
    }

    /**
     * {@code ValidateOwnerReferences}, which names the list, not the reference. It asks for a uid
     * too, which a file cannot know of a workload that stands in it with its pods.
     */
    private static void owners(ApiObject object, FieldErrors errors) {
        List<OwnerReference> owners = object.metadata().ownerReferences();
        FieldPath field = METADATA.child("ownerReferences");
        for (int i = 0; i < owners.size(); i++) {
            OwnerReference owner = owners.get(i);
            FieldPath place = field.index(i);
            if (owner.apiVersion().isEmpty() || owner.apiVersion().endsWith("/")) {
                errors.invalidAt(field.child("apiVersion"), place,
                        FieldErrors.quote(owner.apiVersion()), "version must not be empty");
            }
            absent("kind", owner.kind(), field, place, errors);
            absent("name", owner.name(), field, place, errors);
            if (object.kind() == ApiKind.SERVICE) {
                absent("uid", owner.uid(), field, place, errors);
            }
        }
        List<OwnerReference> managers = owners.stream().filter(OwnerReference::controller).toList();
        for (OwnerReference second : managers.stream().skip(1).toList()) {
            OwnerReference first = managers.getFirst();
            errors.invalidAt(field, field, "[]v1.OwnerReference of " + owners.size(),
                    "Only one reference can have Controller set to true. Found \"true\" in"
                            + " references for " + first.kind() + "/" + first.name() + " and "
                            + second.kind() + "/" + second.name());
        }
    }

    private static void absent(String child, String value, FieldPath field, FieldPath place,
            FieldErrors errors) {
        if (value.isEmpty()) {
            errors.invalidAt(field.child(child), place, FieldErrors.quote(value),
                    "must not be empty");
        }
    }

    /** {@code ValidateFinalizers}: names like labels' keys; those of old have no domain. */
    private static void finalizers(List<String> finalizers, FieldErrors errors) {
        FieldPath field = METADATA.child("finalizers");
        for (int i = 0; i < finalizers.size(); i++) {
            FieldPath place = field.index(i);
            String name = finalizers.get(i);
            NameRules.qualifiedName(name).forEach(
                    wrong -> errors.invalidAt(field, place, FieldErrors.quote(name), wrong));
        }
        if (finalizers.containsAll(List.of("orphan", "foregroundDeletion"))) {
            errors.invalidAt(field, field, FieldErrors.quote(finalizers),
                    "finalizer orphan and foregroundDeletion cannot be both set");
        }
        kubernetesFinalizers(finalizers, errors);
    }

    private static void kubernetesFinalizers(List<String> finalizers, FieldErrors errors) {
        for (int i = 0; i < finalizers.size(); i++) {
            String name = finalizers.get(i);
            if (name.indexOf('/') < 0 && !STANDARD_FINALIZERS.contains(name)) {
                errors.invalid(METADATA.child("finalizers").index(i), name,
                        "name is neither a standard finalizer name nor is it fully qualified");
            }
        }
    }

    /**
     * A namespace's name is a part of its Services' domain. A Service's own was a DNS label of the
     * older RFC until {@code RelaxedServiceNameValidation} (KEP-5311), on since Kubernetes 1.36.
     */
    private static Function<String, List<String>> nameRule(ApiKind kind, int minorVersion) {
        return switch (kind) {
            case SERVICE -> minorVersion >= RELAXED_NAME_MINOR ? NameRules::dns1123Label
                    : NameRules::dns1035Label;
            case NAMESPACE -> NameRules::dns1123Label;
            default -> NameRules::dns1123Subdomain;
        };
    }

    /** Labels, or a selector of labels; the field is blamed, the key is the place. */
    static void labels(Map<String, String> labels, FieldPath field, FieldErrors errors) {
        labels.forEach((key, value) -> {
            FieldPath place = field.key(key);
            NameRules.qualifiedName(key).forEach(
                    wrong -> errors.invalidAt(field, place, FieldErrors.quote(key), wrong));
            NameRules.labelValue(value).forEach(
                    wrong -> errors.invalidAt(field, place, FieldErrors.quote(value), wrong));
        });
    }
}
