package dev.podhop.viz.lesson;

import dev.podhop.viz.lesson.Lesson.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was answered, by chapter. A question has two tries: a right first one is worth two points, a
 * right second one is worth one.
 */
public final class LessonMarks {

    private static final int TRIES = 2;

    private final Map<Integer, List<Integer>> given = new TreeMap<>();

    /** Notes an answer; the first {@value #TRIES} of a chapter count. */
    void give(int chapter, int answer) {
        given.computeIfAbsent(chapter, any -> new ArrayList<>()).add(answer);
    }

    private List<Integer> counted(int chapter) {
        List<Integer> all = given.getOrDefault(chapter, List.of());
        return all.subList(0, Math.min(TRIES, all.size()));
    }

    boolean wasGiven(int chapter, int answer) {
        return given.getOrDefault(chapter, List.of()).contains(answer);
    }

    /** The last answer to a chapter's question; negative for none. */
    int last(int chapter) {
        List<Integer> all = given.getOrDefault(chapter, List.of());
        return all.isEmpty() ? -1 : all.getLast();
    }

    /** Whether nothing of the question is open any more. */
    boolean isDone(Lesson lesson, int chapter) {
        return counted(chapter).size() == TRIES || points(lesson, chapter) > 0;
    }

    /** Of one chapter's question. */
    int points(Lesson lesson, int chapter) {
        Question question = lesson.chapters().get(chapter).question();
        List<Integer> tries = counted(chapter);
        for (int i = 0; question != null && i < tries.size(); i++) {
            if (question.answers().get(tries.get(i)).right()) {
                return TRIES - i;
            }
        }
        return 0;
    }

    /** Of all questions together. */
    int points(Lesson lesson) {
        int points = 0;
        for (int i = 0; i < lesson.chapters().size(); i++) {
            points += points(lesson, i);
        }
        return points;
    }

    /** The most that can be had. */
    static int most(Lesson lesson) {
        return TRIES * (int) lesson.chapters().stream().filter(each -> each.question() != null)
                .count();
    }
}
