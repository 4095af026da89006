package dev.podhop.viz.window;

import dev.podhop.viz.lesson.LessonViewModel;
import dev.podhop.viz.playback.ShownViewModel;
import dev.podhop.viz.recording.BrokenFile;
import dev.podhop.viz.recording.Recording;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Where the cursor stands at first.
 *
 * @param chapter of the lesson, from 0
 * @param answer to the chapter's question, from 0
 * @param follow an attempt as {@code FLOW#N}, or {@code all}
 * @param filter of the shown hops; empty for none
 * @param find a filter whose first hop comes under the cursor
 * @param atNanos a time; {@code find} goes before it
 * @param tab of the inspector
 */
public record CursorPlace(OptionalInt chapter, OptionalInt answer, Optional<String> follow,
        String filter, Optional<String> find, OptionalLong atNanos, Optional<String> tab) {

    /** Nothing is asked for. */
    public static final CursorPlace BEGINNING =
            new CursorPlace(OptionalInt.empty(), OptionalInt.empty(),
                    Optional.empty(), "", Optional.empty(), OptionalLong.empty(), Optional.empty());

    /** Every attempt. */
    private static final String ALL = "all";

    /**
     * Moves a session's cursor there.
     *
     * @throws BrokenFile where there is no such place, with what there is
     */
    public void take(Session session) throws BrokenFile {
        session.lesson().ifPresent(this::open);
        tab.ifPresent(session.tab()::set);
        if (follow.isPresent()) {
            session.shown().followed().set(attempt(session.recording(), follow.get()));
        }
        if (!filter.isEmpty()) {
            session.shown().filterAtOnce(filter);
            if (!session.shown().problem().get().isEmpty()) {
                throw new BrokenFile(List.of("--filter: " + session.shown().problem().get()));
            }
        }
        try {
            if (find.isPresent()) {
                session.playback().find(find.get());
            } else if (atNanos.isPresent()) {
                session.playback().seek(atNanos.getAsLong());
            }
        } catch (IllegalArgumentException unreadable) {
            throw new BrokenFile(List.of("--find: " + unreadable.getMessage()));
        }
    }

    private void open(LessonViewModel lesson) {
        lesson.open(chapter.orElse(0));
        answer.ifPresent(lesson::answer);
    }

    private static int attempt(Recording recording, String name) throws BrokenFile {
        int found = name.equals(ALL) ? ShownViewModel.ALL : recording.attemptNamed(name);
        if (found == Recording.NONE && !name.equals(ALL)) {
            throw new BrokenFile(List.of("--follow: found " + name + ", expected " + ALL
                    + " or one of the flows " + String.join(", ", recording.flows())
                    + ", with #N for the attempts that are traced"));
        }
        return found;
    }
}
