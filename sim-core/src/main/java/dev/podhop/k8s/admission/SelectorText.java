package dev.podhop.k8s.admission;

import dev.podhop.k8s.LabelSelector;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Label selectors as Go prints them in an objection. */
final class SelectorText {

    private SelectorText() {}

    static String of(Map<String, String> labels) {
        String type = "map[string]string";
        return labels.isEmpty() ? type + "(nil)"
                : labels.entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(e -> FieldErrors.quote(e.getKey()) + ":"
                                + FieldErrors.quote(e.getValue()))
                        .collect(Collectors.joining(", ", type + "{", "}"));
    }

    static String of(LabelSelector selector) {
        return "v1.LabelSelector{MatchLabels:" + of(selector.matchLabels())
                + ", MatchExpressions:" + expressions(selector.matchExpressions()) + "}";
    }

    private static String expressions(List<LabelSelector.Requirement> expressions) {
        String type = "v1.LabelSelectorRequirement";
        return expressions.isEmpty() ? "[]" + type + "(nil)"
                : expressions.stream()
                        .map(e -> type + "{Key:" + FieldErrors.quote(e.key()) + ", Operator:"
                                + FieldErrors.quote(e.operator()) + ", Values:"
                                + FieldErrors.quote(e.values()) + "}")
                        .collect(Collectors.joining(", ", "[]" + type + "{", "}"));
    }
}
