package dev.podhop.run.mission;

import dev.podhop.k8s.source.Problems;
import dev.podhop.k8s.source.YamlNode;
import dev.podhop.k8s.source.YamlNode.Mapping;
import dev.podhop.k8s.source.YamlNode.Scalar;
import dev.podhop.k8s.source.YamlNode.Sequence;
import dev.podhop.k8s.source.YamlReader;
import dev.podhop.run.mission.Mission.Goal;
import dev.podhop.run.mission.Mission.Hint;
import dev.podhop.run.mission.Mission.Permission;
import dev.podhop.run.mission.Mission.Text;
import dev.podhop.run.result.UsageException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The missions that come with Podhop. */
public final class Missions {

    /** From the easy to the hard. */
    public static final List<String> NAMES =
            List.of("selector", "port", "loopback", "rollout", "address");

    /** Where a line of Chinese was folded: there is no blank between two words of it. */
    private static final Pattern FOLDED =
            Pattern.compile("(?<=[\\p{IsHan}，。、；：）])\\s+(?=[\\p{IsHan}（])");

    private Missions() {}

    /** All of them, in their order. */
    public static List<Mission> all() {
        return NAMES.stream().map(Missions::read).toList();
    }

    /** The mission of that name, if there is one. */
    public static Optional<Mission> find(String name) {
        return NAMES.contains(name) ? Optional.of(read(name)) : Optional.empty();
    }

    /**
     * The mission of that name.
     *
     * @throws UsageException if there is none
     */
    public static Mission named(String name) {
        return find(name).orElseThrow(() -> new UsageException("found no mission " + name
                + ", expected one of " + String.join(", ", NAMES)
                + UsageException.meant(name, NAMES)));
    }

    private static Mission read(String name) {
        String text = resource(name + "/mission.yaml");
        String broken = resource(name + "/broken.yaml");
        Problems problems = new Problems();
        Mapping root = YamlReader.read(name, text, problems).getFirst();
        if (!problems.isEmpty()) {
            throw new IllegalStateException(problems.all().toString());
        }
        return new Mission(name, text(root, "title"), text(root, "story"),
                Seal.of(text, broken).substring(0, 16),
                each(root, "mayChange", Missions::permission),
                each(root, "goals", goal -> new Goal(number(goal, "points"), says(goal))),
                each(root, "hints", hint -> new Hint(number(hint, "costs"), says(hint))), broken);
    }

    private static Permission permission(YamlNode node) {
        return node instanceof Scalar field ? new Permission(field.text(), null)
                : new Permission(needed((Mapping) node, "field"), (long) number(node, "atMost"));
    }

    private static Text text(Mapping root, String key) {
        return says(Objects.requireNonNull(root.get(key)));
    }

    private static Text says(YamlNode node) {
        return new Text(needed((Mapping) node, "en"),
                FOLDED.matcher(needed((Mapping) node, "zh")).replaceAll(""));
    }

    private static int number(YamlNode node, String key) {
        return Integer.parseInt(needed((Mapping) node, key));
    }

    private static String needed(Mapping from, String key) {
        String text = from.text(key);
        if (text == null) {
            throw new IllegalStateException(from.location() + ": no " + key);
        }
        return text.strip();
    }

    private static <T> List<T> each(Mapping root, String key, Function<YamlNode, T> make) {
        return root.get(key) instanceof Sequence list ? list.items().stream().map(make).toList()
                : List.of();
    }

    private static String resource(String name) {
        try (InputStream in = Missions.class.getResourceAsStream("/dev/podhop/mission/" + name)) {
            if (in == null) {
                throw new IllegalStateException("not packaged: " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
