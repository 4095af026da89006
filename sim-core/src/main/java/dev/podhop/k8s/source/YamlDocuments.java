package dev.podhop.k8s.source;

import dev.podhop.k8s.source.YamlNode.Entry;
import dev.podhop.k8s.source.YamlNode.Mapping;
import dev.podhop.k8s.source.YamlNode.Scalar;
import dev.podhop.k8s.source.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.Parser;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Builds located trees from the parser's events. Events, because the parser below knows line,
 * column and quotes, which the layers above it forget.
 */
final class YamlDocuments {

    /** Nesting no manifest reaches, and no stack overflows at. */
    static final int MAX_DEPTH = 200;
    /**
     * How many nodes all aliases of a document may stand for: a "billion laughs" file reaches it in
     * ten lines.
     */
    static final int MAX_ALIASED_NODES = 100_000;

    // The library refuses texts over three million code points, which a dump of a thousand pods
    // has.
    private static final int LONG_LINE = 1_024;
    private static final LoadSettings SETTINGS = settings(LONG_LINE);

    private final String name;
    private final SourceText.Chunk chunk;
    private final int firstLine;
    private final Problems problems;
    private final Parser parser;
    private final Map<Anchor, Anchored> anchors = new HashMap<>();
    private long nodes;
    private long aliased;
    private boolean broken;
    private boolean tab;

    private record Anchored(YamlNode node, long size) {}

    /** A mistake after which the rest of the document means nothing. */
    @SuppressWarnings("serial")
    private static final class Unreadable extends RuntimeException {
        private final Location where;

        Unreadable(Location where, String message) {
            super(message, null, false, false);
            this.where = where;
        }
    }

    YamlDocuments(String name, SourceText.Chunk chunk, Problems problems) {
        this.name = name;
        this.chunk = chunk;
        this.firstLine = chunk.firstLine();
        this.problems = problems;
        // The library looks for a line's end in one piece, and copies the piece at each refill of
        // its buffer: with a buffer that holds the longest line that takes linear time.
        int longest = longestLine(chunk.text());
        LoadSettings settings = longest <= LONG_LINE ? SETTINGS : settings(longest);
        this.parser = new ParserImpl(settings, new StreamReader(settings, chunk.text()));
    }

    private static LoadSettings settings(int bufferSize) {
        return LoadSettings.builder().setCodePointLimit(Integer.MAX_VALUE)
                .setBufferSize(bufferSize).build();
    }

