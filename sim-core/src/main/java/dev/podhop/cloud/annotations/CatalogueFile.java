package dev.podhop.cloud.annotations;

import dev.podhop.cloud.annotations.Annotation.Effect;
import dev.podhop.cloud.annotations.Annotation.Status;
import dev.podhop.cloud.annotations.ValueForm.Amount;
import dev.podhop.cloud.annotations.ValueForm.Match;
import dev.podhop.cloud.annotations.ValueForm.OneOf;
import dev.podhop.cloud.annotations.ValueForm.PortList;
import dev.podhop.cloud.annotations.ValueForm.Shape;
import dev.podhop.k8s.source.Problems;
import dev.podhop.k8s.source.YamlNode;
import dev.podhop.k8s.source.YamlNode.Entry;
import dev.podhop.k8s.source.YamlNode.Mapping;
import dev.podhop.k8s.source.YamlNode.Scalar;
import dev.podhop.k8s.source.YamlNode.Sequence;
import dev.podhop.k8s.source.YamlReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One vendor's file of the catalogue. What is wrong in it is a mistake of this program's.
 *
 * @param vendor its head
 * @param annotations its rows, in the file's order
 */
record CatalogueFile(Vendor vendor, List<Annotation> annotations) {

    private static final String ANY = "*";

    static CatalogueFile read(String resource) {
        Problems problems = new Problems();
        List<Mapping> documents = YamlReader.read(resource, text(resource), problems);
        if (!problems.isEmpty()) {
            throw new IllegalStateException(problems.all().toString());
        }
        Mapping file = documents.getFirst();
        Vendor vendor = new Vendor(must(file, "vendor"), texts(file.get("profiles")),
                texts(file.get("prefixes")), classes(file.get("classes")),
                must(file, "refused"));
        Map<String, String> sources = map(file.get("sources"));
        List<Annotation> annotations = new ArrayList<>();
        for (Mapping row : mappings(file.get("annotations"))) {
            String source = sources.get(must(row, "source"));
            if (source == null) {
                throw new IllegalStateException(row.location() + ": a source that is not listed");
            }
            annotations.add(annotation(row, vendor.name(), source));
        }
        return new CatalogueFile(vendor, annotations);
    }

    private static String text(String resource) {
        try (InputStream in = CatalogueFile.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Annotation annotation(Mapping row, String vendor, String source) {
        Status status = Status.valueOf(must(row, "status").toUpperCase(Locale.ROOT));
        List<Annotation> attributes = mappings(row.get("attributes")).stream()
                .map(attribute -> annotation(attribute, vendor, source)).toList();
        Effect effect = new Effect(texts(row.get("only")), map(row.get("needs")),
                map(row.get("unless")));
        Name name = new Name(must(row, "name"), orNothing(row.text("ports")));
        return new Annotation(name, vendor, status, forms(row), attributes, effect,
                texts(row.get("quiet")), map(row.get("but")), orNothing(row.text("why")), source,
                orNothing(row.text("elsewhere")));
    }

    private static Map<String, ValueForm> forms(Mapping row) {
        Map<String, ValueForm> forms = new LinkedHashMap<>();
        if (row.get("sets") instanceof Mapping sets) {
            Match match = switch (orNothing(row.text("match"))) {
                case "ignoreCase" -> Match.IGNORE_CASE;
                case "ParseBool" -> Match.PARSE_BOOL;
                default -> Match.EXACT;
            };
            for (Entry entry : sets.entries()) {
                forms.put(entry.key(), entry.value() instanceof Mapping words
                        ? new OneOf(map(words), match)
                        : form(must(sets, entry.key())));
            }
        }
        return Collections.unmodifiableMap(forms);
    }

    /** {@code seconds 5..300}, {@code count 2..}, {@code address}. */
    private static ValueForm form(String text) {
        String[] words = text.split(" ");
        if (words.length == 1) {
            return text.equals("ports") ? new PortList()
                    : Shape.valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
        String[] bounds = words[1].split("\\.\\.");
        String unit = words[0].equals("count") ? "" : " of " + words[0];
        String suffix = switch (words[0]) {
            case "seconds" -> "s";
            case "minutes" -> "m";
            default -> "";
        };
        return new Amount(unit, suffix, Long.parseLong(bounds[0]),
                bounds.length == 1 ? Long.MAX_VALUE : Long.parseLong(bounds[1]));
    }

    private static String must(Mapping row, String key) {
        String text = row.text(key);
        if (text == null) {
            throw new IllegalStateException(row.location() + ": no " + key);
        }
        return text;
    }

    private static String orNothing(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static Map<String, String> map(@Nullable YamlNode node) {
        Map<String, String> map = new LinkedHashMap<>();
        if (node instanceof Mapping mapping) {
            mapping.keys().forEach(key -> map.put(key, must(mapping, key)));
        }
        return Collections.unmodifiableMap(map);
    }

    private static Map<String, Map<String, String>> classes(@Nullable YamlNode node) {
        Map<String, Map<String, String>> classes = new LinkedHashMap<>();
        if (node instanceof Mapping mapping) {
            mapping.keys().forEach(key -> classes.put(key, map(mapping.get(key))));
        }
        return Collections.unmodifiableMap(classes);
    }

    private static List<Mapping> mappings(@Nullable YamlNode node) {
        return node instanceof Sequence list
                ? list.items().stream().map(Mapping.class::cast).toList()
                : List.of();
    }

    private static List<String> texts(@Nullable YamlNode node) {
        return node instanceof Sequence list
                ? list.items().stream().map(item -> ((Scalar) item).text()).toList()
                : List.of();
    }

    /** Whether a condition's word is met by a value. */
    static boolean meets(@Nullable String value, String word) {
        return value != null && (word.equals(ANY) || word.equals(value));
    }
}
