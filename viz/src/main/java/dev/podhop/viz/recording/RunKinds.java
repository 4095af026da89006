package dev.podhop.viz.recording;

import dev.podhop.run.result.RunResult;
import dev.podhop.trace.Explanation;
import dev.podhop.trace.Outcome;
import dev.podhop.workload.AttemptResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** The attempts of a run by kind: how many there are of each, and when they began. */
public final class RunKinds {

    /** Columns of a histogram. */
    public static final int BINS = 48;

    private final Map<Kind, List<AttemptResult>> kinds = new LinkedHashMap<>();
    private final Map<String, Integer> flows = new HashMap<>();
    private final List<AttemptResult> failures = new ArrayList<>();
    private final int total;
    private final long spanNanos;

    /**
     * Attempts of one flow that ended alike.
     *
     * @param cause the code of why they failed; empty where they did not
     */
    public record Kind(String flow, Outcome outcome, String cause) {

        public boolean failed() {
            return outcome != Outcome.Answered;
        }
    }

    RunKinds(RunResult run) {
        List<AttemptResult> begun = run.attempts().stream()
                .sorted(Comparator.comparingLong(AttemptResult::startNanos)
                        .thenComparingInt(AttemptResult::attempt))
                .toList();
        Map<Integer, Explanation> whys = run.whys();
        for (AttemptResult each : begun) {
            Explanation why = whys.get(each.attempt());
            Kind kind = new Kind(each.flow(), each.outcome(), why == null ? "" : why.code());
            kinds.computeIfAbsent(kind, any -> new ArrayList<>()).add(each);
            flows.merge(each.flow(), 1, Integer::sum);
            if (kind.failed()) {
                failures.add(each);
            }
        }
        total = begun.size();
        spanNanos = begun.isEmpty() ? 1 : begun.getLast().startNanos() + 1;
    }

    /** Flow by flow as they began, and of each flow the most frequent kind first. */
    public List<Kind> all() {
        List<String> order = kinds.keySet().stream().map(Kind::flow).distinct().toList();
        return kinds.keySet().stream()
                .sorted(Comparator.comparingInt((Kind kind) -> order.indexOf(kind.flow()))
                        .thenComparingInt(kind -> -of(kind).size()))
                .toList();
    }

    /** The attempts of a kind, in the order in which they began. */
    public List<AttemptResult> of(Kind kind) {
        return kinds.getOrDefault(kind, List.of());
    }

    /** How many attempts a flow has. */
    public int ofFlow(String flow) {
        return flows.getOrDefault(flow, 0);
    }

    /** How many attempts there are. */
    public int total() {
        return total;
    }

    /** How many of them failed. */
    public int failed() {
        return failures.size();
    }

    /** How long it took until the last attempt began: the width of all histograms. */
    public long spanNanos() {
        return spanNanos;
    }

    /** How many attempts of a kind began in each part of the run. */
    public int[] times(Kind kind) {
        int[] bins = new int[BINS];
        of(kind).forEach(each -> bins[(int) (each.startNanos() * BINS / spanNanos)]++);
        return bins;
    }

    /**
     * The failed attempt that began next after another, from the beginning again after the last.
     *
     * @param after the other's index; none of the run's for the first
     * @param meant which of them may be found
     */
    public OptionalInt nextFailure(int after, IntPredicate meant) {
        int[] all = failures.stream().mapToInt(AttemptResult::attempt).toArray();
        int from = IntStream.range(0, all.length).filter(i -> all[i] == after).findFirst()
                .orElse(-1);
        return IntStream.rangeClosed(1, all.length).map(i -> all[(from + i) % all.length])
                .filter(meant).findFirst();
    }
}
