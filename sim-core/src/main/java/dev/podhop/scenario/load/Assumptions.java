package dev.podhop.scenario.load;

import dev.podhop.k8s.source.TreeBuilder;
import dev.podhop.k8s.source.YamlNode;
import dev.podhop.k8s.source.YamlNode.Entry;
import dev.podhop.k8s.source.YamlNode.Mapping;
import dev.podhop.k8s.source.YamlNode.Scalar;
import dev.podhop.k8s.source.YamlNode.Sequence;
import dev.podhop.scenario.Assumption;
import dev.podhop.scenario.ExternalHost;
import dev.podhop.scenario.LoadedScenario.Outsider;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is assumed, key by key, and how it goes under a Scenario document: what that says itself
 * stays, and is assumed no more.
 */
final class Assumptions {

    private final Mapping given;
    private final List<Assumption> made = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private boolean evident;
    private @Nullable ExternalHost outside;

    /** @param given the Scenario document; without a spec where the file has none */
    Assumptions(Mapping given) {
        this.given = given;
    }

    /** The value of a key, unless the document has it. */
    void add(String key, YamlNode value, String why) {
        Assumption assumption = new Assumption(key, value, why, true);
        if (assumption.ofKubeProxy() || !isGiven(key)) {
            made.add(assumption);
        }
    }

    /** A text, whatever it looks like. */
    void add(String key, Object value, String why) {
        add(key, text(value.toString()), why);
    }

    /** A list of texts. */
    void addAll(String key, List<String> values, String why) {
        add(key, new Sequence(given.location(),
                values.stream().<YamlNode>map(this::text).toList()), why);
    }

    void add(String key, boolean value, String why) {
        add(key, new Scalar(given.location(), String.valueOf(value), Scalar.Kind.BOOL, false), why);
    }

    void add(String key, int value, String why) {
        add(key, new Scalar(given.location(), String.valueOf(value), Scalar.Kind.INT, false), why);
    }

    /** The same where the objects themselves show it. */
    void seen(String key, Object value, String why) {
        add(key, value instanceof YamlNode node ? node : text(value.toString()), why);
        evident = true;
    }

    /** That the objects are a cluster's own, and not made up for a scenario. */
    void evident(boolean seen) {
        evident |= seen;
    }

    boolean isEvident() {
        return evident;
    }

    /** Somebody outside, unless the document names who is there. */
    void outside(ExternalHost host, List<Mapping> all, String why) {
        add(OutsideGuess.HOSTS, new Sequence(given.location(), List.copyOf(all)), why);
        outside = host;
    }

    /** Takes back who is outside, for when somebody means it; null where the document says it. */
    @Nullable Outsider withoutOutside() {
        Outsider withheld = null;
        for (Assumption each : List.copyOf(made)) {
            if (each.key().equals(OutsideGuess.HOSTS) && outside != null) {
                withheld = new Outsider(outside, each);
                made.remove(each);
            }
        }
        return withheld;
    }

    /** What belongs to the answers and is no key. */
    void note(String line) {
        notes.add(line);
    }

    List<Assumption> made() {
        return List.copyOf(made);
    }

    List<String> notes() {
        return List.copyOf(notes);
    }

    YamlNode list(List<Mapping> items) {
        return new Sequence(given.location(), List.copyOf(items));
    }

    TreeBuilder builder() {
        return new TreeBuilder(given.location());
    }

    /** Plain where YAML would not take it for something else: it is to be typed at a shell. */
    Scalar text(String value) {
        return new Scalar(given.location(), value, Scalar.Kind.STRING,
                value.isEmpty() || value.matches("[0-9]+(\\.[0-9]*)?"));
    }

    boolean isGiven(String key) {
        return isGiven(given.get("spec"), Setting.steps(key));
    }

    private static boolean isGiven(@Nullable YamlNode node, List<String> steps) {
        if (node == null || isNull(node)) {
            return false;
        }
        // What is no mapping stands for all below it.
        return steps.isEmpty() || !(node instanceof Mapping mapping)
                || isGiven(mapping.get(steps.getFirst()), steps.subList(1, steps.size()));
    }

    /** The document with everything assumed in its place. */
    Mapping document() {
        Mapping filled = given;
        for (Assumption assumption : made) {
            if (!assumption.ofKubeProxy()) {
                List<String> steps = new ArrayList<>(List.of("spec"));
                steps.addAll(Setting.steps(assumption.key()));
                filled = fill(filled, steps, assumption.value());
            }
        }
        return filled;
    }

    /** A document with another one's values where it has none itself. */
    static Mapping under(Mapping lower, Mapping upper) {
        Mapping filled = upper;
        for (Entry entry : lower.entries()) {
            YamlNode own = upper.get(entry.key());
            if (own == null || isNull(own)) {
                filled = filled.with(entry.key(), entry.value());
            } else if (own instanceof Mapping inner
                    && entry.value() instanceof Mapping below) {
                filled = filled.with(entry.key(), under(below, inner));
            }
        }
        return filled;
    }

    private static Mapping fill(Mapping into, List<String> steps, YamlNode value) {
        String step = steps.getFirst();
        YamlNode old = into.get(step);
        boolean absent = old == null || isNull(old);
        if (steps.size() == 1) {
            return absent ? into.with(step, value) : into;
        }
        if (!absent && !(old instanceof Mapping)) {
            return into;
        }
        Mapping inner = old instanceof Mapping m ? m : new Mapping(value.location(), List.of());
        return into.with(step, fill(inner, steps.subList(1, steps.size()), value));
    }

    private static boolean isNull(YamlNode node) {
        return node instanceof Scalar scalar && scalar.kind() == Scalar.Kind.NULL;
    }
}
