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

    /** An attempt to follow, in words. */
    public record Choice(int attempt, String words) {
        @Override
        public String toString() {
            return words;
        }
    }

    /** All together first, then each: {@code loop #3 TimedOut}. */
    List<Choice> choices(String all) {
        List<Choice> choices = new ArrayList<>();
        choices.add(new Choice(ShownViewModel.ALL, all));
        recording.attempts().forEach(each -> choices.add(new Choice(each.attempt(),
                each.flow() + " #" + each.number() + "  " + each.outcome())));
        return choices;
    }
}
