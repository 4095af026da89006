package dev.podhop.k8s.schema;

import dev.podhop.k8s.schema.FieldType.ListOf;
import dev.podhop.k8s.schema.FieldType.MapOf;
import dev.podhop.k8s.schema.FieldType.Named;
import dev.podhop.k8s.schema.FieldType.ObjectType;
import dev.podhop.k8s.schema.FieldType.Scalar;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The types and fields of a version of the API, read from a resource of lines such as {@code
 * ServicePort name:string port:int32 targetPort:intOrString}, where {@code [X]} is a list of X and
 * {@code {X}} a map to X. A line is only taken apart when its type is first met, which keeps a
 * small run's start short.
 */
public final class FieldTable {

    private static final Map<String, FieldType> SCALARS = Map.of("string", Scalar.STRING, "int32",
            Scalar.INT32, "int64", Scalar.INT64, "number", Scalar.NUMBER, "bool", Scalar.BOOL,
            "intOrString", Scalar.INT_OR_STRING, "quantity", Scalar.QUANTITY, "duration",
            Scalar.DURATION, "any", Scalar.ANY);

    private final Map<String, String> lines = new HashMap<>();
    private final Map<String, ObjectType> types = new HashMap<>();

    private FieldTable(String text) {
        for (String line : text.split("\n")) {
            int space = line.indexOf(' ');
            if (space > 0 && line.charAt(0) != '#') {
                lines.put(line.substring(0, space), line.substring(space + 1));
            }
        }
    }

    /** The table in a resource of {@code dev.podhop.k8s}. */
    public static FieldTable load(String resource) {
        try (InputStream in = FieldTable.class.getResourceAsStream("/dev/podhop/k8s/" + resource)) {
            if (in == null) {
                throw new IllegalStateException("the resource " + resource + " is missing");
            }
            return new FieldTable(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The type of that name, which must be in the table. */
    ObjectType type(String name) {
        ObjectType known = types.get(name);
        if (known == null) {
            known = parse(name);
            types.put(name, known);
        }
        return known;
    }

    private ObjectType parse(String name) {
        String line = lines.get(name);
        if (line == null) {
            throw new IllegalArgumentException("no type " + name + " in the table of fields");
        }
        Map<String, FieldType> fields = new LinkedHashMap<>();
        for (String field : line.split(" ")) {
            int colon = field.indexOf(':');
            fields.put(field.substring(0, colon), typeOf(field.substring(colon + 1)));
        }
        return new ObjectType(name, fields);
    }

    private static FieldType typeOf(String spelt) {
        FieldType scalar = SCALARS.get(spelt);
        if (scalar != null) {
            return scalar;
        }
        return switch (spelt.charAt(0)) {
            case '[' -> new ListOf(typeOf(spelt.substring(1, spelt.length() - 1)));
            case '{' -> new MapOf(typeOf(spelt.substring(1, spelt.length() - 1)));
            default -> new Named(spelt);
        };
    }
}
