package dev.podhop.reports.json;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The JSON Schema of traces: the same as {@code docs/trace.schema.json}. */
public final class TraceSchema {

    /**
     * Stands in every trace. A key that is added leaves it as it is; one that goes, or means
     * something else, raises it.
     */
    public static final String VERSION = "podhop.dev/trace/v1";

    private TraceSchema() {}

    /** The schema, with a line feed at its end. */
    public static String text() {
        try (InputStream schema = Objects.requireNonNull(
                TraceSchema.class.getResourceAsStream("trace.schema.json"))) {
            return new String(schema.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
