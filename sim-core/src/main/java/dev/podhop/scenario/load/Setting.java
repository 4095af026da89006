package dev.podhop.scenario.load;

import dev.podhop.k8s.source.Location;
import dev.podhop.k8s.source.Problems;
import dev.podhop.k8s.source.Trees;
import dev.podhop.k8s.source.YamlNode;
import dev.podhop.k8s.source.YamlNode.Mapping;
import dev.podhop.k8s.source.YamlNode.Scalar;
import dev.podhop.k8s.source.YamlNode.Sequence;
import dev.podhop.k8s.source.YamlReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One field to be changed, as the command line writes it: {@code loadBalancer.clientIP=snat}.
 *
 * @param text the whole setting, for messages
 * @param key what stands before the {@code =}
 * @param value what stands behind it, read as YAML; null removes the field
 */
record Setting(String text, String key, YamlNode value) {

    /** What a setting's text is called where a file would be. */
    private static final String FILE = "--set ";
    static final String PROXY_PREFIX = "kubeProxy.";
    /** Keys that hold a map whose own keys are dotted. */
    private static final String DOTTED = "sysctls";

    /** Reads {@code KEY=VALUE}; empty, with the problem told, where it is none. */
    static Optional<Setting> of(String text, Problems problems) {
        int equals = text.indexOf('=');
        if (equals <= 0) {
            problems.unexpected(where(text), "", "\"" + text + "\"",
                    "KEY=VALUE, such as loadBalancer.clientIP=snat");
            return Optional.empty();
        }
        List<Mapping> read =
                YamlReader.read(FILE + text, "v: " + text.substring(equals + 1), problems);
        YamlNode value = read.isEmpty() ? null : read.getFirst().get("v");
        return value == null ? Optional.empty()
                : Optional.of(new Setting(text, text.substring(0, equals), value));
    }

    private static Location where(String text) {
        return Location.startOf(FILE + text);
    }

    /** Whether something stands in no file but in a setting. */
    static boolean isPlaceOf(Location where) {
        return where.file().startsWith(FILE);
    }

    /** Whether it is of the Scenario: neither kube-proxy's nor an object's. */
    boolean isOfScenario() {
        // loadBalancer.services.shop/web.profile has its slash behind the first dot
        return !key.startsWith(PROXY_PREFIX) && !key.matches("[^.\\[]*/.*");
    }

    /** Whether its value is null, which takes away what the key stands for. */
    boolean removes() {
        return value instanceof Scalar scalar && scalar.kind() == Scalar.Kind.NULL;
    }

    /** Whether it sets what that key stands for, a part of it or more. */
    boolean concerns(String other) {
        List<String> own = steps(key);
        List<String> theirs = steps(other);
        int both = Math.min(own.size(), theirs.size());
        return own.subList(0, both).equals(theirs.subList(0, both));
    }

    /** The steps to the field of a Scenario document. */
    List<String> inSpec() {
        List<String> path = new ArrayList<>(List.of("spec"));
        path.addAll(steps(key));
        return path;
    }

    Location location() {
        return where(text);
    }

    /** The document with the field at the end of that path changed. */
    Mapping applyTo(Mapping document, List<String> path, Problems problems) {
        return (Mapping) change(document, path, problems);
    }

    private YamlNode change(@Nullable YamlNode old, List<String> path, Problems problems) {
        if (path.isEmpty()) {
            return value instanceof Mapping patch && old instanceof Mapping target
                    ? Trees.mergePatch(target, patch)
                    : value;
        }
        String step = path.getFirst();
        List<String> rest = path.subList(1, path.size());
        if (old instanceof Sequence list) {
            return changeItem(list, step, rest, problems);
        }
        Mapping mapping = old instanceof Mapping m ? m : new Mapping(location(), List.of());
        return rest.isEmpty() && removes() ? mapping.without(step)
                : mapping.with(step, change(mapping.get(step), rest, problems));
    }

    private YamlNode changeItem(Sequence list, String step, List<String> rest,
            Problems problems) {
        List<YamlNode> items = new ArrayList<>(list.items());
        int index = step.matches("\\d{1,6}") ? Integer.parseInt(step) : -1;
        if (index == items.size()) {
            // One behind the last: a new item, such as an event of the timeline.
            items.add(change(null, rest, problems));
            return new Sequence(list.location(), items);
        }
        if (index < 0 || index > items.size()) {
            problems.unexpected(location(), key, "[" + step + "]", items.isEmpty()
                    ? "no item, since the list is empty"
                    : "an item of the list, [0] to [" + (items.size() - 1) + "]");
            return list;
        }
        items.set(index, change(items.get(index), rest, problems));
        return new Sequence(list.location(), items);
    }

    /** {@code a.b[0].c} in its steps; what stands in brackets may have dots itself. */
    static List<String> steps(String path) {
        List<String> steps = new ArrayList<>();
        StringBuilder step = new StringBuilder();
        boolean bracket = false;
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            boolean ends = bracket ? c == ']' : c == '.' || c == '[';
            if (!ends) {
                step.append(c);
                continue;
            }
            bracket = c == '[';
            flush(step, steps);
            if (!bracket && !steps.isEmpty() && steps.getLast().equals(DOTTED)) {
                return sysctl(path.substring(i + 1), steps);
            }
        }
        flush(step, steps);
        return steps;
    }

    private static void flush(StringBuilder step, List<String> steps) {
        if (!step.isEmpty()) {
            steps.add(step.toString());
            step.setLength(0);
        }
    }

    private static List<String> sysctl(String rest, List<String> steps) {
        String pods = "pods.";
        if (rest.startsWith(pods)) {
            steps.add("pods");
        }
        steps.add(rest.startsWith(pods) ? rest.substring(pods.length()) : rest);
        return steps;
    }
}
