package dev.podhop.k8s.source;

import java.util.Comparator;

/**
 * A place in a file the user can open.
 *
 * @param file the file as the user named it
 * @param line 1-based
 * @param column 1-based, in characters
 */
public record Location(String file, int line, int column) implements Comparable<Location> {

    private static final Comparator<Location> ORDER = Comparator.comparing(Location::file)
            .thenComparingInt(Location::line).thenComparingInt(Location::column);

    /** The first character of {@code file}: for problems of the file as a whole. */
    public static Location startOf(String file) {
        return new Location(file, 1, 1);
    }

    /** No line of a file: of what was made for one that left it out. */
    public static Location beside(String file) {
        return new Location(file, 0, 0);
    }

    @Override
    public int compareTo(Location other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return file + ":" + line + ":" + column;
    }
}
