package dev.podhop.reports.text;

import dev.podhop.reports.Amounts;
import dev.podhop.reports.Narrator;
import dev.podhop.reports.ResultPhrase;
import dev.podhop.reports.StepWords;
import dev.podhop.run.Contrast;
import dev.podhop.run.result.OddsResult;
import dev.podhop.run.result.OddsResult.FlowOdds;
import dev.podhop.run.result.OddsResult.ResultOdds;
import dev.podhop.run.result.Parting;
import dev.podhop.trace.Explanation;
import dev.podhop.trace.Hop;
import dev.podhop.trace.Outcome;
import dev.podhop.trace.Step;
import dev.podhop.workload.ResultKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.commons.math3.fraction.BigFraction;
import org.jspecify.annotations.Nullable;

/**
 * Two odds side by side, flow by flow. What differs is marked in words, since colour alone would
 * not survive a pipe; flows without a difference share one line, so that a difference is not
 * overlooked among them.
 */
public final class DiffText {

    /** Instead of a source: of all that are rare on both sides. */
    private static final String RARE = "";

    private final String nameOfA;
    private final String nameOfB;
    private final Narrator narrator;
    private final Sheet sheet;

    public DiffText(String nameOfA, String nameOfB, Narrator narrator, Sheet sheet) {
        this.narrator = narrator;
        this.nameOfA = nameOfA;
        this.nameOfB = nameOfB;
        this.sheet = sheet;
    }

    /** A flow in A, in B, or in both. */
    private record Pair(@Nullable FlowOdds a, @Nullable FlowOdds b) {

        FlowOdds any() {
            FlowOdds one = a != null ? a : b;
            if (one == null) {
                throw new IllegalStateException("a pair of nothing");
            }
            return one;
        }
    }

    /** Where the ways of two flows part, if somebody knows. */
    public interface Partings {
        Optional<Parting> of(FlowOdds a, FlowOdds b);
    }

    /** The whole text, without a word on why. */
    public String render(OddsResult a, OddsResult b) {
        return render(a, b, (one, other) -> Optional.empty());
    }

    /** The whole text, with each flow's first differing step. */
    public String render(Contrast contrast) {
        return render(contrast.a(), contrast.b(), contrast::parting);
    }

    private String render(OddsResult a, OddsResult b, Partings partings) {
        Page page = new Page(sheet);
        page.line("A: " + nameOfA);
        page.line("B: " + nameOfB);
        List<String> same = new ArrayList<>();
        for (Pair pair : pairs(a.flows(), b.flows())) {
            if (pair.a() != null && pair.b() != null
                    && probabilities(pair.a()).equals(probabilities(pair.b()))) {
                same.add(pair.any().flow());
            } else {
                different(page, pair, partings);
            }
        }
        if (!same.isEmpty()) {
            page.gap();
            page.wrapped(Columns.lead(narrator.say(ResultPhrase.SAME)), 15,
                    String.join(", ", same));
        }
        return page.toString();
    }

    /** The sum first: whether it fails less is what most people want to know. */
    private void different(Page page, Pair pair, Partings partings) {
        FlowOdds any = pair.any();
        page.gap();
        page.line(Emphasis.TITLE, narrator.say(ResultPhrase.FLOW, any.flow(), any.from(), any.to(),
                any.protocol()));
        if (pair.a() == null || pair.b() == null) {
            page.line("  " + narrator.say(ResultPhrase.ONLY_IN, pair.b() == null ? "A" : "B"));
        } else {
            page.line("  " + narrator.say(ResultPhrase.FAILS,
                    Amounts.fraction(failure(pair.a())), Amounts.fraction(failure(pair.b()))));
        }
        page.table(table(pair));
        if (pair.a() != null && pair.b() != null) {
            partings.of(pair.a(), pair.b()).ifPresent(parting -> parting(page, parting));
        }
    }

    private void parting(Page page, Parting parting) {
        Hop hop = parting.a().hop() != null ? parting.a().hop() : parting.b().hop();
        if (hop != null) {
            page.wrapped("  ", 4, narrator.say(ResultPhrase.PARTS, hop.place().label()));
        }
        way(page, "A", parting.a());
        way(page, "B", parting.b());
        wrong(page, "A", parting.a());
        wrong(page, "B", parting.b());
    }

