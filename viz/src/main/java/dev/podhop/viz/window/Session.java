package dev.podhop.viz.window;

import dev.podhop.reports.picture.Level;
import dev.podhop.viz.compare.CompareViewModel;
import dev.podhop.viz.events.EventsViewModel;
import dev.podhop.viz.inspector.PacketViewModel;
import dev.podhop.viz.inspector.StateViewModel;
import dev.podhop.viz.inspector.WhyViewModel;
import dev.podhop.viz.inspector.YamlViewModel;
import dev.podhop.viz.lanes.LanesViewModel;
import dev.podhop.viz.lesson.Lesson;
import dev.podhop.viz.lesson.LessonViewModel;
import dev.podhop.viz.lesson.QuizViewModel;
import dev.podhop.viz.playback.AttemptsViewModel;
import dev.podhop.viz.playback.PlaybackViewModel;
import dev.podhop.viz.playback.ShownViewModel;
import dev.podhop.viz.recording.Recording;
import dev.podhop.viz.style.ViewerWords;
import dev.podhop.viz.topology.TopologyViewModel;
import dev.podhop.viz.whatif.WhatIfViewModel;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/** One recording and all view models around its one cursor. */
public final class Session {

    private final Recording recording;
    private final ShownViewModel shown;
    private final PlaybackViewModel playback;
    private final AttemptsViewModel attempts;
    private final TopologyViewModel topology;
    private final LanesViewModel lanes;
    private final StateViewModel state;
    private final YamlViewModel yaml;
    private final Optional<LessonViewModel> lesson;
    private final WhatIfViewModel whatIf;
    private final Optional<Beside> beside;
    private final StringProperty tab = new SimpleStringProperty("why");

    /** A second run under the same cursor. */
    record Beside(CompareViewModel compare, TopologyViewModel topology, Recording recording) {}

    /**
     * A session.
     *
     * @param lesson the scenario's, if it has one
     * @param second a run to compare with
     * @param background runs what is slow
     * @param foreground the JavaFX thread, or whoever asks in a test
     */
    public Session(Recording recording, Optional<Lesson> lesson, Optional<Recording> second,
            Executor background, Executor foreground) {
        this.recording = recording;
        this.shown = new ShownViewModel(recording, background, foreground);
        // One call tells more than all of them: the one that failed first.
        shown.followed().set(recording.mostTelling());
        this.playback = new PlaybackViewModel(recording, shown);
        this.attempts = new AttemptsViewModel(recording);
        this.topology = new TopologyViewModel(playback);
        // Lessons and comparisons are about who talks to whom: their hooks are asked for.
        Level first = lesson.isPresent() || second.isPresent() ? Level.PLAIN : Level.KERNEL;
        topology.level().set(first);
        this.lanes = new LanesViewModel(playback);
        this.state = new StateViewModel(playback, background, foreground);
        this.yaml = new YamlViewModel(playback);
        this.lesson = lesson
                .map(each -> new LessonViewModel(each, playback, topology::highlight));
        this.whatIf = new WhatIfViewModel(playback);
        this.beside = second.map(each -> {
            PlaybackViewModel other =
                    new PlaybackViewModel(each, new ShownViewModel(each, background, foreground));
            CompareViewModel compare = new CompareViewModel(playback, other);
            TopologyViewModel drawing = new TopologyViewModel(other);
            drawing.level().bind(topology.level());
            light(compare, drawing);
            shown.hops().addListener((of, old, now) -> light(compare, drawing));
            return new Beside(compare, drawing, each);
        });
    }

    public Recording recording() {
        return recording;
    }

    /** Points in both drawings at where the followed attempt's ways part. */
    private void light(CompareViewModel compare, TopologyViewModel drawing) {
        List<String> places = compare.partingPlaces();
        topology.highlight(places.stream().limit(1).toList());
        drawing.highlight(places.stream().skip(1).toList());
    }

    /** The same place in the same recording, with a cursor of its own. */
    Session copy() {
        return copy(Runnable::run, Runnable::run);
    }

    /** The same for a window: nothing that hears of this one's cursor hears of that. */
    Session copy(Executor background, Executor foreground) {
        Session copy = new Session(recording, lesson.map(LessonViewModel::lesson),
                beside.map(Beside::recording), background, foreground);
        lesson.ifPresent(each -> {
            LessonViewModel other = copy.lesson.orElseThrow();
            other.resume(each.marks());
            other.open(each.chapter().get());
        });
        copy.shown.followed().set(shown.followed().get());
        copy.standAs(this);
        copy.playback.standAs(playback);
        return copy;
    }

    /**
     * Where another session stands, of perhaps another run: at the attempt of the same flow,
     * number and client, and at the same time of it.
     */
    void goOnAt(Session other) {
        standAs(other);
        AttemptsViewModel.Named named = other.attempts.named(other.shown.followed().get());
        shown.followed().set(attempts.find(named).orElse(shown.followed().get()));
        playback.seek(other.playback.time().get());
    }

    /** Filters, level and tab as another session has them. */
    void standAs(Session other) {
        shown.failedOnly().set(other.shown.failedOnly().get());
        shown.filterAtOnce(other.shown.filter().get());
        topology.level().set(other.topology.level().get());
        whatIf.setting().set(other.whatIf.setting().get());
        tab.set(other.tab.get());
    }

    public ShownViewModel shown() {
        return shown;
    }

    public PlaybackViewModel playback() {
        return playback;
    }

    public AttemptsViewModel attempts() {
        return attempts;
    }

    /** The list in a language. */
    EventsViewModel events(ViewerWords words) {
        return new EventsViewModel(playback, words);
    }

    public TopologyViewModel topology() {
        return topology;
    }

    /** Hooks, bridges and devices, or none of them. */
    void switchLevel() {
        topology.level().set(topology.level().get() == Level.KERNEL ? Level.PLAIN
                : Level.KERNEL);
    }

    public LanesViewModel lanes() {
        return lanes;
    }

    /** Reasons in a language. */
    WhyViewModel why(ViewerWords words) {
        return new WhyViewModel(playback, words);
    }

    /** The header in a language. */
    PacketViewModel packet(ViewerWords words) {
        return new PacketViewModel(playback, words);
    }

    StateViewModel state() {
        return state;
    }

    YamlViewModel yaml() {
        return yaml;
    }

    /** The lesson; empty for a scenario without one. */
    public Optional<LessonViewModel> lesson() {
        return lesson;
    }

    /** Questions in a language. */
    QuizViewModel quiz(ViewerWords words) {
        return new QuizViewModel(playback, words);
    }

    WhatIfViewModel whatIf() {
        return whatIf;
    }

    /** The inspector's tab: it stays when theme or language change. */
    StringProperty tab() {
        return tab;
    }

    /** The run that this one is compared with. */
    Optional<Beside> beside() {
        return beside;
    }
}
