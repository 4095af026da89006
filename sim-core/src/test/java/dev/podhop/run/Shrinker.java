package dev.podhop.run;

import dev.podhop.k8s.source.Problems;
import dev.podhop.k8s.source.Trees;
import dev.podhop.k8s.source.YamlNode;
import dev.podhop.k8s.source.YamlNode.Entry;
import dev.podhop.k8s.source.YamlNode.Mapping;
import dev.podhop.k8s.source.YamlNode.Scalar;
import dev.podhop.k8s.source.YamlNode.Sequence;
import dev.podhop.k8s.source.YamlReader;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Makes a scenario file that fails as small as it will go: leaves out events, objects and keys one
 * by one, and counts down, as long as what is left still fails. What it returns has been seen to
 * fail.
 */
final class Shrinker {

    private static final String SCENARIO = "Scenario";

    private final Predicate<String> fails;
    private List<Mapping> documents;

    private Shrinker(String yaml, Predicate<String> fails) {
        this.fails = fails;
        this.documents = YamlReader.read("shrunk.yaml", yaml, new Problems());
    }

    /** The smallest file found, in few lines; the file itself where writing it anew mends it. */
    static String shrink(String yaml, Predicate<String> fails) {
        Shrinker shrinker = new Shrinker(yaml, fails);
        return shrinker.fails(shrinker.documents) ? shrinker.shrink() : yaml;
    }

    /** Until a whole round leaves nothing out: what one part needed may need no more. */
    private String shrink() {
        boolean smaller = true;
        while (smaller) {
            smaller = events();
            smaller |= objects("Service");
            smaller |= objects("");
            smaller |= keys();
            smaller |= counts();
        }
        return text(documents);
    }

    /** From the last to the first: later ones hang on earlier ones. */
    private boolean events() {
        boolean smaller = false;
        for (int i = timeline().size() - 1; i >= 0; i--) {
            List<YamlNode> rest = new ArrayList<>(timeline());
            rest.remove(i);
            smaller |= take(withTimeline(rest));
        }
        return smaller;
    }

    /** Objects of that kind; all but the Scenario where none is named. */
    private boolean objects(String kind) {
        boolean smaller = false;
        for (int i = documents.size() - 1; i >= 0; i--) {
            String found = documents.get(i).text("kind");
            if (!SCENARIO.equals(found) && (kind.isEmpty() || kind.equals(found))) {
                List<Mapping> rest = new ArrayList<>(documents);
                rest.remove(i);
                smaller |= take(rest);
            }
        }
        return smaller;
    }

    /** Keys of every document's spec, and the keys in those, as deep as two levels. */
    private boolean keys() {
        boolean smaller = false;
        for (int i = 0; i < documents.size(); i++) {
            if (documents.get(i).get("spec") instanceof Mapping spec) {
                for (String key : spec.keys()) {
                    smaller |= key.equals("timeline") ? false : key(i, key);
                }
            }
        }
        return smaller;
    }

    private boolean key(int document, String key) {
        Mapping spec = (Mapping) documents.get(document).get("spec");
        if (take(withSpec(document, spec.without(key)))) {
            return true;
        }
        boolean smaller = false;
        if (spec.get(key) instanceof Mapping inner) {
            for (String deeper : inner.keys()) {
                Mapping now = (Mapping) documents.get(document).get("spec");
                smaller |= take(withSpec(document,
                        now.with(key, ((Mapping) now.get(key)).without(deeper))));
            }
        }
        return smaller;
    }

    /** Fewer attempts of each flow: one, or half. */
    private boolean counts() {
        boolean smaller = false;
        for (int i = 0; i < timeline().size(); i++) {
            if (timeline().get(i) instanceof Mapping event
                    && event.get("send") instanceof Mapping send
                    && send.get("count") instanceof Scalar count
                    && Long.parseLong(count.text()) > 1) {
                smaller |= count(i, event, send, 1)
                        || count(i, event, send, Long.parseLong(count.text()) / 2);
            }
        }
        return smaller;
    }

    private boolean count(int i, Mapping event, Mapping send, long count) {
        List<YamlNode> changed = new ArrayList<>(timeline());
        changed.set(i, event.with("send", send.with("count", new Scalar(send.location(),
                String.valueOf(count), Scalar.Kind.INT, false))));
        return take(withTimeline(changed));
    }

    private boolean take(List<Mapping> smaller) {
        boolean still = fails(smaller);
        documents = still ? smaller : documents;
        return still;
    }

    private boolean fails(List<Mapping> candidate) {
        return fails.test(text(candidate));
    }

    private int scenario() {
        for (int i = 0; i < documents.size(); i++) {
            if (SCENARIO.equals(documents.get(i).text("kind"))) {
                return i;
            }
        }
        throw new IllegalArgumentException("no Scenario");
    }

    private List<YamlNode> timeline() {
        return documents.get(scenario()).get("spec") instanceof Mapping spec
                && spec.get("timeline") instanceof Sequence events ? events.items() : List.of();
    }

    private List<Mapping> withTimeline(List<YamlNode> events) {
        Mapping spec = (Mapping) documents.get(scenario()).get("spec");
        return withSpec(scenario(),
                spec.with("timeline", new Sequence(spec.location(), events)));
    }

    private List<Mapping> withSpec(int document, Mapping spec) {
        List<Mapping> changed = new ArrayList<>(documents);
        changed.set(document, changed.get(document).with("spec", spec));
        return changed;
    }

    /** A line for each key of a document, for each key of the Scenario's spec and each event. */
    private static String text(List<Mapping> documents) {
        StringBuilder text = new StringBuilder();
        for (Mapping document : documents) {
            text.append(text.isEmpty() ? "" : "---\n");
            for (Entry entry : document.entries()) {
                boolean lines = SCENARIO.equals(document.text("kind"))
                        && entry.key().equals("spec");
                text.append(entry.key()).append(": ")
                        .append(lines ? "\n" + lines((Mapping) entry.value())
                                : Trees.text(entry.value()) + "\n");
            }
        }
        return text.toString();
    }

    private static String lines(Mapping spec) {
        StringBuilder text = new StringBuilder();
        for (Entry entry : spec.entries()) {
            text.append("  ").append(entry.key()).append(": ");
            if (entry.key().equals("timeline") && entry.value() instanceof Sequence events
                    && !events.items().isEmpty()) {
                events.items().forEach(event -> text.append("\n  - ").append(Trees.text(event)));
            } else {
                text.append(Trees.text(entry.value()));
            }
            text.append('\n');
        }
        return text.toString();
    }
}
