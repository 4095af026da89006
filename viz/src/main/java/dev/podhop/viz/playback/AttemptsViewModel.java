package dev.podhop.viz.playback;

import dev.podhop.viz.recording.Recording;
import java.util.ArrayList;
import java.util.List;

/** The attempts that can be followed. */
public final class AttemptsViewModel {

    private final Recording recording;

    public AttemptsViewModel(Recording recording) {
        this.recording = recording;
    }

    /**
     * An attempt to follow, in words.
     *
     * @param name the same without how it ended, for as long as that is not to be told
     */
    public record Choice(int attempt, String words, String name) {
        @Override
        public String toString() {
            return words;
        }
    }

    /** All together first, then each: {@code loop #3 TimedOut}. */
    List<Choice> choices(String all) {
        List<Choice> choices = new ArrayList<>();
        choices.add(new Choice(ShownViewModel.ALL, all, all));
        recording.attempts().forEach(each -> {
            String name = each.flow() + " #" + each.number();
            choices.add(new Choice(each.attempt(), name + "  " + each.outcome(), name));
        });
        return choices;
    }
}
