package dev.podhop.k8s.schema;

import dev.podhop.engine.SimTime;
import dev.podhop.k8s.schema.FieldType.ListOf;
import dev.podhop.k8s.schema.FieldType.MapOf;
import dev.podhop.k8s.schema.FieldType.Named;
import dev.podhop.k8s.schema.FieldType.ObjectType;
import dev.podhop.k8s.source.FieldPath;
import dev.podhop.k8s.source.Problems;
import dev.podhop.k8s.source.YamlNode;
import dev.podhop.k8s.source.YamlNode.Entry;
import dev.podhop.k8s.source.YamlNode.Mapping;
import dev.podhop.k8s.source.YamlNode.Scalar;
import dev.podhop.k8s.source.YamlNode.Sequence;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Holds a tree against the API's fields. What passes can be read without another thought about
 * types. As in Go's decoder, {@code null} passes everywhere and means that the field is absent, and
 * case matters.
 */
public final class StrictCheck {

    /** More names than this tell a reader nothing; the suggestion does. */
    private static final int NAMES_SHOWN = 12;

    // resource.ParseQuantity's form: a number and an SI, binary or exponent suffix.
    private static final Pattern QUANTITY =
            Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([numkMGTPE]|[KMGTPE]i|[eE][+-]?\\d+)?");

    private final FieldTable table;
    private final Problems problems;
    private final @Nullable BiConsumer<Entry, FieldPath> stranger;

    private StrictCheck(FieldTable table, Problems problems,
            @Nullable BiConsumer<Entry, FieldPath> stranger) {
        this.table = table;
        this.problems = problems;
        this.stranger = stranger;
    }

    /** A check to which an unknown field is an error. */
    public static StrictCheck strict(FieldTable table, Problems problems) {
        return new StrictCheck(table, problems, null);
    }

    /**
     * A check that warns of unknown fields, as a program does that reads its own old configuration.
     */
    public static StrictCheck lenient(FieldTable table, Problems problems) {
        return noting(table, problems, (entry, path) -> problems
                .warn(entry.keyLocation() + ": unknown field \"" + path + "\" is ignored"));
    }

    /** A check that hands unknown fields on, and leaves what is to be thought of them to others. */
    public static StrictCheck noting(FieldTable table, Problems problems,
            BiConsumer<Entry, FieldPath> stranger) {
        return new StrictCheck(table, problems, stranger);
    }

    /**
     * Checks an object against the type of that name.
     *
     * @return whether it passed
     */
    public boolean check(Mapping object, String typeName) {
        int before = problems.size();
        checkObject(object, table.type(typeName), FieldPath.root());
        return problems.size() == before;
    }

    private void check(YamlNode node, FieldType type, FieldPath path) {
        if (node instanceof Scalar scalar && scalar.kind() == Scalar.Kind.NULL) {
            return;
        }
        switch (type) {
            case FieldType.Scalar scalar -> checkScalar(node, scalar, path);
            case ListOf list -> checkList(node, list, path);
            case MapOf map -> checkMap(node, map, path);
            case Named named -> {
                if (node instanceof Mapping mapping) {
                    checkObject(mapping, table.type(named.name()), path);
                } else {
                    mismatch(node, path, "a mapping (" + named.name() + ")");
                }
            }
        }
    }

    private void checkObject(Mapping mapping, ObjectType type, FieldPath path) {
        for (Entry entry : mapping.entries()) {
            FieldType field = type.fields().get(entry.key());
            FieldPath fieldPath = path.child(entry.key());
            if (field != null) {
                check(entry.value(), field, fieldPath);
            } else {
                unknown(entry, type, fieldPath);
            }
        }
    }

    private void unknown(Entry entry, ObjectType type, FieldPath path) {
        if (stranger != null) {
            stranger.accept(entry, path);
            return;
        }
        String expected = type.fields().size() <= NAMES_SHOWN
                ? "one of " + String.join(", ", type.fields().keySet())
                : "a field of " + type.name();
        problems.misspelt(entry.keyLocation(), path.toString(),
                "unknown field \"" + path + "\", expected " + expected, entry.key(),
                type.fields().keySet());
    }

    private void checkList(YamlNode node, ListOf list, FieldPath path) {
        if (!(node instanceof Sequence sequence)) {
            mismatch(node, path, "a list");
            return;
        }
        List<YamlNode> items = sequence.items();
        for (int i = 0; i < items.size(); i++) {
            check(items.get(i), list.element(), path.index(i));
        }
    }

    private void checkMap(YamlNode node, MapOf map, FieldPath path) {
        if (!(node instanceof Mapping mapping)) {
            mismatch(node, path, "a mapping");
            return;
        }
        for (Entry entry : mapping.entries()) {
            check(entry.value(), map.value(), path.key(entry.key()));
        }
    }

    private void checkScalar(YamlNode node, FieldType.Scalar type, FieldPath path) {
        if (type == FieldType.Scalar.ANY) {
            return;
        }
        if (!(node instanceof Scalar scalar)) {
            mismatch(node, path, type.description());
            return;
        }
        String expected = expectation(scalar, type);
        if (expected != null) {
            mismatch(node, path, expected);
        }
    }

    /** What was expected instead of {@code scalar}, or null if it will do. */
    private static @Nullable String expectation(Scalar scalar, FieldType.Scalar type) {
        boolean string = scalar.kind() == Scalar.Kind.STRING;
        boolean number = scalar.kind() == Scalar.Kind.INT || scalar.kind() == Scalar.Kind.FLOAT;
        return switch (type) {
            case STRING -> string ? null : "a string: put it in quotes";
            case BOOL -> scalar.kind() == Scalar.Kind.BOOL ? null : type.description();
            case NUMBER -> number ? null : type.description();
            case INT32 -> integer(scalar, Integer.MIN_VALUE, Integer.MAX_VALUE, type);
            case INT64 -> integer(scalar, Long.MIN_VALUE, Long.MAX_VALUE, type);
            case INT_OR_STRING -> string ? null
                    : integer(scalar, Integer.MIN_VALUE, Integer.MAX_VALUE, type);
            case QUANTITY -> (string || number) && QUANTITY.matcher(scalar.text()).matches()
                    ? null
                    : type.description();
            case DURATION -> string && isDuration(scalar.text()) ? null : type.description();
            case ANY -> null;
        };
    }

    private static @Nullable String integer(Scalar scalar, long least, long most,
            FieldType.Scalar type) {
        Long value = scalar.integer();
        if (value != null) {
            return value >= least && value <= most
                    ? null
                    : type.description() + " from " + least + " to " + most;
        }
        boolean quotedNumber = scalar.quoted() && scalar.text().matches("-?\\d+");
        return type.description() + (quotedNumber ? ": leave out the quotes" : "");
    }

    private static boolean isDuration(String text) {
        try {
            SimTime.parseNanos(text);
            return true;
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    private void mismatch(YamlNode node, FieldPath path, String expected) {
        problems.unexpected(node.location(), path.toString(), node.describe(), expected);
    }
}
