package dev.podhop.viz.start;

import dev.podhop.reports.Amounts;
import dev.podhop.reports.DoctorWords;
import dev.podhop.reports.Explanations;
import dev.podhop.reports.Narrator;
import dev.podhop.run.doctor.DoctorReport;
import dev.podhop.run.doctor.Severity;
import dev.podhop.trace.Explanation;
import dev.podhop.viz.recording.AskedCall;
import dev.podhop.viz.recording.Recording;
import dev.podhop.viz.recording.RunKinds;
import dev.podhop.viz.recording.RunKinds.Kind;
import dev.podhop.viz.style.ViewerWords;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** What a run came to, kind by kind. */
public final class StartViewModel {

    private final Recording recording;
    private final ViewerWords words;
    private final Narrator narrator;

    /**
     * Attempts of a kind.
     *
     * @param count how many of how many, and their share
     * @param why they failed, of the one that is opened; empty where they did not
     * @param times how many began in each part of the run
     * @param attempt the one to open
     */
    public record Row(String flow, String outcome, boolean failed, String count, String why,
            int[] times, int attempt) {}

    /**
     * Something that the doctor found.
     *
     * @param question a call that shows it; empty where none does
     */
    public record Finding(boolean bad, String words, Optional<AskedCall> question) {}

    /**
     * Something that happens to the cluster.
     *
     * @param share of the histograms' width, from 0 to 1
     */
    public record Mark(double share, String words) {}

    public StartViewModel(Recording recording, ViewerWords words) {
        this.recording = recording;
        this.words = words;
        this.narrator = new Narrator(Explanations.in(words.language()));
    }

    /** The scenario's name. */
    String title() {
        return recording.run().scenario();
    }

    /** The file, the seed, what was changed. */
    String about() {
        List<String> settings = recording.request().settings();
        return recording.request().file() + "   seed " + recording.run().seed()
                + (settings.isEmpty() ? "" : "   " + String.join("   ", settings));
    }

    /** How many attempts there were, and how many failed. */
    String summary() {
        RunKinds kinds = recording.kinds();
        return kinds.total() == 0 ? words.get("start.nobody")
                : words.get(kinds.failed() == 0 ? "start.none-failed" : "start.failed",
                        kinds.total(), kinds.failed(),
                        Amounts.percent(kinds.failed(), kinds.total()));
    }

    /** Whether nobody calls anybody. */
    boolean nobody() {
        return recording.kinds().total() == 0;
    }

    /** What can be called, in a scenario file's words. */
    List<String> services() {
        return recording.services();
    }

    /** What the file leaves open and how it was filled in. */
    List<String> assumptions() {
        return recording.scenario().assumptions().stream().map(Object::toString).toList();
    }

    /** Has the doctor look at the file, which may take long; what he found is told elsewhere. */
    void examine(Consumer<List<Finding>> told) {
        Thread.ofPlatform().daemon().name("podhop-doctor").start(() -> told.accept(findings()));
    }

    /** Whether he has looked already. */
    boolean examined() {
        return recording.isExamined();
    }

    /** What the doctor found; slow when first asked for. */
    List<Finding> findings() {
        DoctorWords said = new DoctorWords(narrator);
        DoctorReport report = recording.examined();
        List<Finding> all = new ArrayList<>();
        all.add(new Finding(false, report.faults().isEmpty() ? said.healthy(report)
                : said.found(report), Optional.empty()));
        report.faults().forEach(fault -> all.add(new Finding(
                fault.severity().isAtLeast(Severity.ERROR), said.whole(fault),
                fault.met().stream().findFirst().map(met -> new AskedCall(met.from(), met.to(),
                        false, OptionalLong.empty(), Optional.empty())))));
        return all;
    }

    /** A row a kind. */
    List<Row> rows(boolean failedOnly) {
        return recording.kinds().all().stream().filter(kind -> kind.failed() || !failedOnly)
                .map(this::row).toList();
    }

    private Row row(Kind kind) {
        RunKinds kinds = recording.kinds();
        int count = kinds.of(kind).size();
        int of = kinds.ofFlow(kind.flow());
        int attempt = recording.telling(kind).attempt();
        Explanation why = recording.run().whys().get(attempt);
        return new Row(kind.flow(), kind.outcome().name(), kind.failed(),
                words.get("start.count", count, of, Amounts.percent(count, of)),
                why == null ? "" : narrator.text(why), kinds.times(kind), attempt);
    }

    /** The most attempts that one part of the run has of one kind. */
    int most() {
        return recording.kinds().all().stream()
                .flatMapToInt(kind -> Arrays.stream(recording.kinds().times(kind)))
                .max().orElse(1);
    }

    /** What happens to the cluster while attempts begin. */
    List<Mark> marks() {
        double span = recording.kinds().spanNanos();
        return recording.happenings().stream().filter(each -> each.atNanos() <= span)
                .map(each -> new Mark(each.atNanos() / span,
                        Amounts.time(each.atNanos()) + "  " + each.words()))
                .toList();
    }

    /** From when to when the histograms go. */
    String span() {
        return "0 – " + Amounts.time(recording.kinds().spanNanos() - 1);
    }
}
