package dev.podhop.cloud;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A label selector as one text, in the grammar of {@code kubectl -l}: {@code a=b, c in (d,e), !f}
 * ({@code k8s.io/apimachinery/pkg/labels}).
 */
final class NodeSelector {

    private static final Pattern SET =
            Pattern.compile("(\\S+)\\s+(in|notin)\\s*\\(([^)]*)\\)");

    private NodeSelector() {}

    /** Whether the labels meet every requirement; one that cannot be read is met by nothing. */
    static boolean matches(String selector, Map<String, String> labels) {
        return requirements(selector).stream().allMatch(r -> isMet(r, labels));
    }

    /** Commas part requirements, but for those within brackets. */
    private static List<String> requirements(String selector) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i <= selector.length(); i++) {
            char c = i == selector.length() ? ',' : selector.charAt(i);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (c == ',' && (depth == 0 || i == selector.length())) {
                parts.add(selector.substring(start, i).strip());
                start = i + 1;
            }
        }
        parts.removeIf(String::isEmpty);
        return parts;
    }

    private static boolean isMet(String requirement, Map<String, String> labels) {
        Matcher set = SET.matcher(requirement);
        if (set.matches()) {
            String value = labels.get(set.group(1));
            boolean within = value != null
                    && List.of(set.group(3).strip().split("\\s*,\\s*")).contains(value);
            return set.group(2).equals("in") == within;
        }
        if (requirement.startsWith("!") && requirement.indexOf('=') < 0) {
            return !labels.containsKey(requirement.substring(1).strip());
        }
        int at = requirement.indexOf('=');
        if (at < 0) {
            return labels.containsKey(requirement);
        }
        boolean unequal = at > 0 && requirement.charAt(at - 1) == '!';
        String key = requirement.substring(0, unequal ? at - 1 : at).strip();
        String value = requirement.substring(at + 1).replaceFirst("^=", "").strip();
        return unequal != value.equals(labels.get(key));
    }
}