    private static int longestLine(String text) {
        int longest = 0;
        int from = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
            longest = Math.max(longest, end - from);
            from = end + 1;
        }
        return Math.max(longest, text.length() - from);
    }

    /**
     * The next document, or null at the end of the text, which for a broken document comes early.
     */
    @Nullable YamlNode next() {
        try {
            while (!broken && parser.hasNext()) {
                Event event = parser.next();
                if (event instanceof NodeEvent node) {
                    anchors.clear();
                    nodes = 0;
                    aliased = 0;
                    return build(node, 0);
                }
            }
        } catch (Unreadable mistake) {
            stop(mistake.where, String.valueOf(mistake.getMessage()));
        } catch (MarkedYamlEngineException mistake) {
            tab = mistake.getProblem().contains("\\t(TAB)");
            SyntaxMessages.Message message = SyntaxMessages.of(chunk, mistake);
            stop(new Location(name, firstLine + message.line() + 1, message.column() + 1),
                    message.text());
        } catch (YamlEngineException mistake) {
            stop(new Location(name, firstLine + 1, 1), "not YAML: " + mistake.getMessage());
        }
        return null;
    }

    /** Whether it is a tab that the rest of the text could not be read for. */
    boolean stoppedAtTab() {
        return tab;
    }

    private void stop(Location where, String message) {
        broken = true;
        problems.error(where, "", message);
    }

    private YamlNode build(NodeEvent event, int depth) {
        Location where = locate(event);
        if (depth > MAX_DEPTH) {
            throw new Unreadable(where, "nested deeper than " + MAX_DEPTH + " levels");
        }
        if (event instanceof AliasEvent alias) {
            return resolve(alias, where);
        }
        long before = nodes++;
        YamlNode node = switch (event.getEventId()) {
            case Scalar -> scalar((ScalarEvent) event, where);
            case SequenceStart -> sequence(where, depth);
            case MappingStart -> mapping(where, depth);
            default -> throw new IllegalStateException("no node begins with " + event);
        };
        event.getAnchor().ifPresent(a -> anchors.put(a, new Anchored(node, nodes - before)));
        return node;
    }

    /** An anchor is known only once its node is complete, so that no node can hold itself. */
    private YamlNode resolve(AliasEvent event, Location where) {
        Anchor anchor = event.getAlias();
        Anchored target = anchors.get(anchor);
        if (target == null) {
            throw new Unreadable(where, "found the alias *" + anchor.getValue()
                    + ", expected one whose anchor &" + anchor.getValue()
                    + " stands complete before it");
        }
        nodes += target.size();
        aliased += target.size();
        if (aliased > MAX_ALIASED_NODES) {
            throw new Unreadable(where,
                    "found aliases that stand for more than " + MAX_ALIASED_NODES
                            + " nodes, expected fewer: the file would unfold beyond measure");
        }
        return target.node();
    }

    private Sequence sequence(Location where, int depth) {
        List<YamlNode> items = new ArrayList<>();
        while (parser.next() instanceof NodeEvent item) {
            items.add(build(item, depth + 1));
        }
        return new Sequence(where, items);
    }

    private Mapping mapping(Location where, int depth) {
        MappingBuilder mapping = new MappingBuilder(where, problems);
        while (parser.next() instanceof NodeEvent keyEvent) {
            YamlNode key = build(keyEvent, depth + 1);
            Location keyPlace = locate(keyEvent);
            YamlNode value = build((NodeEvent) parser.next(), depth + 1);
            if (key instanceof Scalar scalar && scalar.kind() != Scalar.Kind.NULL) {
                addEntry(mapping, scalar, keyPlace, value);
            } else {
                boolean template = key instanceof Mapping && chunk.text().contains("{{");
                problems.unexpected(keyPlace, "", key.describe() + " as a key",
                        template ? "a string; of a template with {{ }}, what it is rendered to"
                                : "a string");
            }
        }
        return mapping.build();
    }

    private static void addEntry(MappingBuilder mapping, Scalar key, Location where,
            YamlNode value) {
        if (!key.quoted() && key.text().equals("<<")) {
            mapping.merge(where, value);
            return;
        }
        // JSON has only strings as keys; kubectl writes the value a plain key stands for.
        String text = switch (key.kind()) {
            case BOOL -> String.valueOf(key.isTrue());
            case INT -> key.integer() == null ? key.text() : String.valueOf(key.integer());
            default -> key.text();
        };
        mapping.add(new Entry(text, where, value));
    }

    private Scalar scalar(ScalarEvent event, Location where) {
        String text = event.getValue();
        Optional<String> tag = event.getTag();
        boolean quoted = !event.isPlain();
        Scalar.Kind kind = quoted ? Scalar.Kind.STRING : ScalarRules.kindOfPlain(text);
        if (tag.isPresent()) {
            kind = switch (tag.get()) {
                case "tag:yaml.org,2002:str", "!" -> Scalar.Kind.STRING;
                // Any other tag of the core schema makes a quoted scalar what it would be without
                // quotes.
                default -> tag.get().startsWith("tag:yaml.org,2002:")
                        ? ScalarRules.kindOfPlain(text)
                        : kind;
            };
        }
        return new Scalar(where, text, kind,
                quoted || kind == Scalar.Kind.STRING && tag.isPresent());
    }

    private Location locate(Event event) {
        return event.getStartMark().map(this::locate).orElseThrow();
    }

    private Location locate(Mark mark) {
        return new Location(name, firstLine + mark.getLine() + 1, mark.getColumn() + 1);
    }
}
