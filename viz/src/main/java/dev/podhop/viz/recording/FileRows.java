package dev.podhop.viz.recording;

import dev.podhop.k8s.ApiObject;
import dev.podhop.k8s.source.Location;
import dev.podhop.scenario.Event;
import dev.podhop.scenario.LoadedScenario;
import dev.podhop.scenario.evidence.Cited;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/**
 * All that a run was made of, row by row: the settings that were laid over the files, the
 * scenario's file, and every file that it names. Each file begins with a row of its name, unless
 * there is but one.
 */
public final class FileRows {

    /** What sim-core names the place of a setting by. */
    private static final String SETTING = "--set ";

    private final List<Row> rows = new ArrayList<>();
    private final Map<String, Integer> beginnings = new HashMap<>();

    /**
     * A row.
     *
     * @param number of the line in its file, from 1; 0 for the row that names the file
     */
    public record Row(String file, int number, String text) {}

    FileRows(List<String> settings, LoadedScenario scenario, String text) {
        for (String setting : settings) {
            beginnings.put(SETTING + setting, rows.size());
            rows.add(new Row(SETTING, 1, SETTING + setting));
        }
        Set<String> others = others(scenario);
        add(scenario.file().toString(), scenario.file(), text,
                !others.isEmpty() || !settings.isEmpty());
        for (String other : others) {
            read(Path.of(other)).forEachOrdered(
                    content -> add(other, Path.of(other), content, true));
        }
    }

    /** A file that went away since it was read has no rows. */
    private static Stream<String> read(Path file) {
        try {
            return Stream.of(Files.readString(file));
        } catch (IOException gone) {
            return Stream.empty();
        }
    }

    private static Set<String> others(LoadedScenario scenario) {
        Stream<Location> applied = scenario.spec().timeline().stream()
                .map(entry -> entry.event()).filter(Event.Apply.class::isInstance)
                .flatMap(event -> ((Event.Apply) event).manifests().stream())
                .map(manifest -> manifest.location());
        Set<String> files = new LinkedHashSet<>();
        Stream.concat(scenario.objects().stream().map(ApiObject::source)
                .map(tree -> tree.location()), applied).map(Location::file)
                .filter(file -> !file.startsWith(SETTING) && Files.isRegularFile(Path.of(file)))
                .forEachOrdered(files::add);
        files.remove(scenario.file().toString());
        return files;
    }

    private void add(String name, Path file, String content, boolean named) {
        String title = Objects.toString(file.getFileName(), name);
        if (named) {
            rows.add(new Row(title, 0, title));
        }
        beginnings.put(name, rows.size());
        List<String> lines = content.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            rows.add(new Row(title, i + 1, lines.get(i)));
        }
    }

    /** All rows, in order. */
    public List<Row> all() {
        return rows;
    }

    /** The number of a citation's row, from 0; empty for what stands in none of these files. */
    public OptionalInt of(Cited cited) {
        Location place = cited.where();
        Integer begin = place == null ? null : beginnings.get(place.file());
        return place == null || begin == null ? OptionalInt.empty()
                : OptionalInt.of(begin + place.line() - 1);
    }
}
