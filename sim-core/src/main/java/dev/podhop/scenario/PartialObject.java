package dev.podhop.scenario;

import dev.podhop.k8s.source.Trees;
import dev.podhop.k8s.source.YamlNode;
import dev.podhop.k8s.source.YamlNode.Entry;
import dev.podhop.k8s.source.YamlNode.Mapping;
import dev.podhop.k8s.source.YamlNode.Scalar;
import dev.podhop.k8s.source.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Part of an object, held against a whole one.
 *
 * <ul>
 * <li>A mapping: each key that it names must be there and match; other keys are not looked at. A
 * null means that there must be no such key.
 * <li>A list: each of its items must match an item of its own, in whatever order; others may be
 * there. An empty list means that there must be none.
 * <li>A mapping where the object has a list: some item must match it; with a key {@code count}
 * ({@code 2}, {@code 0}, {@code 1..3}, {@code >= 2}) so many items.
 * <li>A text or a number: the same text, upper and lower case alike, {@code *} for any letters, or
 * of numbers a range ({@code 60..120}); where the object has a list of them, one of the list.
 * </ul>
 */
public record PartialObject(Mapping tree) {

    /** How many items must match. */
    public static final String COUNT = "count";

    private static final Pattern COUNTS =
            Pattern.compile("(>=|<=)? *(\\d{1,9})(?: *\\.\\. *(\\d{1,9}))?");
    private static final int LONGEST = 160;
    /** Fields that say which item it is rather than how it is. */
    private static final Set<String> NAMES = Set.of("name", "node", "pod", "id", "type", "address",
            "addresses", "ip", "key", "port", "backend", "target", "listener", "instance",
            "nodeName", "hostname");
    private static final int NAME_WEIGHT = 100;

    /**
     * What is not as it should be.
     *
     * @param path of the field: {@code web.endpoints}
     * @param found what stands there
     * @param expected what should
     */
    public record Difference(String path, String found, String expected) {}

    /** The first difference; of a list that has no item as it should be, that of the nearest. */
    public Optional<Difference> differenceTo(@Nullable YamlNode whole) {
        List<Difference> all = new ArrayList<>();
        compare("", tree, whole, all);
        return all.stream().findFirst();
    }

    /** Whether a scalar can be a {@code count}. */
    public static boolean isCount(YamlNode node) {
        return node instanceof Scalar scalar && COUNTS.matcher(scalar.text().strip()).matches();
    }

    private static void compare(String path, YamlNode wanted, @Nullable YamlNode found,
            List<Difference> all) {
        switch (wanted) {
            case Mapping part when found instanceof Sequence list -> some(path, part, list, all);
            case Mapping part when found instanceof Mapping whole -> keys(path, part, whole, all);
            case Sequence items when found instanceof Sequence list -> each(path, items, list, all);
            case Scalar scalar when found instanceof Scalar value && matches(scalar, value) -> {
            }
            case Scalar scalar when found instanceof Sequence list && list.items().stream()
                    .anyMatch(item -> differences(path, scalar, item).isEmpty()) -> {
            }
            default -> {
                if (found != null || !isAbsence(wanted)) {
                    all.add(new Difference(path, text(found), text(wanted)));
                }
            }
        }
    }

    /** Whether nothing is just what is wanted. */
    private static boolean isAbsence(YamlNode wanted) {
        return switch (wanted) {
            case Scalar scalar -> scalar.kind() == Scalar.Kind.NULL;
            case Sequence list -> list.items().isEmpty();
            case Mapping part -> part.get(COUNT) instanceof Scalar count && counts(count, 0);
        };
    }

    private static void keys(String path, Mapping part, Mapping whole, List<Difference> all) {
        for (Entry entry : part.entries()) {
            YamlNode found = whole.get(entry.key());
            if (found == null && !isAbsence(entry.value())) {
                all.add(new Difference(child(path, entry.key()), "none; there is "
                        + (whole.keys().isEmpty() ? "nothing" : String.join(", ", whole.keys())),
                        text(entry.value())));
            } else {
                compare(child(path, entry.key()), entry.value(), found, all);
            }
        }
    }

