package dev.podhop.viz.page;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Texts that occur often, each written once and named by its number. What markup repeats is written
 * as one letter of Unicode's private use area each, which the page puts back.
 */
final class Fragments {

    /** The longer before what they contain. */
    private static final List<String> REPEATED = List.of("\" stroke-linejoin=\"round\" opacity=\"",
            "<polyline class=\"i-", "<polygon class=\"f-", "<text class=\"f-",
            " text-anchor=\"middle\">", "\" stroke-width=\"", "\" font-size=\"", "\" points=\"",
            "\" data-hop=\"", "\" stroke=\"var(--", "\" fill=\"var(--",
            "\" fill=\"color-mix(in srgb, var(--",
            "%, var(--surface))", "\" height=\"", "\" width=\"", "\" rx=\"", "\" y=\"",
            "<rect x=\"",
            "\" x=\"", "</text>\n", " stroke-dasharray=\"", "\"/>\n", "request", "neighbour",
            "line");
    private static final char FIRST = '\uE000';

    private final Map<String, Integer> numbers = new LinkedHashMap<>();

    int number(String text) {
        // A letter of somebody's file must not become markup.
        String safe = text.replaceAll("[\uE000-\uE0FF]", "\uFFFD");
        return numbers.computeIfAbsent(safe, any -> numbers.size());
    }

    /** What the letters stand for, the first first. */
    static List<String> repeated() {
        return REPEATED;
    }

    /** All texts in the order of their numbers, what they repeat shortened. */
    List<String> all() {
        return numbers.keySet().stream().map(Fragments::shortened).toList();
    }

    private static String shortened(String text) {
        if (!text.startsWith("<")) {
            return text;
        }
        String shorter = text;
        for (int i = 0; i < REPEATED.size(); i++) {
            shorter = shorter.replace(REPEATED.get(i), String.valueOf((char) (FIRST + i)));
        }
        return shorter;
    }
}
