package dev.podhop.viz.lesson;

import dev.podhop.k8s.source.Problems;
import dev.podhop.viz.Recordings;
import dev.podhop.viz.lesson.Lesson.Answer;
import dev.podhop.viz.lesson.Lesson.Chapter;
import dev.podhop.viz.lesson.Lesson.Question;
import dev.podhop.viz.lesson.Lesson.Text;
import dev.podhop.viz.recording.Recording;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** All lessons that come with scenarios, and the runs that their chapters ask for. */
final class ShippedLessons {

    private static final Map<List<String>, Recording> RUNS = new HashMap<>();

    private ShippedLessons() {}

    /** A chapter of a lesson, by its number. */
    record Page(Path scenario, Lesson lesson, int number) {

        Chapter chapter() {
            return lesson.chapters().get(number);
        }

        /** The run that the chapter is shown on; the same one for all that ask for the same. */
        Recording recording() {
            return recording(chapter().settings());
        }

        /** The run under these settings. */
        Recording recording(List<String> settings) {
            List<String> key = Stream.concat(Stream.of(scenario.toString()), settings.stream())
                    .toList();
            return RUNS.computeIfAbsent(key, asked -> Recordings.of(scenario, 40,
                    settings.toArray(String[]::new)));
        }

        @Override
        public String toString() {
            return scenario.getParent().getFileName() + " " + (number + 1);
        }
    }

    static List<Page> pages() {
        return lessons().flatMap(first -> IntStream.range(0, first.lesson().chapters().size())
                .mapToObj(i -> new Page(first.scenario(), first.lesson(), i))).toList();
    }

    /** The first page of each lesson. */
    static Stream<Page> lessons() {
        return Recordings.allShipped().stream()
                .filter(file -> file.endsWith("scenario.yaml"))
                .filter(file -> Files.exists(file.resolveSibling("lesson.yaml")))
                .map(file -> new Page(file, read(file), 0));
    }

    static Lesson read(Path scenario) {
        Problems problems = new Problems();
        return LessonReader.beside(scenario, problems)
                .orElseThrow(() -> new AssertionError(problems.all().toString()));
    }

    /** Whatever a reader sees of a chapter who answers rightly. */
    static List<Text> seen(Chapter chapter) {
        List<Text> texts = new ArrayList<>(List.of(chapter.title(), chapter.text()));
        chapter.terms().forEach(each -> texts.addAll(List.of(each.word(), each.meaning())));
        if (chapter.table() != null) {
            texts.addAll(chapter.table().head());
            chapter.table().rows().forEach(texts::addAll);
        }
        Question question = chapter.question();
        if (question != null) {
            texts.add(question.text());
            question.answers().stream().map(Answer::text).forEach(texts::add);
            question.answers().stream().filter(Answer::right).map(Answer::reply)
                    .forEach(texts::add);
        }
        return texts;
    }
}
