package dev.podhop.viz.window;

import dev.podhop.viz.events.EventsViewModel;
import dev.podhop.viz.playback.AttemptsViewModel;
import dev.podhop.viz.playback.PlaybackViewModel;
import dev.podhop.viz.playback.ShownViewModel;
import dev.podhop.viz.recording.Recording;
import dev.podhop.viz.topology.TopologyViewModel;

/** One recording and all view models around its one cursor. */
public final class Session {

    private final Recording recording;
    private final ShownViewModel shown;
    private final PlaybackViewModel playback;
    private final AttemptsViewModel attempts;
    private final EventsViewModel events;
    private final TopologyViewModel topology;

    public Session(Recording recording) {
        this.recording = recording;
        this.shown = new ShownViewModel(recording);
        // One call tells more than all of them: the one that failed first.
        shown.followed().set(recording.mostTelling());
        this.playback = new PlaybackViewModel(recording, shown);
        this.attempts = new AttemptsViewModel(recording);
        this.events = new EventsViewModel(playback);
        this.topology = new TopologyViewModel(playback);
    }

    public Recording recording() {
        return recording;
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

    public EventsViewModel events() {
        return events;
    }

    public TopologyViewModel topology() {
        return topology;
    }
}