    private void way(Page page, String name, Parting.Way way) {
        Hop hop = way.hop();
        Step step = way.step();
        if (hop == null || step == null) {
            page.wrapped("    ", 6, narrator.say(ResultPhrase.PARTS_OVER, name));
            return;
        }
        StepWords words = narrator.words(hop, step);
        Explanation rule = way.rule();
        // an end says what its rule said; a translation says less
        String what = step instanceof Step.Nat && rule != null ? narrator.text(rule)
                : words.remarks().getLast().sentence();
        page.wrapped("    ", 6,
                narrator.say(ResultPhrase.PARTS_AT, name, words.stage(), what));
    }

    private void wrong(Page page, String name, Parting.Way way) {
        Explanation wrong = way.wrong();
        if (wrong != null) {
            page.wrapped("  ", 4, narrator.say(ResultPhrase.WRONG_IN, name,
                    narrator.text(wrong)));
        }
    }

    /** Anything but an answer is a failure to who asked. */
    private static BigFraction failure(FlowOdds flow) {
        return flow.results().stream().filter(r -> r.key().outcome() != Outcome.Answered)
                .map(ResultOdds::probability).reduce(BigFraction.ZERO, BigFraction::add);
    }

    /** Flows of one name and source belong together; A's order first. */
    private static Iterable<Pair> pairs(List<FlowOdds> a, List<FlowOdds> b) {
        Map<String, Pair> pairs = new LinkedHashMap<>();
        a.forEach(flow -> pairs.put(flow.flow() + ' ' + flow.from(), new Pair(flow, null)));
        b.forEach(flow -> pairs.merge(flow.flow() + ' ' + flow.from(), new Pair(null, flow),
                (known, other) -> new Pair(known.a(), other.b())));
        return pairs.values();
    }

    /** Every way to end that either has; what one of them lacks has probability 0 there. */
    private TextTable table(Pair pair) {
        Map<ResultKey, BigFraction> a = probabilities(pair.a());
        Map<ResultKey, BigFraction> b = probabilities(pair.b());
        Map<ResultKey, Boolean> keys = new TreeMap<>();
        a.keySet().forEach(key -> keys.put(key, true));
        b.keySet().forEach(key -> keys.put(key, true));
        TextTable table = new TextTable().row("A", "B", "",
                narrator.say(ResultPhrase.HEAD_OUTCOME), narrator.say(ResultPhrase.HEAD_ENDPOINT),
                narrator.say(ResultPhrase.HEAD_SOURCE));
        Map<ResultKey, List<ResultKey>> rows = new LinkedHashMap<>();
        for (ResultKey key : keys.keySet()) {
            boolean rare = !sheet.all() && isRare(a, key) && isRare(b, key);
            rows.computeIfAbsent(rare ? new ResultKey(key.outcome(), key.endpoint(), RARE) : key,
                    row -> new ArrayList<>()).add(key);
        }
        rows.forEach((key, its) -> {
            BigFraction inA = sum(a, its);
            BigFraction inB = sum(b, its);
            ResultKey first = its.getFirst();
            table.row(Amounts.fraction(inA), Amounts.fraction(inB), change(inA, inB),
                    key.outcome().name(), OddsText.orDash(key.endpoint()),
                    its.size() == 1 ? OddsText.orDash(first.source())
                            : narrator.say(ResultPhrase.RARE_SOURCES, its.size()));
        });
        return table;
    }

    private static boolean isRare(Map<ResultKey, BigFraction> probabilities, ResultKey key) {
        return probabilities.getOrDefault(key, BigFraction.ZERO).compareTo(WayRows.RARE) < 0;
    }

    private static BigFraction sum(Map<ResultKey, BigFraction> probabilities,
            List<ResultKey> keys) {
        return keys.stream().map(key -> probabilities.getOrDefault(key, BigFraction.ZERO))
                .reduce(BigFraction.ZERO, BigFraction::add);
    }

    private String change(BigFraction a, BigFraction b) {
        int order = a.compareTo(b);
        return order == 0 ? ""
                : narrator.say(order < 0 ? ResultPhrase.MORE : ResultPhrase.LESS);
    }

    private static Map<ResultKey, BigFraction> probabilities(@Nullable FlowOdds flow) {
        Map<ResultKey, BigFraction> probabilities = new TreeMap<>();
        if (flow != null) {
            for (ResultOdds result : flow.results()) {
                probabilities.put(result.key(), result.probability());
            }
        }
        return probabilities;
    }
}
