package dev.podhop.scenario;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A namespace as a trace labels it, with {@code *} for any letters: {@code node/n1}, {@code edge},
 * {@code pod/web-*}.
 */
public record PlacePattern(String text) {

    /** In a path: any number of namespaces. */
    public static final PlacePattern ANY_PLACES = new PlacePattern("...");

    /** Whether a label is meant. */
    public boolean matches(String label) {
        String regex = Pattern.quote(text).replace("*", "\\E.*\\Q");
        return Pattern.matches(regex, label);
    }

    /** Whether a whole path is meant: place by place, {@code ...} standing for any number. */
    public static boolean matches(List<PlacePattern> pattern, List<String> path) {
        if (pattern.isEmpty()) {
            return path.isEmpty();
        }
        List<PlacePattern> rest = pattern.subList(1, pattern.size());
        if (pattern.getFirst().equals(ANY_PLACES)) {
            for (int skipped = 0; skipped <= path.size(); skipped++) {
                if (matches(rest, path.subList(skipped, path.size()))) {
                    return true;
                }
            }
            return false;
        }
        return !path.isEmpty() && pattern.getFirst().matches(path.getFirst())
                && matches(rest, path.subList(1, path.size()));
    }

    @Override
    public String toString() {
        return text;
    }
}
