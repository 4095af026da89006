package dev.podhop.reports.text;

import dev.podhop.reports.Amounts;
import dev.podhop.reports.Narrator;
import dev.podhop.reports.ResultPhrase;
import dev.podhop.run.result.OddsResult;
import dev.podhop.run.result.OddsResult.FlowOdds;
import dev.podhop.trace.Explanation;
import dev.podhop.workload.ResultKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.fraction.BigFraction;
import org.jspecify.annotations.Nullable;

/**
 * Exact probabilities, a table for each flow. The percentage beside a fraction is rounded and only
 * helps the eye; where not every branch was followed, bounds stand there instead of a value.
 */
public final class OddsText {

    private final Narrator narrator;
    private final Sheet sheet;

    public OddsText(Narrator narrator, Sheet sheet) {
        this.narrator = narrator;
        this.sheet = sheet;
    }

    /** The whole text. */
    public String render(OddsResult odds) {
        Page page = new Page(sheet);
        for (FlowOdds flow : odds.flows()) {
            page.gap();
            page.wrapped("", 0, narrator.say(ResultPhrase.FLOW, flow.flow(), flow.from(),
                    flow.to(), flow.protocol()), Emphasis.TITLE);
            table(page, flow);
        }
        if (odds.flows().isEmpty()) {
            page.line(narrator.say(ResultPhrase.NO_FLOW, odds.scenario()));
        }
        return page.toString();
    }

    /** A flow's ways to end, with their probabilities, or with bounds where not all is known. */
    void table(Page page, FlowOdds flow) {
        TextTable table =
                new TextTable().row(narrator.say(ResultPhrase.HEAD_PROBABILITY), "",
                        narrator.say(ResultPhrase.HEAD_OUTCOME),
                        narrator.say(ResultPhrase.HEAD_ENDPOINT),
                        narrator.say(ResultPhrase.HEAD_SOURCE));
        Map<ResultKey, BigFraction> ways = new LinkedHashMap<>();
        flow.results().forEach(result -> ways.put(result.key(), result.probability()));
        new WayRows(table, narrator, sheet.all(), least -> List.of(flow.exact()
                ? Amounts.fraction(least)
                : narrator.say(ResultPhrase.BOUNDS, Amounts.fraction(least),
                        Amounts.fraction(least.add(unexplored(flow)))),
                Amounts.percent(least))).add(ways);
        page.table(table);
        flow.notes().forEach(note -> page.wrapped("  ", 2, narrator.text(note)));
        if (!flow.exact()) {
            page.wrapped("  ", 2, narrator.say(ResultPhrase.EXPLORED, flow.branches(),
                    Amounts.percent(flow.explored())));
            page.wrapped("  ", 2,
                    narrator.say(ResultPhrase.UNEXPLORED, Amounts.percent(unexplored(flow))));
        }
    }

    private static BigFraction unexplored(FlowOdds flow) {
        return BigFraction.ONE.subtract(flow.explored());
    }

    /** What is not simulated, beside the outcomes that it may change. */
    static void policies(Page page, Narrator narrator, List<Explanation> policies) {
        policies.forEach(policy -> page.wrapped("  ", 4, narrator.text(policy)));
    }

    static String orDash(@Nullable String value) {
        return value == null ? "-" : value;
    }
}
