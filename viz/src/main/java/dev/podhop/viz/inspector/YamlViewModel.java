package dev.podhop.viz.inspector;

import dev.podhop.scenario.evidence.Cited;
import dev.podhop.trace.Hop;
import dev.podhop.trace.Step;
import dev.podhop.viz.playback.PlaybackViewModel;
import dev.podhop.viz.recording.FileRows;
import dev.podhop.viz.recording.Recording;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The files, and the lines behind the step under the cursor, or behind its hop. */
public final class YamlViewModel {

    private final PlaybackViewModel playback;

    public YamlViewModel(PlaybackViewModel playback) {
        this.playback = playback;
    }

    PlaybackViewModel playback() {
        return playback;
    }

    /** The files, row by row. */
    public List<FileRows.Row> rows() {
        return playback.recording().rows().all();
    }

    /**
     * Numbers of the rows that are lit, from 0: those behind the step under the cursor; at the end
     * of a hop, unless that has lines of its own, those behind all of the hop.
     */
    public Set<Integer> lit() {
        int hop = playback.hop().get();
        if (hop < 0) {
            return Set.of();
        }
        Hop here = playback.recording().hop(hop);
        Recording recording = playback.recording();
        Step step = here.steps().get(playback.step().get());
        List<Cited> lines = recording.lines(here, step);
        if (lines.isEmpty() && step == here.terminal()) {
            lines = here.steps().stream().flatMap(each -> recording.lines(here, each).stream())
                    .toList();
        }
        return lines.stream().filter(line -> !line.byDefault())
                .flatMap(line -> recording.rows().of(line).stream().boxed())
                .collect(Collectors.toSet());
    }
}
