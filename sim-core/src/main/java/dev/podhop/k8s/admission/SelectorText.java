package dev.podhop.k8s.admission;

import dev.podhop.k8s.LabelSelector;
import java.util.Map;
import java.util.stream.Collectors;

/** Label selectors as Go prints them in an objection. */
final class SelectorText {

    private SelectorText() {}

    static String of(Map<String, String> labels) {
        return labels.entrySet().stream().sorted(Map.Entry.comparingByKey())
                .map(e -> FieldErrors.quote(e.getKey()) + ":" + FieldErrors.quote(e.getValue()))
                .collect(Collectors.joining(", ", "map[string]string{", "}"));
    }

    static String of(LabelSelector selector) {
        String expressions = selector.matchExpressions().isEmpty()
                ? "[]v1.LabelSelectorRequirement(nil)"
                : selector.matchExpressions().toString();
        return "v1.LabelSelector{MatchLabels:" + of(selector.matchLabels())
                + ", MatchExpressions:" + expressions + "}";
    }
}
