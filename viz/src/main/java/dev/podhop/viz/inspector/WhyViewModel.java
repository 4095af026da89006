package dev.podhop.viz.inspector;

import dev.podhop.reports.Amounts;
import dev.podhop.reports.Explanations;
import dev.podhop.reports.Narrator;
import dev.podhop.reports.StepWords;
import dev.podhop.run.result.TraceResult.Diagnosis;
import dev.podhop.scenario.evidence.Cited;
import dev.podhop.trace.Hop;
import dev.podhop.trace.Step;
import dev.podhop.viz.inspector.WhyStep.Remark;
import dev.podhop.viz.inspector.WhyStep.When;
import dev.podhop.viz.playback.PlaybackViewModel;
import dev.podhop.viz.recording.Recording;
import dev.podhop.viz.style.ViewerWords;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** The steps of the hop under the cursor, in the reports' words. */
public final class WhyViewModel {

    private final PlaybackViewModel playback;
    private final Recording recording;
    private final ViewerWords words;
    private final Narrator narrator;

    public WhyViewModel(PlaybackViewModel playback, ViewerWords words) {
        this.playback = playback;
        this.recording = playback.recording();
        this.words = words;
        this.narrator = new Narrator(Explanations.in(words.language()));
    }

    PlaybackViewModel playback() {
        return playback;
    }

    /** {@code node/n1, in by eth0}; empty where there is no hop. */
    public String title() {
        int hop = playback.hop().get();
        if (hop < 0) {
            return "";
        }
        return narrator.place(recording.hop(hop));
    }

    /** The time and the packet as it came. */
    public String subtitle() {
        int hop = playback.hop().get();
        if (hop < 0) {
            return "";
        }
        Hop here = recording.hop(hop);
        return Amounts.time(here.timeNanos()) + "   " + narrator.packet(here.header());
    }

    /** A link to a line: {@code pod/web-1 status.podIP · three-nodes.yaml:47}. */
    String link(Cited line) {
        return words.get(line.byDefault() ? "why.link.absent" : "why.link",
                (line.object() + " " + line.field()).strip(), line.place());
    }

    /** The row of the files that a link shows. */
    OptionalInt row(Cited line) {
        return recording.rows().of(line);
    }

    /** What went wrong, where it was decided here; else empty. */
    public String verdict() {
        int hop = playback.hop().get();
        if (hop < 0) {
            return "";
        }
        Hop here = recording.hop(hop);
        return playback.secret().get() ? ""
                : recording.diagnosis(here.attempt())
                        .filter(each -> each.decidingHop() == here.id()).map(Diagnosis::what)
                        .map(narrator::text).orElse("");
    }

    /** All steps; those after the cursor are still to come. */
    public List<WhyStep> steps() {
        int hop = playback.hop().get();
        if (hop < 0) {
            return List.of();
        }
        Hop here = recording.hop(hop);
        List<WhyStep> steps = new ArrayList<>();
        int known = playback.secret().get() ? playback.step().get() + 1 : here.steps().size();
        for (int i = 0; i < known; i++) {
            Step step = here.steps().get(i);
            StepWords told = narrator.words(here, step);
            boolean bad = step instanceof Step.Dropped || step instanceof Step.Rejected;
            steps.add(new WhyStep(i, told.stage(), told.what(), told.remarks().stream()
                    .map(each -> new Remark(each.sentence(), each.evidence())).toList(),
                    when(i), bad, step instanceof Step.Nat, recording.lines(here, step)));
        }
        return steps;
    }

    private When when(int step) {
        int now = playback.step().get();
        return step < now ? When.PAST : step == now ? When.NOW : When.TO_COME;
    }
}
