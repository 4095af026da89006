package dev.podhop.viz.playback;

import dev.podhop.trace.Outcome;
import dev.podhop.viz.recording.Recording;
import dev.podhop.workload.AttemptResult;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** The attempts that can be followed. */
public final class AttemptsViewModel {

    private final Recording recording;

    public AttemptsViewModel(Recording recording) {
        this.recording = recording;
    }

    /** An attempt as another run of the same file has it too; the flow is empty for all. */
    public record Named(String flow, int number, String client) {}

    /** The name of an attempt by its index. */
    public Named named(int attempt) {
        AttemptResult known = recording.attempt(attempt);
        return known == null ? new Named("", 0, "")
                : new Named(known.flow(), known.number(), known.client());
    }

    /** The index of an attempt; empty where there is none of that name. */
    public OptionalInt find(Named name) {
        return name.flow().isEmpty() ? OptionalInt.of(ShownViewModel.ALL)
                : recording.attempts().stream()
                        .filter(each -> named(each.attempt()).equals(name))
                        .mapToInt(AttemptResult::attempt).findFirst();
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

    /**
     * All together first, then each: {@code loop #3 TimedOut}.
     *
     * @param failedOnly whether only those that failed
     */
    List<Choice> choices(String all, boolean failedOnly) {
        List<Choice> choices = new ArrayList<>();
        choices.add(new Choice(ShownViewModel.ALL, all, all));
        recording.attempts().stream().filter(each -> !failedOnly
                || each.outcome() != Outcome.Answered).forEach(each -> {
                    String name = each.flow() + " #" + each.number();
                    choices.add(new Choice(each.attempt(), name + "  " + each.outcome(), name));
                });
        return choices;
    }
}
