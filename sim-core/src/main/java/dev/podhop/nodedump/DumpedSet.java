package dev.podhop.nodedump;

import dev.podhop.k8s.source.Location;
import java.util.Map;
import java.util.TreeMap;

/**
 * A set or map of a dump.
 *
 * @param family {@code ip}, {@code ip6}, {@code inet}; {@code ipset} for one of {@code ipset}
 * @param elements each with where it stands
 */
public record DumpedSet(String family, String table, String name, Map<String, Location> elements,
        Location where) {

    public DumpedSet {
        elements = new TreeMap<>(elements); // grows while it is read
    }

    /** What tells it from others. */
    public String key() {
        return family + " " + table + " " + name;
    }
}
