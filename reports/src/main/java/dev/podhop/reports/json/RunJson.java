package dev.podhop.reports.json;

import dev.podhop.reports.Narrator;
import dev.podhop.run.result.FlowResult;
import dev.podhop.run.result.RunResult;
import dev.podhop.scenario.expect.Check;
import dev.podhop.workload.ResultKey;
import java.util.List;
import java.util.Locale;

/**
 * Runs: an array with one object for each file, also where there is only one, so that a program
 * reads it alike. Why attempts failed is not in it: that is {@code trace}'s to tell.
 */
public final class RunJson {

    private final Narrator narrator;

    public RunJson(Narrator narrator) {
        this.narrator = narrator;
    }

    /** The whole text. */
    public String render(List<RunResult> runs) {
        return JsonOut.text(out -> out.array(runs, run -> out.object(() -> {
            out.put("scenario", run.scenario());
            out.array("flows", run.flows(), flow -> flow(out, flow));
            out.array("expectations", run.checks(), check -> check(out, check));
            if (!run.refusals().isEmpty()) {
                out.strings("refusals", run.refusals());
            }
        })));
    }

    private static void flow(JsonOut out, FlowResult flow) {
        out.object(() -> {
            out.put("flow", flow.flow());
            out.put("from", flow.from());
            out.put("to", flow.to());
            out.put("protocol", flow.protocol());
            out.put("attempts", flow.attempts());
            out.array("results", flow.results(), result -> out.object(() -> {
                key(out, result.key());
                out.put("count", result.count());
            }));
        });
    }

    static void key(JsonOut out, ResultKey key) {
        out.put("outcome", key.outcome());
        out.put("endpoint", key.endpoint());
        out.put("source", key.source());
    }

    private void check(JsonOut out, Check check) {
        out.object(() -> {
            out.put("subject", check.subject());
            out.put("expected", check.statement());
            out.put("verdict", verdict(check.status()));
            out.put("found", narrator.text(check.why()));
        });
    }

    /** {@code passed}, {@code failed}, {@code not checked}. */
    private static String verdict(Check.Status status) {
        return status.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
