package dev.podhop.viz.page;

import dev.podhop.trace.HopFilter;
import dev.podhop.viz.lesson.Lesson;
import dev.podhop.viz.lesson.Lesson.Beside;
import dev.podhop.viz.lesson.Lesson.Chapter;
import dev.podhop.viz.lesson.Lesson.Question;
import dev.podhop.viz.lesson.Lesson.Scene;
import dev.podhop.viz.lesson.Lesson.Text;
import dev.podhop.viz.recording.Recording;
import dev.podhop.workload.AttemptResult;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntPredicate;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A lesson on the page: chapters, each with the moment that it is about and what is beside it. */
final class LessonPages {

    private static final JsonMapper JSON = new JsonMapper();

    private final Recording recording;
    private final Lesson lesson;
    private final Map<List<String>, Recording> runs;
    private final Map<Recording, Map<Integer, Integer>> places = new HashMap<>();
    private final Filming filming;

    /** Puts an attempt of a run on the page. */
    @FunctionalInterface
    interface Filming {
        /** The place at which it stands. */
        int film(Recording of, AttemptResult attempt);
    }

    /** @param places which attempts the page plays already, and at which place they stand in it */
    LessonPages(Recording recording, Lesson lesson, Map<List<String>, Recording> runs,
            Map<Integer, Integer> places, Filming filming) {
        this.recording = recording;
        this.lesson = lesson;
        this.runs = runs;
        this.places.put(recording, new HashMap<>(places));
        this.filming = filming;
    }

    ObjectNode tree() {
        ObjectNode tree = JSON.createObjectNode();
        tree.set("title", text(lesson.title()));
        ArrayNode chapters = tree.putArray("chapters");
        lesson.chapters().forEach(each -> chapters.add(chapter(each)));
        return tree;
    }

    private ObjectNode chapter(Chapter chapter) {
        ObjectNode tree = JSON.createObjectNode();
        tree.set("title", text(chapter.title()));
        tree.set("text", text(chapter.text()));
        if (!chapter.terms().isEmpty()) {
            ArrayNode terms = tree.putArray("terms");
            chapter.terms().forEach(each -> {
                ArrayNode term = terms.addArray();
                term.add(text(each.word())).add(text(each.meaning()));
            });
        }
        if (chapter.table() != null) {
            ArrayNode table = tree.putArray("table");
            ArrayNode head = table.addArray();
            chapter.table().head().forEach(cell -> head.add(text(cell)));
            chapter.table().rows().forEach(row -> {
                ArrayNode cells = table.addArray();
                row.forEach(cell -> cells.add(text(cell)));
            });
        }
        if (chapter.question() != null) {
            tree.set("question", question(chapter.question()));
            tree.put("hidden", chapter.scene().hidden());
        }
        scene(chapter.settings(), chapter.scene(), tree);
        Beside beside = chapter.beside();
        if (beside != null) {
            scene(beside.settings(), beside.scene(), tree.putObject("beside"));
        }
        return tree;
    }

    private static ObjectNode question(Question question) {
        ObjectNode tree = JSON.createObjectNode();
        tree.set("text", text(question.text()));
        ArrayNode answers = tree.putArray("answers");
        question.answers().forEach(answer -> {
            ObjectNode one = answers.addObject();
            one.set("text", text(answer.text()));
            one.put("right", answer.right());
            one.set("reply", text(answer.reply()));
        });
        return tree;
    }

    /** The attempt and the hop of a scene; each attempt is filmed once. */
    private void scene(List<String> settings, Scene scene, ObjectNode tree) {
        Recording of = settings.isEmpty() ? recording
                : Objects.requireNonNull(runs.get(settings), settings::toString);
        HopFilter wanted = HopFilter.parse(scene.find());
        IntPredicate found = hop -> wanted.matches(of.hop(hop), of::facts);
        Map<Integer, Integer> filmed = places.computeIfAbsent(of, any -> new HashMap<>());
        AttemptResult attempt = of.mostTelling(each -> filmed.containsKey(each.attempt())
                && isMeant(of, each, scene, found))
                .or(() -> of.mostTelling(each -> isMeant(of, each, scene, found)))
                .orElse(null);
        if (attempt == null) {
            return;
        }
        tree.put("attempt", filmed.computeIfAbsent(attempt.attempt(),
                any -> filming.film(of, attempt)));
        Arrays.stream(of.hopsOf(attempt.attempt())).filter(found).findFirst()
                .ifPresent(hop -> tree.put("hop", hop));
    }

    private static boolean isMeant(Recording of, AttemptResult each, Scene scene,
            IntPredicate found) {
        return (scene.flow().isEmpty() || each.flow().equals(scene.flow()))
                && (scene.outcome().isEmpty() || each.outcome().name().equals(scene.outcome()))
                && Arrays.stream(of.hopsOf(each.attempt())).anyMatch(found);
    }

    private static ObjectNode text(Text text) {
        ObjectNode tree = JSON.createObjectNode();
        Film.LANGUAGES.forEach(language -> tree.put(language.getLanguage(), text.in(language)));
        return tree;
    }
}
