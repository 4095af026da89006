package dev.podhop.viz.compare;

import dev.podhop.reports.Amounts;
import dev.podhop.reports.picture.Visit;
import dev.podhop.run.result.FlowResult;
import dev.podhop.run.result.ResultCount;
import dev.podhop.trace.Hop;
import dev.podhop.trace.Outcome;
import dev.podhop.viz.playback.PlaybackViewModel;
import dev.podhop.viz.playback.ShownViewModel;
import dev.podhop.viz.recording.Recording;
import dev.podhop.workload.AttemptResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A second run beside the first: it follows the first one's cursor, its filter, and the attempt of
 * the same flow and number.
 */
public final class CompareViewModel {

    private final PlaybackViewModel first;
    private final PlaybackViewModel second;

    /** What the second run did to a flow. */
    enum Change {
        SAME,
        /** More of it is answered. */
        BETTER,
        WORSE,
        /** As much of it is answered, by others, or what fails fails otherwise. */
        OTHER
    }

    /** A flow's outcomes in both runs. */
    record Row(String flow, String before, String after, Change change) {}

    /** @param answered the share of attempts that were */
    private record Outcomes(String words, double answered) {}

    public CompareViewModel(PlaybackViewModel first, PlaybackViewModel second) {
        this.first = first;
        this.second = second;
        first.moves().addListener((of, old, now) -> follow());
        first.shown().filter().addListener((of, old, now) -> second.shown().filter().set(now));
        first.shown().followed().addListener((of, old, now) -> sameAttempt());
        sameAttempt();
    }

    private void sameAttempt() {
        AttemptResult meant = first.recording().attempt(first.shown().followed().get());
        second.shown().followed().set(meant == null ? ShownViewModel.ALL
                : second.recording().attempts().stream()
                        .filter(each -> each.flow().equals(meant.flow())
                                && each.number() == meant.number()
                                && each.client().equals(meant.client()))
                        .map(AttemptResult::attempt).findFirst().orElse(ShownViewModel.ALL));
        follow();
    }

    private void follow() {
        second.seek(first.time().get());
    }

    /** What the two runs were made of. */
    String title(boolean ofSecond) {
        Recording recording = (ofSecond ? second : first).recording();
        List<String> settings = recording.request().settings();
        Path file = recording.request().file().toAbsolutePath().normalize();
        Path folder = file.getParent();
        // Every scenario's file is called scenario.yaml: the folder tells them apart.
        String name = folder == null || folder.getFileName() == null
                ? String.valueOf(file.getFileName())
                : folder.getFileName() + "/" + file.getFileName();
        return name + (settings.isEmpty() ? "" : "   " + String.join("  ", settings));
    }

    /** A row a flow of either run. */
    List<Row> rows() {
        Map<String, Outcomes> before = outcomes(first.recording());
        Map<String, Outcomes> after = outcomes(second.recording());
        List<String> names = new ArrayList<>(before.keySet());
        after.keySet().stream().filter(name -> !before.containsKey(name)).forEach(names::add);
        return names.stream().map(name -> row(name, before.get(name), after.get(name)))
                .toList();
    }

    private static Row row(String name, @Nullable Outcomes before, @Nullable Outcomes after) {
        if (before == null || after == null) {
            return new Row(name, before == null ? "-" : before.words(),
                    after == null ? "-" : after.words(), Change.OTHER);
        }
        int more = Double.compare(after.answered(), before.answered());
        return new Row(name, before.words(), after.words(), more > 0 ? Change.BETTER
                : more < 0 ? Change.WORSE
                : before.words().equals(after.words()) ? Change.SAME
                : Change.OTHER);
    }

    /** Whether the attempt that is followed was answered in the second run only. */
    boolean mends() {
        return answered(second) && !answered(first);
    }

    /** Whether it was answered in the first run only. */
    boolean breaks() {
        return answered(first) && !answered(second);
    }

    private static boolean answered(PlaybackViewModel run) {
        AttemptResult followed = run.recording().attempt(run.shown().followed().get());
        return followed != null && followed.outcome() == Outcome.Answered;
    }

    private static Map<String, Outcomes> outcomes(Recording recording) {
        Map<String, Outcomes> all = new LinkedHashMap<>();
        for (FlowResult flow : recording.run().flows()) {
            Map<Outcome, Integer> counts = new TreeMap<>();
            for (ResultCount each : flow.results()) {
                counts.merge(each.key().outcome(), each.count(), Integer::sum);
            }
            String words = counts.entrySet().stream().map(each -> each.getKey() + " "
                    + each.getValue() + " ("
                    + Amounts.percent(each.getValue(), flow.attempts()) + ")")
                    .collect(Collectors.joining(", "));
            all.put(flow.flow() + (all.containsKey(flow.flow()) ? " " + flow.from() : ""),
                    new Outcomes(words, (double) counts.getOrDefault(Outcome.Answered, 0)
                            / Math.max(1, flow.attempts())));
        }
        return all;
    }

    /** Where the followed attempt's way parts from the other run's, a line a run; or none. */
    List<String> parting() {
        int[] hops = partingHops();
        return hops.length == 0 ? List.of()
                : List.of(told(first.recording(), hops[0]), told(second.recording(), hops[1]));
    }

    /** Labels of the places where the ways part: one of each run, or none. */
    public List<String> partingPlaces() {
        int[] hops = partingHops();
        return hops.length == 0 ? List.of()
                : List.of(
                        first.recording().visit(hops[0]).place(),
                        second.recording().visit(hops[1]).place());
    }

    /** The first hops of the followed attempt that differ: one of each run, or none. */
    private int[] partingHops() {
        if (second.shown().followed().get() == ShownViewModel.ALL) {
            return new int[0]; // it has no such attempt, or none is followed
        }
        int[] a = first.shown().hops().get();
        int[] b = second.shown().hops().get();
        for (int i = 0; i < Math.min(a.length, b.length); i++) {
            if (!line(first.recording(), a[i]).equals(line(second.recording(), b[i]))) {
                return new int[] {a[i], b[i]};
            }
        }
        return new int[0];
    }

    /** What of a hop does not hang on luck, such as a port that was drawn. */
    private static String line(Recording recording, int hop) {
        Visit visit = recording.visit(hop);
        return visit.place() + " " + visit.kind() + " " + visit.in() + " " + visit.out() + " "
                + visit.ended() + " " + visit.reason() + " " + visit.changes().stream()
                        .map(each -> each.field() + address(each.after())).toList();
    }

    /** Without the port. */
    private static String address(String end) {
        int colon = end.lastIndexOf(':');
        return colon < 0 ? end : end.substring(0, colon);
    }

    private static String told(Recording recording, int number) {
        Hop hop = recording.hop(number);
        Visit visit = recording.visit(number);
        return Amounts.time(hop.timeNanos()) + "  " + visit.place() + "  " + visit.kind().word()
                + "  " + (visit.in() == null ? "●" : visit.in()) + " → "
                + (visit.lost() ? "✖ " + visit.reason() : visit.out() == null ? "●" : visit.out())
                + visit.changes().stream().map(each -> "  " + each.before() + " → "
                        + each.after()).collect(Collectors.joining());
    }

    PlaybackViewModel first() {
        return first;
    }
}
