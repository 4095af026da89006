package dev.podhop.reports.text;

import dev.podhop.reports.Amounts;
import dev.podhop.reports.Narrator;
import dev.podhop.reports.ResultPhrase;
import dev.podhop.run.result.OddsResult.FlowOdds;
import dev.podhop.run.result.OddsResult.ResultOdds;
import dev.podhop.run.result.RunReason;
import dev.podhop.run.result.TraceResult;
import dev.podhop.run.result.TraceResult.Diagnosis;
import dev.podhop.run.result.TraceResult.Fix;
import dev.podhop.trace.Hop;
import dev.podhop.trace.Outcome;
import dev.podhop.trace.Step;
import dev.podhop.workload.AttemptResult;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.commons.math3.fraction.BigFraction;

/**
 * A traced attempt: what was asked, the story, what went wrong, and what helps. The end stands
 * last, because that is what a terminal still shows when the story has scrolled away.
 */
public final class TraceText {

    private final Narrator narrator;
    private final Sheet sheet;
    private final boolean arp;

    /**
     * A renderer.
     *
     * @param arp whether ARP exchanges are told too
     */
    public TraceText(Narrator narrator, Sheet sheet, boolean arp) {
        this.narrator = narrator;
        this.sheet = sheet;
        this.arp = arp;
    }

    /** The whole text, with every hop. */
    public String render(TraceResult trace) {
        return render(trace, hop -> true);
    }

    /** The whole text, with the hops that are wanted. */
    public String render(TraceResult trace, Predicate<Hop> wanted) {
        Page page = new Page(sheet);
        AttemptResult attempt = trace.attempt();
        head(page, trace);
        Diagnosis diagnosis = trace.diagnosis();
        if (trace.hops().stream().noneMatch(wanted)) {
            page.gap();
            page.line(narrator.say(ResultPhrase.FILTERED));
        }
        boolean told = new StoryText(page, narrator, sheet, arp, wanted,
                trace.backdrop().citations()).tell(ToldLegs.of(trace.hops(), arp),
                        attempt.startNanos(), diagnosis == null ? 0 : diagnosis.decidingHop());
        endings(page, trace.odds());
        if (diagnosis == null) {
            answered(page, attempt);
        } else {
            way(page, diagnosis);
            wrong(page, trace, diagnosis, told);
            fixes(page, diagnosis.fixes());
        }
        return page.toString();
    }

    private void heading(Page page, ResultPhrase title) {
        page.heading(narrator.say(title));
    }

    private String label(ResultPhrase word) {
        return "  " + narrator.say(word) + " ";
    }

    private void head(Page page, TraceResult trace) {
        AttemptResult attempt = trace.attempt();
        FlowOdds odds = trace.odds();
        page.wrapped("", 0, narrator.say(ResultPhrase.TRACE, odds.from(), odds.to(),
                odds.protocol(), attempt.outcome(), Amounts.duration(attempt.durationNanos())),
                Emphasis.TITLE);
        page.wrapped("", 0, likelihood(trace));
    }

    private String likelihood(TraceResult trace) {
        Outcome outcome = trace.attempt().outcome();
        BigFraction share = share(trace.odds(), outcome);
        Optional<String> then = trace.odds().notes().stream()
                .filter(note -> note.is(RunReason.ODDS_MOMENT))
                .map(note -> note.arguments().getOrDefault("time", "")).findFirst();
        if (then.isPresent()) {
            return narrator.say(ResultPhrase.LIKELY_THEN, then.get(), outcome,
                    Amounts.fraction(share), Amounts.percent(share));
        }
        return share.equals(BigFraction.ONE) ? narrator.say(ResultPhrase.CERTAIN, outcome)
                : narrator.say(ResultPhrase.LIKELY, outcome, Amounts.fraction(share),
                        Amounts.percent(share));
    }

    /** The attempt that was traced among all that might have been. */
    private void endings(Page page, FlowOdds odds) {
        heading(page, ResultPhrase.ENDINGS);
        new OddsText(narrator, sheet).table(page, odds);
    }

    private void answered(Page page, AttemptResult attempt) {
        heading(page, ResultPhrase.ENDING);
        if (attempt.outcome() == Outcome.Answered) {
            page.wrapped("  ", 2, narrator.say(ResultPhrase.ANSWERED, attempt.endpoint(),
                    attempt.source()), Emphasis.GOOD);
        } else {
            page.wrapped("  ", 2, narrator.say(ResultPhrase.ENDED_SO, attempt.outcome()));
        }
    }

    /**
     * The way that the answer should have taken beside the one it took: where they part, it broke.
     */
    private void way(Page page, Diagnosis diagnosis) {
        if (diagnosis.expectedReply().isEmpty()) {
            return;
        }
        heading(page, ResultPhrase.WAY);
        page.wrapped(label(ResultPhrase.WAY_EXPECTED), 12,
                String.join(" > ", diagnosis.expectedReply()));
        page.wrapped(label(ResultPhrase.WAY_TAKEN), 12, String.join(" > ", diagnosis.takenReply()));
        List<String> skipped = skipped(diagnosis);
        if (!skipped.isEmpty()) {
            page.wrapped(label(ResultPhrase.WAY_SKIPPED), 12, String.join(", ", skipped),
                    Emphasis.BAD);
        }
    }

    /**
     * In plain words, with the lines that they rest on; then the kernel's own reason at the place
     * where it was decided, where that was not told.
     */
    private void wrong(Page page, TraceResult trace, Diagnosis diagnosis, boolean told) {
        heading(page, ResultPhrase.WRONG);
        String what = narrator.text(diagnosis.what());
        page.wrapped("  ", 2, what);
        new PlaceLines(narrator, sheet).add(page, 4, what, diagnosis.evidence());
        if (!told && diagnosis.what().because() == null) {
            there(page, trace, diagnosis);
        }
    }

    /** The kernel's own words, where no deeper reason is known. */
    private void there(Page page, TraceResult trace, Diagnosis diagnosis) {
        for (Hop hop : trace.hops()) {
            boolean ends = hop.terminal() instanceof Step.Dropped
                    || hop.terminal() instanceof Step.Rejected;
            if (hop.id() == diagnosis.decidingHop() && ends) {
                page.wrapped("  ", 2, narrator.say(ResultPhrase.THERE,
                        narrator.text(hop.terminal().why())));
            }
        }
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

    /** Only what was tried: a fix that was not computed is advice, and there is enough of that. */
    private void fixes(Page page, List<Fix> fixes) {
        heading(page, ResultPhrase.FIXES);
        if (fixes.isEmpty()) {
            page.line("  " + narrator.say(ResultPhrase.NO_FIX));
        }
        for (Fix fix : fixes) {
            String odds = narrator.say(ResultPhrase.FAILS, Amounts.fraction(fix.failureBefore()),
                    Amounts.fraction(fix.failureAfter()));
            page.wrapped("  " + odds, 22, narrator.text(fix.what()));
            // On a line of its own, whole: it is there to be copied.
            fix.options().forEach(option -> page.line("    " + option));
        }
    }
}
