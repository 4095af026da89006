package dev.podhop.viz.lesson;

import dev.podhop.reports.Explanations;
import dev.podhop.reports.Narrator;
import dev.podhop.reports.picture.PacketKind;
import dev.podhop.reports.picture.Visit;
import dev.podhop.reports.picture.Wiring;
import dev.podhop.trace.Hop;
import dev.podhop.trace.Step;
import dev.podhop.viz.playback.PlaybackViewModel;
import dev.podhop.viz.recording.Recording;
import dev.podhop.viz.style.ViewerWords;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
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
    private final ViewerWords words;
    private final Narrator narrator;
    private final BooleanProperty asking = new SimpleBooleanProperty();
    private final ReadOnlyIntegerWrapper questions = new ReadOnlyIntegerWrapper();
    private int given = -1;

    public QuizViewModel(PlaybackViewModel playback, ViewerWords words) {
        this.playback = playback;
        this.recording = playback.recording();
        this.words = words;
        this.narrator = new Narrator(Explanations.in(words.language()));
        // Whoever moves the cursor away from a question has seen what becomes of the packet.
        playback.secret().addListener((of, old, now) -> {
            if (!now && given < 0) {
                asking.set(false);
            }
        });
    }

    /** Counts the questions; changes with each, whether or not the one before was answered. */
    ReadOnlyIntegerProperty questions() {
        return questions.getReadOnlyProperty();
    }

    /** Whether the last question was answered. */
    boolean answered() {
        return given >= 0;
    }

    /** Whether a question stands. */
    public BooleanProperty asking() {
        return asking;
    }

    /** Goes on with what another has asked, or was answered. */
    public void goOnWith(QuizViewModel other) {
        if (other.asking.get() || other.given >= 0) {
            given = other.given;
            asking.set(other.asking.get());
            questions.set(questions.get() + 1);
        }
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
            questions.set(questions.get() + 1);
        }
    }

    /** What a host sends by itself, it has decided already; copies and ARP decide nothing. */
    private boolean decides(int hop) {
        return recording.hop(hop).entry() instanceof Step.Received
                && recording.visit(hop).kind() != PacketKind.ARP
                && recording.visit(hop).ended() != Visit.Ended.SPREAD;
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
            answers.add(sent(visit, door, ""));
            if (translates(visit)) {
                answers.add(sent(visit, door, change(visit).isEmpty() ? "destination"
                        : change(visit)));
            }
        }
        answers.add(words.get("quiz.delivers"));
        answers.add(words.get("quiz.drops"));
        answers.add(words.get("quiz.rejects"));
        return new ArrayList<>(answers);
    }

    /** Only where rules or a load balancer look at packets is it worth asking. */
    private boolean translates(Visit visit) {
        return visit.hooks() || visit.balancer() != null;
    }

    /** Which addresses it leaves with others than it came with; empty for none. */
    private static String change(Visit visit) {
        boolean source = visit.changes().stream().anyMatch(c -> c.field().equals("source"));
        boolean destination =
                visit.changes().stream().anyMatch(c -> c.field().equals("destination"));
        return source && destination ? "both"
                : source ? "source"
                : destination ? "destination"
                : "";
    }

    private String sent(Visit visit, String door, String change) {
        if (!translates(visit)) {
            return words.get("quiz.sends", door);
        }
        return change.isEmpty() ? words.get("quiz.sends.as-is", door)
                : words.get("quiz.sends.changed", door, words.get("quiz.change." + change));
    }

    /** The devices that it could leave by, the true one among them; in the host's own order. */
    private List<String> doors(Visit visit) {
        List<String> all = new ArrayList<>(recording.wiring().spaces().stream()
                .filter(each -> each.label().equals(visit.place()))
                .flatMap(each -> each.devices().stream()).filter(each -> !each.isBridge())
                .map(Wiring.Device::name).toList());
        if (visit.out() != null && !all.contains(visit.out())) {
            all.add(visit.out());
        }
        int most = translates(visit) ? MOST_DOORS / 2 : MOST_DOORS;
        List<String> others = all.stream().filter(door -> !door.equals(visit.out()))
                .limit(visit.out() == null ? most : most - 1).toList();
        return all.stream().filter(door -> others.contains(door) || door.equals(visit.out()))
                .toList();
    }

    /** What did become of it, as one of the answers. */
    private String truth(Visit visit) {
        return switch (visit.ended()) {
            case SENT, SPREAD -> sent(visit, String.valueOf(visit.out()), change(visit));
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
