package dev.podhop.k8s.source;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gathers every problem of a reading, so that a user mends a file in one go instead of one error at
 * a time. Warnings stand beside them: they are told, but refuse nothing.
 */
public final class Problems {

    private final List<Problem> problems = new ArrayList<>();
    private final Set<String> warnings = new LinkedHashSet<>();

    /** Adds a problem whose message is already whole, as the API server's are. */
    public void error(Location where, String path, String message) {
        problems.add(new Problem(where, path, message, null));
    }

    /**
     * Adds a problem with the nearest correct spelling of {@code found}, where one of {@code known}
     * is near.
     */
    public void misspelt(Location where, String path, String message, String found,
            Collection<String> known) {
        problems.add(
                new Problem(where, path, message, Spelling.nearest(found, known).orElse(null)));
    }

    /** Adds {@code found X, expected Y}. */
    public void unexpected(Location where, String path, String found, String expected) {
        unexpected(where, path, found, expected, null);
    }

    /** Adds {@code found X, expected Y}, with a spelling to suggest. */
    public void unexpected(Location where, String path, String found, String expected,
            @Nullable String suggestion) {
        problems.add(
                new Problem(where, path, "found " + found + ", expected " + expected, suggestion));
    }

    /** Adds a problem found elsewhere. */
    public void add(Problem problem) {
        problems.add(problem);
    }

    /** Adds one line that is told without refusing the input; once, however often it is added. */
    public void warn(String line) {
        warnings.add(line);
    }

    /** Whether there is no error; warnings do not count. */
    public boolean isEmpty() {
        return problems.isEmpty();
    }

    /** How many errors there are. */
    public int size() {
        return problems.size();
    }

    /**
     * All errors by file, line and column; of two at one place, the one found first comes first.
     */
    public List<Problem> all() {
        return problems.stream().sorted().toList();
    }

    /** The warnings, in the order they were made. */
    public List<String> warnings() {
        return List.copyOf(warnings);
    }
}
