package dev.podhop.reports.text;

import dev.podhop.reports.Narrator;
import dev.podhop.reports.ResultPhrase;
import dev.podhop.trace.Outcome;
import dev.podhop.workload.ResultKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.commons.math3.fraction.BigFraction;
import org.jspecify.annotations.Nullable;

/**
 * The ways to end as rows of a table: each outcome with its total, and below it what it splits by.
 * What is below 1 % is folded into one row for each endpoint, and into one for all endpoints that
 * are rare themselves: a balancer of fifty nodes has hundreds of such rows, and no reader of them.
 */
final class WayRows {

    /** Ways below this are told together. */
    static final BigFraction RARE = new BigFraction(1, 100);
    private static final String INDENT = "  ";

    private final TextTable table;
    private final Narrator narrator;
    private final boolean all;
    private final Function<BigFraction, List<String>> amount;

    /**
     * Rows for a table.
     *
     * @param amount the first cells of a row, from its share of the whole
     */
    WayRows(TextTable table, Narrator narrator, boolean all,
            Function<BigFraction, List<String>> amount) {
        this.table = table;
        this.narrator = narrator;
        this.all = all;
        this.amount = amount;
    }

    /** Adds the rows of all ways, which are in their order. */
    void add(Map<ResultKey, BigFraction> ways) {
        Map<Outcome, Map<ResultKey, BigFraction>> byOutcome = new TreeMap<>();
        ways.forEach((key, share) -> byOutcome
                .computeIfAbsent(key.outcome(), outcome -> new LinkedHashMap<>()).put(key, share));
        byOutcome.forEach((outcome, its) -> {
            if (its.size() == 1) {
                its.forEach((key, share) -> row("", share, outcome.name(),
                        OddsText.orDash(key.endpoint()), OddsText.orDash(key.source())));
            } else {
                row("", sum(its), outcome.name(), "", "");
                split(its);
            }
        });
    }

    private void split(Map<ResultKey, BigFraction> ways) {
        Map<String, Map<ResultKey, BigFraction>> rare = new LinkedHashMap<>();
        Map<ResultKey, BigFraction> rest = new LinkedHashMap<>();
        ways.forEach((key, share) -> {
            if (all || share.compareTo(RARE) >= 0) {
                below(share, key.endpoint(), OddsText.orDash(key.source()));
            } else {
                rare.computeIfAbsent(OddsText.orDash(key.endpoint()), e -> new LinkedHashMap<>())
                        .put(key, share);
            }
        });
        rare.forEach((endpoint, its) -> {
            if (its.size() > 1 && sum(its).compareTo(RARE) >= 0) {
                below(sum(its), endpoint, narrator.say(ResultPhrase.RARE_SOURCES, its.size()));
            } else {
                rest.putAll(its);
            }
        });
        if (rest.size() == 1) {
            rest.forEach((key, share) -> below(share, key.endpoint(),
                    OddsText.orDash(key.source())));
        } else if (!rest.isEmpty()) {
            below(sum(rest), narrator.say(ResultPhrase.RARE_WAYS, rest.size()), "");
        }
    }

    private void below(BigFraction share, @Nullable String endpoint, String source) {
        row(INDENT, share, "", OddsText.orDash(endpoint), source);
    }

    private void row(String indent, BigFraction share, String... cells) {
        List<String> row = new ArrayList<>(amount.apply(share));
        row.set(0, indent + row.getFirst());
        row.addAll(List.of(cells));
        table.row(row);
    }

    private static BigFraction sum(Map<ResultKey, BigFraction> ways) {
        return ways.values().stream().reduce(BigFraction.ZERO, BigFraction::add);
    }
}
