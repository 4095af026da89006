package dev.podhop.k8s.source;

import org.jspecify.annotations.Nullable;

/**
 * One mistake in what the user wrote.
 *
 * @param location where it stands
 * @param path the field concerned, such as {@code spec.timeline[3].send.count}; empty where the
 *     file as a whole, or its syntax, is wrong
 * @param message what was found and what was expected, without place, path or suggestion
 * @param suggestion the nearest correct spelling, if there is one near enough
 */
public record Problem(Location location, String path, String message,
        @Nullable String suggestion) implements Comparable<Problem> {

    @Override
    public int compareTo(Problem other) {
        return location.compareTo(other.location);
    }

    /**
     * The whole line for a terminal: {@code file:line:column: path: message; did you mean "x"?}.
     */
    @Override
    public String toString() {
        return location + ": " + (path.isEmpty() ? "" : path + ": ") + message
                + (suggestion == null ? "" : "; did you mean \"" + suggestion + "\"?");
    }
}
