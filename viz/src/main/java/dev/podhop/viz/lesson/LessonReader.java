package dev.podhop.viz.lesson;

import dev.podhop.k8s.source.Problems;
import dev.podhop.k8s.source.YamlNode;
import dev.podhop.k8s.source.YamlNode.Mapping;
import dev.podhop.k8s.source.YamlNode.Scalar;
import dev.podhop.k8s.source.YamlNode.Sequence;
import dev.podhop.k8s.source.YamlReader;
import dev.podhop.viz.lesson.Lesson.Answer;
import dev.podhop.viz.lesson.Lesson.Beside;
import dev.podhop.viz.lesson.Lesson.Chapter;
import dev.podhop.viz.lesson.Lesson.Question;
import dev.podhop.viz.lesson.Lesson.Scene;
import dev.podhop.viz.lesson.Lesson.Table;
import dev.podhop.viz.lesson.Lesson.Term;
import dev.podhop.viz.lesson.Lesson.Text;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the {@code lesson.yaml} beside a scenario; what is wrong in it is told with its line. */
public final class LessonReader {

    private static final String FILE = "lesson.yaml";
    private static final String ENGLISH = "en";
    private static final Set<String> KEYS_OF_CHAPTER = Set.of("title", "text", "table", "set",
            "flow", "outcome", "find", "hidden", "beside", "terms", "highlight", "question");
    private static final Set<String> KEYS_OF_BESIDE = Set.of("set", "flow", "outcome", "find");

    private final Problems problems;

    private LessonReader(Problems problems) {
        this.problems = problems;
    }

    /**
     * The lesson of a scenario; empty where it has none, or one that cannot be read.
     *
     * @param scenario the scenario's file
     */
    public static Optional<Lesson> beside(Path scenario, Problems problems) {
        Path file = scenario.resolveSibling(FILE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        List<Mapping> documents = YamlReader.read(file, problems);
        if (documents.size() != 1 || !problems.isEmpty()) {
            return Optional.empty();
        }
        Lesson lesson = new LessonReader(problems).lesson(documents.getFirst());
        return problems.isEmpty() ? Optional.of(lesson) : Optional.empty();
    }

    private Lesson lesson(Mapping root) {
        List<Chapter> chapters = new ArrayList<>();
        for (Mapping each : mappings(root, "chapters")) {
            chapters.add(chapter(each));
        }
        return new Lesson(text(root, "title"), chapters);
    }

    private Chapter chapter(Mapping from) {
        check(from, "a chapter's", KEYS_OF_CHAPTER);
        Scene scene = scene(from, from.get("hidden") instanceof Scalar hidden && hidden.isTrue());
        Beside beside = null;
        if (from.get("beside") instanceof Mapping other) {
            check(other, "the", KEYS_OF_BESIDE);
            beside = new Beside(strings(other, "set"), scene(other, false));
        }
        Question question = from.get("question") instanceof Mapping asked ? question(asked) : null;
        Table table = from.get("table") instanceof Mapping drawn ? table(drawn) : null;
        List<Term> terms = from.get("terms") == null ? List.of()
                : mappings(from, "terms").stream().map(each -> new Term(alike(each, "word"),
                        text(each, "means"))).toList();
        return new Chapter(text(from, "title"), text(from, "text"), table, strings(from, "set"),
                scene, beside, terms, strings(from, "highlight"), question);
    }

    private void check(Mapping from, String whose, Set<String> known) {
        for (YamlNode.Entry entry : from.entries()) {
            if (!known.contains(entry.key())) {
                problems.misspelt(entry.keyLocation(), entry.key(), "found \"" + entry.key()
                        + "\", expected one of " + whose + " keys", entry.key(), known);
            }
        }
    }

    private static Scene scene(Mapping from, boolean hidden) {
        return new Scene(orEmpty(from.text("flow")), orEmpty(from.text("outcome")),
                orEmpty(from.text("find")), hidden);
    }

    /** A text in its languages, or one that all languages write alike. */
    private Text alike(Mapping from, String key) {
        return from.get(key) instanceof Scalar alike ? new Text(Map.of(ENGLISH, alike.text()))
                : text(from, key);
    }

    private Table table(Mapping from) {
        List<Text> head = from.get("head") instanceof Sequence cells ? cells(cells) : List.of();
        List<List<Text>> rows = new ArrayList<>();
        if (from.get("rows") instanceof Sequence lines) {
            for (YamlNode line : lines.items()) {
                List<Text> cells = line instanceof Sequence each ? cells(each) : List.of();
                if (cells.size() != head.size()) {
                    problems.unexpected(line.location(), "rows", cells.size() + " cells",
                            head.size() + ", one for each head");
                }
                rows.add(cells);
            }
        }
        return new Table(head, rows);
    }

    /** A cell is a text in its languages, or one that all languages write alike. */
    private List<Text> cells(Sequence from) {
        return from.items().stream().map(cell -> cell instanceof Scalar alike
                ? new Text(Map.of(ENGLISH, alike.text()))
                : languages(cell, "table")).toList();
    }

    private Question question(Mapping from) {
        List<Answer> answers = new ArrayList<>();
        for (Mapping each : mappings(from, "answers")) {
            boolean right = each.get("right") instanceof Scalar scalar && scalar.isTrue();
            answers.add(new Answer(text(each, "text"), right, each.get("reply") == null
                    ? new Text(Map.of())
                    : text(each, "reply")));
        }
        return new Question(text(from, "text"), answers);
    }

    private Text text(Mapping from, String key) {
        YamlNode texts = from.get(key);
        return languages(texts == null ? from : texts, key);
    }

    /** A mapping of languages to texts; English must be there. */
    private Text languages(YamlNode node, String key) {
        Map<String, String> languages = new HashMap<>();
        if (node instanceof Mapping texts) {
            texts.keys().forEach(language -> languages.put(language,
                    orEmpty(texts.text(language)).strip()));
        }
        if (!languages.containsKey(ENGLISH)) {
            problems.unexpected(node.location(), key, "no English text",
                    "a mapping of languages to texts, with `en` among them");
        }
        return new Text(languages);
    }

    private List<Mapping> mappings(Mapping from, String key) {
        List<Mapping> found = new ArrayList<>();
        if (from.get(key) instanceof Sequence list) {
            for (YamlNode item : list.items()) {
                if (item instanceof Mapping mapping) {
                    found.add(mapping);
                } else {
                    problems.unexpected(item.location(), key, item.describe(), "a mapping");
                }
            }
        }
        if (found.isEmpty()) {
            problems.unexpected(from.location(), key, "no items", "a list of mappings");
        }
        return found;
    }

    private static List<String> strings(Mapping from, String key) {
        return from.get(key) instanceof Sequence list
                ? list.items().stream().filter(Scalar.class::isInstance)
                        .map(item -> ((Scalar) item).text()).toList()
                : List.of();
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
