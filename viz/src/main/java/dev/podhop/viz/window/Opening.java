package dev.podhop.viz.window;

import dev.podhop.k8s.source.Problem;
import dev.podhop.k8s.source.Problems;
import dev.podhop.viz.lesson.Lesson;
import dev.podhop.viz.lesson.LessonReader;
import dev.podhop.viz.recording.BrokenFile;
import dev.podhop.viz.recording.Recording;
import dev.podhop.viz.recording.RecordingLoader;
import dev.podhop.viz.recording.RecordingLoader.Request;
import dev.podhop.viz.recording.RecordingLoader.Waiting;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * What to open, and where to stand in it at first; a window and a picture take the same.
 *
 * @param beside a second run to compare with
 */
public record Opening(Request request, Optional<Request> beside, CursorPlace place) {

    /** The file as it is, at its lesson's first chapter where it has one. */
    public static Opening of(Request request) {
        return new Opening(request, Optional.empty(), CursorPlace.BEGINNING);
    }

    /** What was loaded. */
    public record Loaded(Recording recording, Optional<Lesson> lesson,
            Optional<Recording> second) {

        /**
         * A session over it.
         *
         * @param background runs what is slow
         * @param foreground the JavaFX thread, or whoever asks in a test
         */
        public Session session(Executor background, Executor foreground) {
            return new Session(recording, lesson, second, background, foreground);
        }
    }

    /**
     * Reads and runs: slow.
     *
     * @param lessons whether to open the scenario's lesson though no chapter was asked for
     * @throws BrokenFile where a file cannot be read or run
     * @throws java.util.concurrent.CancellationException where it was no longer wanted
     */
    public Loaded load(boolean lessons, Waiting waiting) throws BrokenFile {
        // A lesson speaks of the file as it stands, not of what was changed in it.
        boolean wanted = lessons && beside.isEmpty() && request.settings().isEmpty();
        Optional<Lesson> lesson = wanted || place.chapter().isPresent() ? lessonOf(request)
                : Optional.empty();
        Request run = lesson.isPresent() ? request.with(chapter(lesson.get()).settings())
                : request;
        if (lesson.isEmpty() && place.chapter().isPresent()) {
            throw new BrokenFile(List.of(request.file() + ": there is no lesson.yaml beside it"));
        }
        Recording first = RecordingLoader.load(run, beside.isEmpty() ? waiting
                : half(waiting, 0));
        Optional<Recording> second = beside.isEmpty() ? Optional.empty()
                : Optional.of(RecordingLoader.load(beside.get(), half(waiting, 1)));
        return new Loaded(first, lesson, second);
    }

    private Lesson.Chapter chapter(Lesson lesson) throws BrokenFile {
        int chapter = place.chapter().orElse(0);
        if (chapter < 0 || chapter >= lesson.chapters().size()) {
            throw new BrokenFile(List.of(request.file() + ": found chapter " + (chapter + 1)
                    + ", expected one of the lesson's " + lesson.chapters().size()));
        }
        Lesson.Chapter found = lesson.chapters().get(chapter);
        Lesson.Question question = found.question();
        int answers = question == null ? 0 : question.answers().size();
        int answer = place.answer().orElse(-1);
        if (place.answer().isPresent() && (answer < 0 || answer >= answers)) {
            throw new BrokenFile(List.of(request.file() + ": found answer " + (answer + 1)
                    + ", expected one of the " + answers + " of chapter " + (chapter + 1)));
        }
        return found;
    }

    /** The lesson beside a file; one that cannot be read is told as a broken file is. */
    private static Optional<Lesson> lessonOf(Request request) throws BrokenFile {
        Problems problems = new Problems();
        Optional<Lesson> lesson = LessonReader.beside(request.file(), problems);
        if (!problems.isEmpty()) {
            throw new BrokenFile(problems.all().stream().map(Problem::toString).toList());
        }
        return lesson;
    }

    /** The first or the second half of a progress bar. */
    private static Waiting half(Waiting whole, int which) {
        return new Waiting() {
            @Override
            public void at(double share) {
                whole.at((which + share) / 2);
            }

            @Override
            public boolean goesOn() {
                return whole.goesOn();
            }
        };
    }
}
