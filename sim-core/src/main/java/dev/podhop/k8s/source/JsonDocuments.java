package dev.podhop.k8s.source;

import dev.podhop.k8s.source.YamlNode.Entry;
import dev.podhop.k8s.source.YamlNode.Scalar;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/**
 * Builds located trees from JSON. YAML would read most JSON too, but not what is indented with
 * tabs, and not as fast.
 */
final class JsonDocuments {

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(YamlDocuments.MAX_DEPTH).maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private final String name;
    private final Problems problems;
    private final JsonParser parser;

    private JsonDocuments(String name, JsonParser parser, Problems problems) {
        this.name = name;
        this.parser = parser;
        this.problems = problems;
    }

    /**
     * The values of a JSON text, one after another; null if the text is no JSON, which may still be
     * YAML in braces. Problems are kept only of a text that is JSON.
     */
    static @Nullable List<YamlNode> read(String name, String text, Problems problems) {
        Problems found = new Problems();
        List<YamlNode> documents = new ArrayList<>();
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            JsonDocuments reader = new JsonDocuments(name, parser, found);
            while (parser.nextToken() != null) {
                documents.add(reader.build());
            }
        } catch (JacksonException notJson) {
            return null;
        }
        found.all().forEach(problems::add);
        return documents;
    }

    private YamlNode build() {
        Location where = here();
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(where);
            case START_ARRAY -> array(where);
            case VALUE_STRING -> scalar(where, Scalar.Kind.STRING, true);
            case VALUE_NUMBER_INT -> scalar(where, Scalar.Kind.INT, false);
            case VALUE_NUMBER_FLOAT -> scalar(where, Scalar.Kind.FLOAT, false);
            case VALUE_TRUE, VALUE_FALSE -> scalar(where, Scalar.Kind.BOOL, false);
            default -> scalar(where, Scalar.Kind.NULL, false);
        };
    }

    private Scalar scalar(Location where, Scalar.Kind kind, boolean quoted) {
        return new Scalar(where, parser.getString(), kind, quoted);
    }

    private YamlNode object(Location where) {
        MappingBuilder mapping = new MappingBuilder(where, problems);
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String key = parser.currentName();
            Location keyPlace = here();
            parser.nextToken();
            mapping.add(new Entry(key, keyPlace, build()));
        }
        return mapping.build();
    }

    private YamlNode array(Location where) {
        List<YamlNode> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(build());
        }
        return new YamlNode.Sequence(where, items);
    }

    private Location here() {
        TokenStreamLocation place = parser.currentTokenLocation();
        return new Location(name, place.getLineNr(), place.getColumnNr());
    }
}
