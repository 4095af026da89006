package dev.podhop.reports.text;

import dev.podhop.reports.Amounts;
import dev.podhop.run.OddsResult;
import dev.podhop.run.OddsResult.FlowOdds;
import dev.podhop.run.OddsResult.ResultOdds;
import java.util.List;
import org.apache.commons.math3.fraction.BigFraction;
import org.jspecify.annotations.Nullable;

/**
 * Exact probabilities, a table for each flow. The percentage beside a fraction is rounded and only
 * helps the eye; where not every branch was followed, bounds stand there instead of a value.
 */
public final class OddsText {

    private final Style style;

    public OddsText(Style style) {
        this.style = style;
    }

    /** The whole text. */
    public String render(OddsResult odds) {
        Page page = new Page();
        for (FlowOdds flow : odds.flows()) {
            page.gap();
            page.line(style.title(RunText.flowTitle(flow.flow(), flow.from(), flow.to(),
                    flow.protocol())));
            table(flow).forEach(line -> page.line("  " + line));
        }
        if (odds.flows().isEmpty()) {
            page.line("no flow: nothing is sent in " + odds.scenario());
        }
        return page.toString();
    }

    /** A flow's ways to end, with their probabilities, or with bounds where not all is known. */
    static List<String> table(FlowOdds flow) {
        TextTable table =
                new TextTable().row("PROBABILITY", "", "OUTCOME", "ENDPOINT", "SOURCE SEEN");
        for (ResultOdds result : flow.results()) {
            BigFraction least = result.probability();
            String exact = Amounts.fraction(least);
            table.row(flow.exact() ? exact
                    : exact + " to " + Amounts.fraction(least.add(unexplored(flow))),
                    Amounts.percent(least), result.key().outcome().name(),
                    orDash(result.key().endpoint()), orDash(result.key().source()));
        }
        List<String> lines = new java.util.ArrayList<>(table.lines());
        if (!flow.exact()) {
            lines.add("Too many branches: after %d of them, %s of the probability is accounted for;"
                    .formatted(flow.branches(), Amounts.percent(flow.explored())));
            lines.add("the rest (%s) may end in any of these ways, or in another."
                    .formatted(Amounts.percent(unexplored(flow))));
        }
        return lines;
    }

    private static BigFraction unexplored(FlowOdds flow) {
        return BigFraction.ONE.subtract(flow.explored());
    }

    static String orDash(@Nullable String value) {
        return value == null ? "-" : value;
    }
}
