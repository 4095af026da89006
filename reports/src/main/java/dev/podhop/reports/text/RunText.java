package dev.podhop.reports.text;

import dev.podhop.net.L4Protocol;
import dev.podhop.reports.Amounts;
import dev.podhop.reports.Narrator;
import dev.podhop.run.Check;
import dev.podhop.run.FailureCause;
import dev.podhop.run.FlowResult;
import dev.podhop.run.ResultCount;
import dev.podhop.run.RunResult;
import java.util.List;

/** A run: what became of each flow, why attempts failed, and whether that was expected. */
public final class RunText {

    private final Narrator narrator;
    private final Style style;

    public RunText(Narrator narrator, Style style) {
        this.narrator = narrator;
        this.style = style;
    }

    /** The whole text. */
    public String render(RunResult run) {
        Page page = new Page();
        page.line(style.title(run.scenario()) + "  seed " + run.seed() + ", "
                + Amounts.duration(run.endNanos()) + " of virtual time");
        for (FlowResult flow : run.flows()) {
            flow(page, flow);
        }
        checks(page, run.checks());
        return page.toString();
    }

    static String flowTitle(String flow, String from, String to, L4Protocol protocol) {
        return "%s: %s to %s over %s".formatted(flow, from, to, protocol);
    }

    /** What became of the attempts, and below it why, for each kind of failure. */
    private void flow(Page page, FlowResult flow) {
        page.gap();
        page.line(style.title(flowTitle(flow.flow(), flow.from(), flow.to(), flow.protocol()))
                + ", " + counted(flow.attempts(), "attempt"));
        TextTable table = new TextTable().row("ATTEMPTS", "SHARE", "OUTCOME", "ENDPOINT",
                "SOURCE SEEN");
        for (ResultCount result : flow.results()) {
            table.row(String.valueOf(result.count()),
                    Amounts.percent(result.count(), flow.attempts()),
                    result.key().outcome().name(), OddsText.orDash(result.key().endpoint()),
                    OddsText.orDash(result.key().source()));
        }
        table.lines().forEach(line -> page.line("  " + line));
        for (FailureCause cause : flow.failures()) {
            page.wrapped("  why %d %s: ".formatted(cause.attempts(), cause.outcome()), 4,
                    narrator.text(cause.why()));
        }
    }

    /** Verdicts in the file's order; a violated invariant comes after them. */
    private void checks(Page page, List<Check> checks) {
        if (checks.isEmpty()) {
            return;
        }
        page.gap();
        page.line(style.title("expected"));
        for (Check check : checks) {
            String verdict = switch (check.status()) {
                case PASSED -> style.good("met        ");
                case FAILED -> style.bad("NOT MET    ");
                case NOT_CHECKED -> "not checked";
            };
            page.wrapped("  " + verdict + "  ", 4, check.subject() + " " + check.statement() + ": "
                    + narrator.text(check.why()));
        }
        page.gap();
        page.line(conclusion(checks));
    }

    /** What nothing here can check counts neither as met nor as failed, and is told. */
    private String conclusion(List<Check> checks) {
        long failed = checks.stream().filter(Check::failed).count();
        long open = checks.stream().filter(c -> c.status() == Check.Status.NOT_CHECKED).count();
        String rest = open == 0 ? "" : ", " + open + " not checked";
        return failed > 0
                ? style.bad(failed + " of " + counted(checks.size(), "expectation") + " not met")
                        + rest
                : style.good("all " + counted(checks.size() - (int) open, "expectation") + " met")
                        + rest;
    }

    private static String counted(int n, String noun) {
        return n + " " + noun + (n == 1 ? "" : "s");
    }
}