    private static void some(String path, Mapping part, Sequence list, List<Difference> all) {
        Mapping pattern = part.without(COUNT);
        long matching = list.items().stream()
                .filter(item -> differences(path, pattern, item).isEmpty()).count();
        if (part.get(COUNT) instanceof Scalar count) {
            if (!counts(count, matching)) {
                all.add(new Difference(path, matching + " of " + list.items().size(), count.text()
                        + " like " + text(pattern)));
            }
        } else if (matching == 0) {
            all.addAll(nearest(path, pattern, list.items()));
        }
    }

    /** A matching of items (Kuhn's algorithm), for one item may be as two of the list ask for. */
    private static void each(String path, Sequence wanted, Sequence list, List<Difference> all) {
        if (wanted.items().isEmpty() && !list.items().isEmpty()) {
            all.add(new Difference(path, list.items().size() + ": " + text(list), "none"));
            return;
        }
        int[] taken = new int[list.items().size()];
        Arrays.fill(taken, -1);
        for (int i = 0; i < wanted.items().size(); i++) {
            if (!place(path, i, wanted, list, taken, new boolean[taken.length])) {
                List<Difference> near = nearest(path, wanted.items().get(i), list.items());
                all.addAll(near.isEmpty() ? List.of(new Difference(path, "one item for two",
                        "another one like " + text(wanted.items().get(i)))) : near);
            }
        }
    }

    private static boolean place(String path, int item, Sequence wanted, Sequence list,
            int[] taken, boolean[] seen) {
        for (int i = 0; i < taken.length; i++) {
            if (!seen[i] && differences(path, wanted.items().get(item), list.items().get(i))
                    .isEmpty()) {
                seen[i] = true;
                if (taken[i] < 0 || place(path, taken[i], wanted, list, taken, seen)) {
                    taken[i] = item;
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * How the item that differs least differs; empty where one does not. What an item is called
     * weighs most: of the item that is meant, the field that differs is told.
     */
    private static List<Difference> nearest(String path, YamlNode pattern, List<YamlNode> items) {
        List<Difference> least =
                List.of(new Difference(path, "no item", "one like " + text(pattern)));
        int lightest = Integer.MAX_VALUE;
        for (int i = 0; i < items.size(); i++) {
            List<Difference> differences =
                    differences(path + "[" + i + "]", pattern, items.get(i));
            int weight = differences.stream().mapToInt(PartialObject::weight).sum();
            if (weight < lightest) {
                least = differences;
                lightest = weight;
            }
        }
        return least;
    }

    private static int weight(Difference difference) {
        String field = difference.path().substring(difference.path().lastIndexOf('.') + 1)
                .replaceFirst("\\[.*", "");
        return NAMES.contains(field) ? NAME_WEIGHT : 1;
    }

    private static List<Difference> differences(String path, YamlNode wanted, YamlNode found) {
        List<Difference> all = new ArrayList<>();
        compare(path, wanted, found, all);
        return all;
    }

    private static boolean matches(Scalar wanted, Scalar found) {
        if (wanted.kind() == Scalar.Kind.NULL) {
            return found.kind() == Scalar.Kind.NULL;
        }
        Long number = found.integer();
        String regex = Pattern.quote(wanted.text()).replace("*", "\\E.*\\Q");
        return number != null && counts(wanted, number) || Pattern
                .compile(regex, Pattern.CASE_INSENSITIVE).matcher(found.text()).matches();
    }

    private static boolean counts(Scalar count, long found) {
        Matcher range = COUNTS.matcher(count.text().strip());
        if (!range.matches()) {
            return false;
        }
        long bound = Long.parseLong(range.group(2));
        if (range.group(3) != null) {
            return bound <= found && found <= Long.parseLong(range.group(3));
        }
        return switch (range.group(1)) {
            case ">=" -> found >= bound;
            case "<=" -> found <= bound;
            case null, default -> found == bound;
        };
    }

    private static String child(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private static String text(@Nullable YamlNode node) {
        String text = node == null ? "nothing" : Trees.text(node);
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
    }
}
