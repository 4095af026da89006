package dev.podhop.viz.page;

import dev.podhop.trace.HopFilter;
import dev.podhop.viz.lesson.Lesson;
import dev.podhop.viz.lesson.Lesson.Chapter;
import dev.podhop.viz.lesson.Lesson.Text;
import dev.podhop.viz.recording.Recording;
import dev.podhop.workload.AttemptResult;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A lesson on the page: its chapters, each with the moment that it is about. */
final class LessonPages {

    private static final JsonMapper JSON = new JsonMapper();

    private final Recording recording;
    private final Lesson lesson;

    LessonPages(Recording recording, Lesson lesson) {
        this.recording = recording;
        this.lesson = lesson;
    }

    /** @param places which attempts the page can play, and at which place they stand in it */
    ObjectNode tree(Map<Integer, Integer> places) {
        ObjectNode tree = JSON.createObjectNode();
        tree.set("title", text(lesson.title()));
        ArrayNode chapters = tree.putArray("chapters");
        lesson.chapters().forEach(each -> chapters.add(chapter(each, places)));
        return tree;
    }

    private ObjectNode chapter(Chapter chapter, Map<Integer, Integer> places) {
        ObjectNode tree = JSON.createObjectNode();
        tree.set("title", text(chapter.title()));
        tree.set("text", text(chapter.text()));
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
            ObjectNode question = tree.putObject("question");
            question.set("text", text(chapter.question().text()));
            ArrayNode answers = question.putArray("answers");
            chapter.question().answers().forEach(answer -> {
                ObjectNode one = answers.addObject();
                one.set("text", text(answer.text()));
                one.put("right", answer.right());
                one.set("reply", text(answer.reply()));
            });
        }
        // Another run's attempt is not on this page.
        if (chapter.settings().isEmpty()) {
            scene(chapter, places, tree);
        } else {
            tree.put("settings", String.join(", ", chapter.settings()));
        }
        return tree;
    }

    private void scene(Chapter chapter, Map<Integer, Integer> places, ObjectNode tree) {
        Lesson.Scene scene = chapter.scene();
        AttemptResult attempt = recording.mostTelling(each -> places
                .containsKey(each.attempt())
                && (scene.flow().isEmpty() || each.flow().equals(scene.flow()))
                && (scene.outcome().isEmpty() || each.outcome().name().equals(scene.outcome())))
                .orElse(null);
        if (attempt == null) {
            return;
        }
        tree.put("attempt", places.get(attempt.attempt()));
        if (!scene.find().isEmpty()) {
            HopFilter filter = HopFilter.parse(scene.find());
            for (int hop : recording.hopsOf(attempt.attempt())) {
                if (filter.matches(recording.hop(hop), recording::flow)) {
                    tree.put("hop", hop);
                    return;
                }
            }
        }
    }

    private static ObjectNode text(Text text) {
        ObjectNode tree = JSON.createObjectNode();
        Film.LANGUAGES.forEach(language -> tree.put(language.getLanguage(), text.in(language)));
        return tree;
    }
}
