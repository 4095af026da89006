package dev.podhop.reports.text;

import dev.podhop.reports.Amounts;
import dev.podhop.reports.Narrator;
import dev.podhop.run.OddsResult.FlowOdds;
import dev.podhop.run.OddsResult.ResultOdds;
import dev.podhop.run.TraceResult;
import dev.podhop.run.TraceResult.Diagnosis;
import dev.podhop.run.TraceResult.Fix;
import dev.podhop.trace.Outcome;
import dev.podhop.workload.AttemptResult;
import java.util.List;
import org.apache.commons.math3.fraction.BigFraction;

/** A traced attempt: what was asked, the story, what went wrong, and what helps. */
public final class TraceText {

    private final Narrator narrator;
    private final Style style;
    private final boolean arp;

    /**
     * A renderer.
     *
     * @param arp whether ARP exchanges are told too
     */
    public TraceText(Narrator narrator, Style style, boolean arp) {
        this.narrator = narrator;
        this.style = style;
        this.arp = arp;
    }

    /** The whole text. */
    public String render(TraceResult trace) {
        Page page = new Page();
        AttemptResult attempt = trace.attempt();
        head(page, trace);
        Diagnosis diagnosis = trace.diagnosis();
        new StoryText(page, narrator, style, arp).tell(Legs.of(trace.hops(), arp), attempt.local(),
                attempt.startNanos(), diagnosis == null ? 0 : diagnosis.decidingHop());
        if (diagnosis == null) {
            answered(page, attempt, trace.odds());
        } else {
            wrong(page, trace, diagnosis);
            fixes(page, diagnosis.fixes());
        }
        return page.toString();
    }

    private void head(Page page, TraceResult trace) {
        AttemptResult attempt = trace.attempt();
        FlowOdds odds = trace.odds();
        page.line(style.title("%s to %s over %s: %s after %s".formatted(odds.from(), odds.to(),
                odds.protocol(), attempt.outcome(), Amounts.duration(attempt.durationNanos()))));
        BigFraction share = share(odds, attempt.outcome());
        page.line("Probability of %s: %s (%s).".formatted(attempt.outcome(),
                Amounts.fraction(share), Amounts.percent(share)));
    }

    private void answered(Page page, AttemptResult attempt, FlowOdds odds) {
        page.heading("how it ended", style);
        if (attempt.outcome() == Outcome.Answered) {
            page.wrapped("  ", 2, "%s answered; it saw %s as the client's address.".formatted(
                    attempt.endpoint(), attempt.source()), style::good);
        } else {
            page.wrapped("  ", 2, attempt.outcome() + ".");
        }
        page.line("");
        endings(page, odds);
    }

    private void wrong(Page page, TraceResult trace, Diagnosis diagnosis) {
        if (!diagnosis.expectedReply().isEmpty()) {
            page.heading("the reply's way", style);
            page.wrapped("  expected ", 12, String.join(" > ", diagnosis.expectedReply()));
            page.wrapped("  taken ", 12, String.join(" > ", diagnosis.takenReply()));
            List<String> skipped = skipped(diagnosis);
            if (!skipped.isEmpty()) {
                page.wrapped("  skipped ", 12, String.join(", ", skipped), style::bad);
            }
        }
        page.heading("what went wrong", style);
        page.wrapped("  ", 2, narrator.text(diagnosis.what()));
        Outcome outcome = trace.attempt().outcome();
        BigFraction share = share(trace.odds(), outcome);
        page.wrapped("  ", 2,
                "Probability that an attempt ends so (%s): %s (%s).".formatted(outcome,
                        Amounts.fraction(share), Amounts.percent(share)),
                style::bad);
        page.line("");
        endings(page, trace.odds());
    }

    /** Where it should have come by and did not. */
    private static List<String> skipped(Diagnosis diagnosis) {
        return diagnosis.expectedReply().stream().distinct()
                .filter(place -> !diagnosis.takenReply().contains(place)).toList();
    }

    private static BigFraction share(FlowOdds odds, Outcome outcome) {
        return odds.results().stream().filter(result -> result.key().outcome() == outcome)
                .map(ResultOdds::probability).reduce(BigFraction.ZERO, BigFraction::add);
    }

    private static void endings(Page page, FlowOdds odds) {
        page.line("  All the ways this flow can end:");
        for (String line : OddsText.table(odds)) {
            page.line("    " + line);
        }
    }

    private void fixes(Page page, List<Fix> fixes) {
        page.heading("what helps (each was tried: the odds were computed again with it)", style);
        if (fixes.isEmpty()) {
            page.line("  None of the changes that were tried helps.");
        }
        for (Fix fix : fixes) {
            String odds = "  fails %s -> %s".formatted(Amounts.fraction(fix.failureBefore()),
                    Amounts.fraction(fix.failureAfter()));
            page.wrapped(odds, 22, narrator.text(fix.what()));
        }
    }
}
