package dev.podhop.scenario.evidence;

import dev.podhop.k8s.source.Location;
import dev.podhop.trace.Evidence;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A piece of evidence with its place.
 *
 * @param object what it is part of: {@code service/web}, {@code Scenario}, {@code timeline}; empty
 *     for what is in no file
 * @param field the path in it; empty for all of it
 * @param where null for what nobody wrote: made by a controller or the kernel, or its default
 * @param byDefault whether the field is left open there, so that its default holds
 */
public record Cited(Evidence evidence, String object, String field, @Nullable Location where,
        boolean byDefault) {

    private static final String SETTING = "--set ";

    /** Of what is in no file. */
    static Cited nowhere(Evidence evidence) {
        return new Cited(evidence, "", "", null, false);
    }

    /** The file's name without its folders, {@code --set KEY=VALUE} for a setting; or empty. */
    public String file() {
        return where == null ? "" : name(where);
    }

    /** The name of a place's file without its folders; a setting is its own. */
    public static String name(Location place) {
        return place.file().startsWith(SETTING) ? place.file()
                : Objects.toString(Path.of(place.file()).getFileName(), place.file());
    }

    /** From 1; 0 for what is in no file. */
    public int line() {
        return where == null ? 0 : where.line();
    }

    /** Whether a setting said it that was laid over the files. */
    public boolean isSetting() {
        return where != null && where.file().startsWith(SETTING);
    }

    /** {@code scenario.yaml:17}; a setting is its own place. */
    public String place() {
        return isSetting() ? file() : file() + ":" + line();
    }
}
