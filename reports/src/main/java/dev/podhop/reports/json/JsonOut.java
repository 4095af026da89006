package dev.podhop.reports.json;

import dev.podhop.reports.out.Shown;
import java.io.StringWriter;
import java.util.Collection;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;

/**
 * A JSON text under construction: what stands inside an object or array is written by a callback.
 */
final class JsonOut {

    private static final JsonFactory FACTORY = new JsonFactory();

    private final JsonGenerator json;

    private JsonOut(JsonGenerator json) {
        this.json = json;
    }

    /** The text that the callback writes, a line break at its end. */
    static String text(Consumer<JsonOut> content) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = FACTORY.createGenerator(new Indented(), text)) {
            content.accept(new JsonOut(generator));
        }
        return Shown.json(text.append('\n').toString());
    }

    /** Two blanks a level and always a line feed, whatever the machine's own line break is. */
    private static final class Indented extends ObjectWriteContext.Base {

        private final PrettyPrinter printer = new DefaultPrettyPrinter(Separators
                .createDefaultInstance().withObjectNameValueSpacing(Separators.Spacing.AFTER))
                .withObjectIndenter(new DefaultIndenter("  ", "\n"));

        @Override
        public PrettyPrinter getPrettyPrinter() {
            return printer;
        }

        @Override
        public boolean hasPrettyPrinter() {
            return true;
        }
    }

    /** An object as an array's element, or as the whole text. */
    void object(Runnable content) {
        json.writeStartObject();
        content.run();
        json.writeEndObject();
    }

    void object(String name, Runnable content) {
        json.writeObjectPropertyStart(name);
        content.run();
        json.writeEndObject();
    }

    /** An array that is the whole text. */
    <T> void array(Collection<T> items, Consumer<T> item) {
        json.writeStartArray();
        items.forEach(item);
        json.writeEndArray();
    }

    <T> void array(String name, Collection<T> items, Consumer<T> item) {
        json.writeArrayPropertyStart(name);
        items.forEach(item);
        json.writeEndArray();
    }

    void strings(String name, Collection<String> items) {
        array(name, items, json::writeString);
    }

    void strings(String name, Map<String, String> entries) {
        object(name, () -> entries.forEach(this::put));
    }

    void put(String name, @Nullable Object value) {
        if (value == null) {
            json.writeNullProperty(name);
        } else {
            json.writeStringProperty(name, value.toString());
        }
    }

    /** A number as an array's element. */
    void item(long value) {
        json.writeNumber(value);
    }

    void put(String name, long value) {
        json.writeNumberProperty(name, value);
    }

    void put(String name, boolean value) {
        json.writeBooleanProperty(name, value);
    }
}
