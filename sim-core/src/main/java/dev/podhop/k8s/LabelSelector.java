package dev.podhop.k8s;

import dev.podhop.k8s.schema.ObjectReader;
import java.util.List;
import java.util.Map;

/** Picks objects by their labels; one without any requirement picks everything. */
public record LabelSelector(Map<String, String> matchLabels, List<Requirement> matchExpressions) {

    /** {@code operator} is In, NotIn, Exists or DoesNotExist. */
    public record Requirement(String key, String operator, List<String> values) {

        boolean matches(Map<String, String> labels) {
            String value = labels.get(key);
            return switch (operator) {
                case "In" -> value != null && values.contains(value);
                case "NotIn" -> value == null || !values.contains(value);
                case "Exists" -> value != null;
                default -> value == null;
            };
        }
    }

    static LabelSelector read(ObjectReader selector) {
        return new LabelSelector(selector.map("matchLabels"), selector.list("matchExpressions",
                e -> new Requirement(e.text("key"), e.text("operator"), e.texts("values"))));
    }

    /** Whether an object with these labels is picked. */
    public boolean matches(Map<String, String> labels) {
        return containsAll(labels, matchLabels)
                && matchExpressions.stream().allMatch(e -> e.matches(labels));
    }

    /** Whether {@code labels} has every entry of {@code wanted}. */
    public static boolean containsAll(Map<String, String> labels, Map<String, String> wanted) {
        for (Map.Entry<String, String> entry : wanted.entrySet()) {
            if (!entry.getValue().equals(labels.get(entry.getKey()))) {
                return false;
            }
        }
        return true;
    }
}
