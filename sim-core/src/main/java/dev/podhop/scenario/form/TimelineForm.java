package dev.podhop.scenario.form;

import dev.podhop.k8s.source.FieldPath;
import dev.podhop.k8s.source.YamlNode;
import dev.podhop.k8s.source.YamlNode.Entry;
import dev.podhop.k8s.source.YamlNode.Mapping;
import dev.podhop.scenario.Event;
import dev.podhop.scenario.TimelineEntry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An event of the timeline: a time, and one verb. */
public record TimelineForm() implements Form<TimelineEntry> {

    public static final String AT = "at";

    private static final Map<String, Class<?>> VERBS = allVerbs();

    /** The verbs and what each is written as, in the order of {@link Event}. */
    public static Map<String, Class<?>> verbs() {
        return VERBS;
    }

    private static Map<String, Class<?>> allVerbs() {
        Map<String, Class<?>> verbs = new LinkedHashMap<>();
        for (Class<?> kind : Event.class.getPermittedSubclasses()) {
            verbs.put(Event.verbOf(kind), kind);
        }
        return Collections.unmodifiableMap(verbs);
    }

    @Override
    public @Nullable TimelineEntry read(YamlNode node, FieldPath path, Reading reading) {
        if (!(node instanceof Mapping mapping)) {
            reading.problems().unexpected(node.location(), path.toString(), node.describe(),
                    words());
            return null;
        }
        Long at = readTime(mapping, path, reading);
        Entry verb = theVerb(mapping, path, reading);
        if (verb == null) {
            return null;
        }
        Class<?> kind = Objects.requireNonNull(verbs().get(verb.key()), verb.key());
        Object event = Forms.of(kind, false).read(verb.value(), path.child(verb.key()), reading);
        if (at == null || event == null) {
            return null;
        }
        TimelineEntry entry = new TimelineEntry(at, (Event) event, verb.keyLocation(),
                path.child(verb.key()).toString());
        reading.remember(entry, node, path);
        return entry;
    }

    private static @Nullable Long readTime(Mapping mapping, FieldPath path, Reading reading) {
        YamlNode at = mapping.get(AT);
        if (at == null) {
            reading.problems().unexpected(mapping.location(), path.toString(), "no key \"at\"",
                    "the time of the event, such as 10s");
            return null;
        }
        return ScalarForms.DURATION.read(at, path.child(AT), reading);
    }

    /** One verb per event, so that the order of what happens is the order of lines. */
    private static @Nullable Entry theVerb(Mapping mapping, FieldPath path, Reading reading) {
        Map<String, Class<?>> verbs = verbs();
        List<String> known = new ArrayList<>(verbs.keySet());
        known.add(AT);
        Entry verb = null;
        boolean wrong = false;
        for (Entry entry : mapping.entries()) {
            if (!known.contains(entry.key())) {
                reading.problems().misspelt(entry.keyLocation(),
                        path.child(entry.key()).toString(), "found the unknown verb \""
                                + entry.key() + "\", expected one of "
                                + String.join(", ", verbs.keySet()),
                        entry.key(), known);
                wrong = true;
            } else if (verb != null && !entry.key().equals(AT)) {
                reading.problems().unexpected(entry.keyLocation(),
                        path.child(entry.key()).toString(), "a second verb",
                        "one per event; the first is " + verb.key() + " in line "
                                + verb.keyLocation().line());
            } else if (!entry.key().equals(AT)) {
                verb = entry;
            }
        }
        if (verb == null && !wrong) {
            reading.problems().unexpected(mapping.location(), path.toString(),
                    "an event without a verb", "one of " + String.join(", ", verbs.keySet()));
        }
        return verb;
    }

    @Override
    public String words() {
        return "a mapping with a time (at) and one verb";
    }
}
