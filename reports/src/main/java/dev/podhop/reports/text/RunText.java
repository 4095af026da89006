package dev.podhop.reports.text;

import dev.podhop.reports.Amounts;
import dev.podhop.reports.Narrator;
import dev.podhop.reports.ResultPhrase;
import dev.podhop.run.result.FailureCause;
import dev.podhop.run.result.FlowResult;
import dev.podhop.run.result.RunResult;
import dev.podhop.scenario.expect.Check;
import dev.podhop.workload.ResultKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.commons.math3.fraction.BigFraction;

/** A run: what became of each flow, why attempts failed, and whether that was expected. */
public final class RunText {

    private static final int VERDICT = 11;
    private static final int NAMED = 3;

    private final Narrator narrator;
    private final Sheet sheet;

    public RunText(Narrator narrator, Sheet sheet) {
        this.narrator = narrator;
        this.sheet = sheet;
    }

    /** The whole text. */
    public String render(RunResult run) {
        Page page = new Page(sheet);
        String about = run.runs() == 1
                ? narrator.say(ResultPhrase.SEED, run.seed(), Amounts.duration(run.endNanos()))
                : narrator.say(ResultPhrase.RUNS, run.runs(), run.seed(),
                        run.seed() + run.runs() - 1);
        page.wrapped(run.scenario() + "  ", Emphasis.TITLE, 4, about, Emphasis.NONE);
        for (FlowResult flow : run.flows()) {
            flow(page, flow);
        }
        unscheduled(page, run.unscheduled());
        checks(page, run.checks(), run.runs());
        return page.toString();
    }

    /** What became of the attempts, and below it why, for each kind of failure. */
    private void flow(Page page, FlowResult flow) {
        page.gap();
        String title = narrator.say(ResultPhrase.FLOW, flow.flow(), flow.from(), flow.to(),
                flow.protocol());
        page.wrapped("", 0, narrator.say(ResultPhrase.WITH_ATTEMPTS, title,
                counted(flow.attempts(), ResultPhrase.ATTEMPT, ResultPhrase.ATTEMPTS)),
                Emphasis.TITLE);
        TextTable table = new TextTable().row(narrator.say(ResultPhrase.HEAD_ATTEMPTS),
                narrator.say(ResultPhrase.HEAD_SHARE), narrator.say(ResultPhrase.HEAD_OUTCOME),
                narrator.say(ResultPhrase.HEAD_ENDPOINT), narrator.say(ResultPhrase.HEAD_SOURCE));
        Map<ResultKey, BigFraction> ways = new LinkedHashMap<>();
        flow.results().forEach(result -> ways.put(result.key(),
                new BigFraction(result.count(), flow.attempts())));
        new WayRows(table, narrator, sheet.all(), share -> List.of(
                Amounts.fraction(share.multiply(flow.attempts())), Amounts.percent(share)))
                .add(ways);
        page.table(table);
        OddsText.policies(page, narrator, flow.policies());
        for (FailureCause cause : flow.failures()) {
            String lead = narrator.say(ResultPhrase.CAUSE, cause.attempts(), cause.outcome());
            String why = narrator.text(cause.why());
            page.wrapped("  " + Columns.lead(lead), 4, why);
            new PlaceLines(narrator, sheet).add(page, 6, why, cause.evidence());
        }
    }

    /** A pod that stayed without a node is rarely meant, and shows as refusals elsewhere. */
    private void unscheduled(Page page, List<String> pods) {
        if (!pods.isEmpty()) {
            page.gap();
            int rest = pods.size() - NAMED;
            String named = pods.stream().limit(NAMED).collect(Collectors.joining(", "));
            page.wrapped(Columns.lead(narrator.say(ResultPhrase.PENDING)), 4,
                    narrator.say(ResultPhrase.PENDING_PODS, rest <= 0 ? named
                            : narrator.say(ResultPhrase.PENDING_MORE, named, rest)));
        }
    }

    /** Verdicts in the file's order; a violated invariant comes after them. */
    private void checks(Page page, List<Check> checks, int runs) {
        if (checks.isEmpty()) {
            return;
        }
        page.gap();
        page.line(Emphasis.TITLE, runs == 1 ? narrator.say(ResultPhrase.EXPECTED)
                : narrator.say(ResultPhrase.EXPECTED_EACH, runs));
        for (Check check : checks) {
            String verdict = verdict(switch (check.status()) {
                case PASSED -> ResultPhrase.MET;
                case FAILED -> ResultPhrase.NOT_MET;
                case NOT_CHECKED -> ResultPhrase.NOT_CHECKED;
            });
            Emphasis emphasis = switch (check.status()) {
                case PASSED -> Emphasis.GOOD;
                case FAILED -> Emphasis.BAD;
                case NOT_CHECKED -> Emphasis.NONE;
            };
            page.wrapped("  " + verdict + "  ", emphasis, 4, narrator.say(ResultPhrase.CHECK,
                    check.subject(), check.statement(), narrator.text(check.why())),
                    Emphasis.NONE);
        }
        page.gap();
        page.line(checks.stream().anyMatch(Check::failed) ? Emphasis.BAD : Emphasis.GOOD,
                conclusion(checks));
    }

    /** What nothing here can check counts neither as met nor as failed, and is told. */
    private String conclusion(List<Check> checks) {
        long failed = checks.stream().filter(Check::failed).count();
        long open = checks.stream().filter(c -> c.status() == Check.Status.NOT_CHECKED).count();
        String conclusion = failed > 0
                ? narrator.say(ResultPhrase.SOME_NOT_MET, failed, expectations(checks.size()))
                : narrator.say(ResultPhrase.ALL_MET, expectations(checks.size() - (int) open));
        return open == 0 ? conclusion : narrator.say(ResultPhrase.SOME_OPEN, conclusion, open);
    }

    private String expectations(int n) {
        return counted(n, ResultPhrase.EXPECTATION, ResultPhrase.EXPECTATIONS);
    }

    private String counted(int n, ResultPhrase one, ResultPhrase many) {
        return narrator.say(n == 1 ? one : many, n);
    }

    private String verdict(ResultPhrase word) {
        return Columns.pad(narrator.say(word), VERDICT);
    }
}
