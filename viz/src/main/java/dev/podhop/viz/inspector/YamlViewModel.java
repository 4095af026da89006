package dev.podhop.viz.inspector;

import dev.podhop.trace.Hop;
import dev.podhop.viz.playback.PlaybackViewModel;
import dev.podhop.viz.recording.Sources;
import dev.podhop.viz.recording.Sources.Line;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The file, and the lines behind the step under the cursor, or behind its hop. */
public final class YamlViewModel {

    private final PlaybackViewModel playback;

    public YamlViewModel(PlaybackViewModel playback) {
        this.playback = playback;
    }

    PlaybackViewModel playback() {
        return playback;
    }

    List<String> lines() {
        return playback.recording().sources().lines();
    }

    /** Numbers of the lines that are lit, from 1. */
    Set<Integer> lit() {
        int hop = playback.hop().get();
        if (hop < 0) {
            return Set.of();
        }
        Hop here = playback.recording().hop(hop);
        Sources sources = playback.recording().sources();
        List<Line> ofStep = sources.of(here.steps().get(playback.step().get()));
        List<Line> lines = !ofStep.isEmpty() ? ofStep
                : here.steps().stream().flatMap(step -> sources.of(step).stream()).toList();
        return lines.stream().map(Line::number).collect(Collectors.toSet());
    }
}
