package dev.podhop.reports.json;

import dev.podhop.reports.Amounts;
import dev.podhop.run.result.OddsResult;
import dev.podhop.run.result.OddsResult.FlowOdds;
import org.apache.commons.math3.fraction.BigFraction;

/**
 * Exact probabilities. Where there were too many branches, a flow also has {@code explored}, each
 * {@code probability} is its lower bound and {@code atMost} its upper one.
 */
public final class OddsJson {

    private OddsJson() {}

    /** The whole text. */
    public static String render(OddsResult odds) {
        return JsonOut.text(out -> out.object(() -> {
            out.put("scenario", odds.scenario());
            out.array("flows", odds.flows(), flow -> out.object(() -> flow(out, flow)));
        }));
    }

    static void flow(JsonOut out, FlowOdds flow) {
        out.put("flow", flow.flow());
        out.put("from", flow.from());
        out.put("to", flow.to());
        out.put("protocol", flow.protocol());
        if (!flow.exact()) {
            out.put("explored", Amounts.fraction(flow.explored()));
        }
        if (!flow.notes().isEmpty()) {
            out.array("notes", flow.notes(), note -> out.object(() -> {
                out.put("code", note.code());
                out.strings("arguments", note.arguments());
            }));
        }
        BigFraction unexplored = BigFraction.ONE.subtract(flow.explored());
        out.array("results", flow.results(), result -> out.object(() -> {
            RunJson.key(out, result.key());
            out.put("probability", Amounts.fraction(result.probability()));
            if (!flow.exact()) {
                out.put("atMost", Amounts.fraction(result.probability().add(unexplored)));
            }
        }));
    }
}
