package dev.podhop.viz.lesson;

import dev.podhop.reports.Explanations;
import dev.podhop.reports.Narrator;
import dev.podhop.trace.Hop;
import dev.podhop.trace.Step;
import dev.podhop.viz.playback.PlaybackViewModel;
import dev.podhop.viz.recording.Recording;
import dev.podhop.viz.recording.Visit;
import dev.podhop.viz.recording.Wiring;
import dev.podhop.viz.style.Words;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;

/**
 * Predict, then reveal: at the next hop the packet is held at the door, and the viewer asks what
 * will
 * become of it. The trace is the answer key, so that any scenario is a quiz.
 */
public final class QuizViewModel {

    private static final int MOST_DOORS = 4;

    private final PlaybackViewModel playback;
    private final Recording recording;
    private final Words words;
    private final Narrator narrator;
    private final BooleanProperty asking = new SimpleBooleanProperty();
    private int given = -1;

    public QuizViewModel(PlaybackViewModel playback, Words words) {
        this.playback = playback;
        this.recording = playback.recording();
        this.words = words;
        this.narrator = new Narrator(Explanations.in(words.language()));
    }

    /** Whether a question stands. */
    public BooleanProperty asking() {
        return asking;
    }

    /** Moves to the next hop that decides something, and asks. */
    public void askNext() {
        int before;
        do {
            before = playback.hop().get();
            playback.forward();
        } while (playback.hop().get() != before && !decides(playback.hop().get()));
        int hop = playback.hop().get();
        if (hop >= 0) {
            given = -1;
            playback.hold(hop);
            asking.set(true);
        }
    }

    /** What a host sends by itself, it has decided already. */
    private boolean decides(int hop) {
        return recording.hop(hop).entry() instanceof Step.Received;
    }

    /** The question in words. */
    public String question() {
        int hop = playback.hop().get();
        Visit visit = recording.visit(hop);
        return words.get("quiz.question", recording.hop(hop).header().what(), visit.addresses(),
                visit.place(), String.valueOf(visit.in()));
    }

    /** What may become of it; the right one is among them. */
    public List<String> answers() {
        Visit visit = recording.visit(playback.hop().get());
        Set<String> answers = new LinkedHashSet<>();
        for (String door : doors(visit)) {
            answers.add(words.get("quiz.sends", door));
        }
        answers.add(words.get("quiz.delivers"));
        answers.add(words.get("quiz.drops"));
        answers.add(words.get("quiz.rejects"));
        return new ArrayList<>(answers);
    }

    /** The devices that it could leave by, the true one among them; in the host's own order. */
    private List<String> doors(Visit visit) {
        List<String> all = recording.wiring().spaces().stream()
                .filter(each -> each.label().equals(visit.place()))
                .flatMap(each -> each.devices().stream()).filter(each -> !each.isBridge())
                .map(Wiring.Device::name).toList();
        List<String> doors = new ArrayList<>(all.stream().limit(MOST_DOORS).toList());
        if (visit.out() != null && !doors.contains(visit.out())) {
            doors.add(visit.out());
        }
        return doors;
    }

    /** What did become of it, as one of the answers. */
    private String truth(Visit visit) {
        return switch (visit.ended()) {
            case SENT, SPREAD -> words.get("quiz.sends", String.valueOf(visit.out()));
            case DELIVERED -> words.get("quiz.delivers");
            case DROPPED -> words.get("quiz.drops");
            case REJECTED -> words.get("quiz.rejects");
        };
    }

    /** Takes an answer, and shows what happened. */
    public void answer(int number) {
        given = number;
        playback.select(playback.hop().get());
        asking.set(false);
    }

    /** Whether the last answer was right. */
    public boolean right() {
        return given >= 0
                && answers().get(given).equals(truth(recording.visit(playback.hop().get())));
    }

    /** What is said of the last answer: right or not, and the trace's own reason. */
    public String reply() {
        Hop hop = recording.hop(playback.hop().get());
        String why = narrator.text(hop.terminal().why());
        String truth = truth(recording.visit(playback.hop().get()));
        return words.get(right() ? "quiz.right" : "quiz.wrong", truth, why);
    }
}
