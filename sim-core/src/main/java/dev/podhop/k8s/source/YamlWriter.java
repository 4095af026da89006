package dev.podhop.k8s.source;

import dev.podhop.k8s.source.YamlNode.Entry;
import dev.podhop.k8s.source.YamlNode.Mapping;
import dev.podhop.k8s.source.YamlNode.Scalar;
import dev.podhop.k8s.source.YamlNode.Sequence;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes trees as YAML in block style, what is short on one line. Comments are not in a tree, and
 * so are lost.
 */
public final class YamlWriter {

    /** A mapping or list that fits so many characters stands on one line. */
    private static final int INLINE = 76;

    private final StringBuilder out = new StringBuilder();

    private YamlWriter() {}

    /** Documents, with separators between them. */
    public static String write(List<Mapping> documents) {
        YamlWriter writer = new YamlWriter();
        for (int i = 0; i < documents.size(); i++) {
            writer.out.append(i == 0 ? "" : "---\n");
            writer.entries(documents.get(i), 0, false);
        }
        return writer.out.toString();
    }

    /** @param inList whether the first entry stands behind a dash */
    private void entries(Mapping mapping, int indent, boolean inList) {
        boolean first = inList;
        for (Entry entry : mapping.entries()) {
            out.append(first ? "" : " ".repeat(indent)).append(key(entry.key())).append(':');
            first = false;
            value(entry.value(), indent);
        }
    }

    private void value(YamlNode node, int indent) {
        String inline = inline(node);
        boolean top = indent == 0 && node instanceof Mapping mapping && mapping.get("name") == null;
        if (inline.length() <= INLINE - indent && !top || node instanceof Scalar) {
            out.append(' ').append(inline).append('\n');
            return;
        }
        out.append('\n');
        switch (node) {
            case Mapping mapping -> entries(mapping, indent + 2, false);
            case Sequence list -> items(list, indent);
            case Scalar scalar -> throw new IllegalStateException("written above: " + scalar);
        }
    }

    private void items(Sequence list, int indent) {
        for (YamlNode item : list.items()) {
            String inline = inline(item);
            out.append(" ".repeat(indent)).append("- ");
            if (inline.length() <= INLINE - indent || !(item instanceof Mapping mapping)) {
                out.append(inline).append('\n');
            } else {
                entries(mapping, indent + 2, true);
            }
        }
    }

    /** A tree in one line. */
    public static String inline(YamlNode node) {
        return switch (node) {
            case Mapping mapping -> mapping.entries().stream()
                    .map(entry -> key(entry.key()) + ": " + inline(entry.value()))
                    .collect(Collectors.joining(", ", "{", "}"));
            case Sequence list -> list.items().stream().map(YamlWriter::inline)
                    .collect(Collectors.joining(", ", "[", "]"));
            case Scalar scalar -> scalar(scalar);
        };
    }

    private static String scalar(Scalar scalar) {
        if (scalar.kind() == Scalar.Kind.STRING) {
            return isPlain(scalar) ? scalar.text() : quoted(scalar.text());
        }
        return scalar.kind() == Scalar.Kind.NULL ? "null" : scalar.text();
    }

    private static String key(String key) {
        return key.matches("[A-Za-z_][\\w./-]*") ? key : quoted(key);
    }

    /** What was not quoted and holds nothing that means something inside brackets. */
    private static boolean isPlain(Scalar scalar) {
        return !scalar.quoted() && scalar.text().matches("[A-Za-z0-9][\\w./@-]*( [\\w./@-]+)*");
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\t' -> quoted.append("\\t");
                default -> quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
