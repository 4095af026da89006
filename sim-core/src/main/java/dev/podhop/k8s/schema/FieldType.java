package dev.podhop.k8s.schema;

import java.util.Map;

/** What a field of the API may hold. */
public sealed interface FieldType {

    /** Single values. */
    enum Scalar implements FieldType {
        STRING("a string"),
        INT32("an integer"),
        INT64("an integer"),
        NUMBER("a number"),
        BOOL("true or false"),
        INT_OR_STRING("an integer or a string"),
        QUANTITY("a quantity such as 100m or 64Mi"),
        DURATION("a duration such as 30s or 1m30s, as a string"),
        ANY("anything");

        private final String description;

        Scalar(String description) {
            this.description = description;
        }

        /** The words for what is expected. */
        public String description() {
            return description;
        }
    }

    /** {@code [element]}. */
    record ListOf(FieldType element) implements FieldType {}

    /** A map with keys of the user's choice, such as labels. */
    record MapOf(FieldType value) implements FieldType {}

    /** A type with fields of its own, resolved by name because types refer to each other. */
    record Named(String name) implements FieldType {}

    /** The fields of a {@link Named} type, in alphabetical order. */
    record ObjectType(String name, Map<String, FieldType> fields) {}
}
