package dev.podhop.k8s.source;

import dev.podhop.k8s.source.YamlNode.Entry;
import dev.podhop.k8s.source.YamlNode.Mapping;
import dev.podhop.k8s.source.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects a mapping's entries; a key that is there already is a problem, as kubectl has it. */
final class MappingBuilder {

    /** Up to here a walk over the entries is faster than hashing. */
    private static final int SMALL = 12;

    private final Location where;
    private final Problems problems;
    private final List<Entry> entries = new ArrayList<>();
    private final List<Mapping> merged = new ArrayList<>();
    private @Nullable Map<String, Entry> index;

    MappingBuilder(Location where, Problems problems) {
        this.where = where;
        this.problems = problems;
    }

    void add(Entry entry) {
        Entry first = find(entry.key());
        if (first != null) {
            problems.error(entry.keyLocation(), entry.key(), "found the key \"" + entry.key()
                    + "\" a second time, expected it once; the first is in line "
                    + first.keyLocation().line());
            return;
        }
        append(entry);
    }

    /** Remembers the mapping, or the mappings, behind a merge key {@code <<}. */
    void merge(Location place, YamlNode value) {
        switch (value) {
            case Mapping mapping -> merged.add(mapping);
            case Sequence list when list.items().stream()
                    .allMatch(Mapping.class::isInstance) -> list.items()
                            .forEach(item -> merged.add((Mapping) item));
            default -> problems.unexpected(place, "<<", value.describe(), "a mapping to merge");
        }
    }

    /** The mapping: its own entries, then the merged ones whose keys it does not have itself. */
    Mapping build() {
        for (Mapping mapping : merged) {
            for (Entry entry : mapping.entries()) {
                if (find(entry.key()) == null) {
                    append(entry);
                }
            }
        }
        return new Mapping(where, entries);
    }

    private void append(Entry entry) {
        entries.add(entry);
        if (index != null) {
            index.put(entry.key(), entry);
        } else if (entries.size() > SMALL) {
            index = new HashMap<>();
            for (Entry known : entries) {
                index.put(known.key(), known);
            }
        }
    }

    private @Nullable Entry find(String key) {
        if (index != null) {
            return index.get(key);
        }
        for (Entry entry : entries) {
            if (entry.key().equals(key)) {
                return entry;
            }
        }
        return null;
    }
}
