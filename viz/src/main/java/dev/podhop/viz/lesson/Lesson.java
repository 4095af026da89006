package dev.podhop.viz.lesson;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A lesson as its file has it. */
public record Lesson(Text title, List<Chapter> chapters) {

    public Lesson {
        chapters = List.copyOf(chapters);
    }

    /** The settings under which the scenario is run for its chapters, beside those of none. */
    public Set<List<String>> runs() {
        Set<List<String>> runs = new LinkedHashSet<>();
        for (Chapter each : chapters) {
            runs.add(each.settings());
            if (each.beside() != null) {
                runs.add(each.beside().settings());
            }
        }
        runs.remove(List.of());
        return runs;
    }

    /** A text in several languages, by their codes; English is always among them. */
    public record Text(Map<String, String> byLanguage) {

        public Text {
            byLanguage = Map.copyOf(byLanguage);
        }

        /** In a language, or in English. */
        public String in(Locale language) {
            String english = byLanguage.getOrDefault("en", "");
            return byLanguage.getOrDefault(language.getLanguage(), english);
        }
    }

    /**
     * One idea.
     *
     * @param settings laid over the scenario for this chapter; it is then run again
     * @param scene where the cursor goes
     * @param table stands below the text; null for none
     * @param beside what is shown beside it, to be compared; null for nothing
     * @param terms words that stand here for the first time, with what they mean
     * @param highlight labels of places to look at
     * @param question null for none
     */
    public record Chapter(Text title, Text text, @Nullable Table table, List<String> settings,
            Scene scene, @Nullable Beside beside, List<Term> terms, List<String> highlight,
            @Nullable Question question) {

        public Chapter {
            terms = List.copyOf(terms);
            settings = List.copyOf(settings);
            highlight = List.copyOf(highlight);
        }
    }

    /** A small table; each row has as many cells as there are heads. */
    public record Table(List<Text> head, List<List<Text>> rows) {
        public Table {
            head = List.copyOf(head);
            rows = rows.stream().map(List::copyOf).toList();
        }
    }

    /**
     * Where the cursor goes.
     *
     * @param flow whose attempt is followed; empty for the one that the viewer would choose
     * @param outcome of that attempt; empty for any
     * @param find a filter: the first hop of the attempt that passes it, and an attempt is sought
     *            that has one; empty for the last hop
     * @param hidden whether what the hop did is hidden until the question is answered
     */
    public record Scene(String flow, String outcome, String find, boolean hidden) {}

    /** A scene of the run under settings. */
    public record Beside(List<String> settings, Scene scene) {
        public Beside {
            settings = List.copyOf(settings);
        }
    }

    /** A word and its meaning, in a clause. */
    public record Term(Text word, Text meaning) {}

    /** A question with its answers; one or more are right. */
    public record Question(Text text, List<Answer> answers) {
        public Question {
            answers = List.copyOf(answers);
        }
    }

    /** An answer, and what is said of it when it was given. */
    public record Answer(Text text, boolean right, Text reply) {}
}
