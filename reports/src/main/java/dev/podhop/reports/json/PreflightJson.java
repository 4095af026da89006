package dev.podhop.reports.json;

import dev.podhop.run.during.PreflightReport;
import dev.podhop.run.during.PreflightReport.Row;

/** What a rollout loses, and with which settings nothing. */
public final class PreflightJson {

    private PreflightJson() {}

    /** The whole text. */
    public static String render(PreflightReport report) {
        return JsonOut.text(out -> out.object(() -> {
            out.put("target", report.target());
            out.put("replications", report.replications());
            out.object("today", () -> row(out, report.today()));
            out.array("tried", report.tried(), row -> out.object(() -> row(out, row)));
            Row found = report.found();
            if (found == null) {
                out.put("found", null);
            } else {
                out.object("found", () -> row(out, found));
            }
        }));
    }

    private static void row(JsonOut out, Row row) {
        out.put("preStopSeconds", row.settings().preStop());
        out.put("terminationGracePeriodSeconds", row.settings().grace());
        out.put("minReadySeconds", row.settings().minReady());
        out.array("flows", row.losses().entrySet(), flow -> out.object(() -> {
            out.put("flow", flow.getKey());
            out.put("attempts", flow.getValue().attempts());
            out.strings("lost", flow.getValue().lost().stream().map(String::valueOf).toList());
            out.put("least", String.valueOf(flow.getValue().interval()[0]));
            out.put("most", String.valueOf(flow.getValue().interval()[1]));
        }));
        out.strings("set", row.options());
    }
}
