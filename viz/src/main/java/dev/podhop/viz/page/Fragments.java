package dev.podhop.viz.page;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Texts that occur often, each written once and named by its number. */
final class Fragments {

    private final Map<String, Integer> numbers = new LinkedHashMap<>();

    int number(String text) {
        return numbers.computeIfAbsent(text, any -> numbers.size());
    }

    List<String> all() {
        return List.copyOf(numbers.keySet());
    }
}
