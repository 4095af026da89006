package dev.podhop.reports.text;

import dev.podhop.reports.Amounts;
import dev.podhop.reports.Narrator;
import dev.podhop.reports.ResultPhrase;
import dev.podhop.reports.StepWords;
import dev.podhop.scenario.evidence.Citations;
import dev.podhop.scenario.evidence.Cited;
import dev.podhop.trace.DropReason;
import dev.podhop.trace.Explanation;
import dev.podhop.trace.Hop;
import dev.podhop.trace.Step;
import dev.podhop.workload.resolver.ResolverReason;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The hops of a trace as a story.
 *
 * <pre>
 *   --- 1. request: SYN 10.244.1.5:32769 > 198.51.100.7:80 ----------------
 *     0.020 ms  node/n1, in by veth1   SYN 10.244.1.5:32769 > 198.51.100.7:80
 *       PREROUTING   conntrack   NEW: first packet of a connection ...
 * </pre>
 */
final class StoryText {

    private static final int STAGE = 4;
    private static final int WHAT = 17;
    private static final int TEXT = 28;
    private static final int PACKET = 45;
    private static final int AGAIN = 42;
    /** Below this width what happened stands under its label, not beside it. */
    private static final int ROOMY = 100;
    private static final int NARROW_TEXT = 8;
    private static final int NARROW_PACKET = 13;

    private final Page page;
    private final Narrator narrator;
    private final boolean narrow;
    private final boolean all;
    private final Set<Explanation> told = new HashSet<>();
    private final Set<String> places = new HashSet<>();
    private boolean decided;
    private final boolean arp;
    private final Predicate<Hop> wanted;
    private final Citations citations;

    /** @param citations which lines of the files a step rests on */
    StoryText(Page page, Narrator narrator, Sheet sheet, boolean arp, Predicate<Hop> wanted,
            Citations citations) {
        this.citations = citations;
        this.page = page;
        this.narrator = narrator;
        this.all = sheet.all();
        this.narrow = sheet.width() < ROOMY;
        this.arp = arp;
        this.wanted = wanted;
    }

    /**
     * Tells all legs: in full what goes a way for the first time, in a line each what repeats it.
     *
     * @param decidingHop where it was decided; 0 for nowhere
     * @return whether that hop was told in full
     */
    boolean tell(List<ToldLeg> legs, long startNanos, long decidingHop) {
        boolean repeating = false;
        for (ToldLeg leg : legs) {
            if (leg.hops().stream().noneMatch(wanted)) {
                continue;
            }
            if (leg.like() == 0 || all) {
                full(leg, startNanos, decidingHop);
            } else {
                if (!repeating) {
                    page.heading(narrator.say(ResultPhrase.LEG_AGAIN));
                }
                repeated(leg, legs.get(leg.like() - 1), startNanos);
            }
            repeating = leg.like() != 0 && !all;
        }
        return decided;
    }

    private void full(ToldLeg leg, long startNanos, long decidingHop) {
        page.heading(narrator.say(ResultPhrase.LEG, leg.number(), narrator.say(leg.kind()),
                narrator.packet(leg.first().header())));
        boolean afterwards = decidingHop > 0 && leg.first().id() > decidingHop
                && leg.kind() == ResultPhrase.RESET;
        page.wrapped("    " + Columns.lead(narrator.say(ResultPhrase.LEG_PATH)), 9,
                afterwards && !all
                        ? narrator.say(ResultPhrase.LEG_ALONG, leg.path(), end(leg))
                        : leg.path());
        if (afterwards && !all) {
            return; // what a decision brings about decides nothing any more
        }
        for (Hop hop : leg.hops().stream().filter(wanted).toList()) {
            page.gap();
            hop(hop, startNanos);
            if (hop.id() == decidingHop) {
                page.line("    " + narrator.say(ResultPhrase.DECIDED));
                decided = true;
            }
        }
    }

    private void repeated(ToldLeg leg, ToldLeg model, long startNanos) {
        String lead = String.format(Locale.ROOT, "%3d. %11s  ", leg.number(),
                Amounts.time(leg.first().timeNanos() - startNanos))
                + narrator.say(ResultPhrase.LEG_SHORT, narrator.say(leg.kind()),
                        leg.first().header().what());
        boolean remembered = model.asksNatRules() && !leg.asksNatRules();
        int indent = narrow ? NARROW_TEXT : AGAIN;
        page.wrapped(Columns.of(lead) < indent ? lead : lead + "  ", indent,
                narrator.say(remembered ? ResultPhrase.LEG_REMEMBERED
                        : leg.redrawn() ? ResultPhrase.LEG_REDRAWN
                        : ResultPhrase.LEG_AS,
                        leg.like(), end(leg)));
    }

    /** How it ended; where names are asked for also what was said, as only that differs. */
    private String end(ToldLeg leg) {
        StepWords words = narrator.words(leg.last(), leg.last().terminal());
        String end = narrator.say(ResultPhrase.LEG_END, words.what().toLowerCase(Locale.ROOT),
                leg.last().place().label());
        Step.Entry entry = leg.first().entry();
        return entry.why().reason() instanceof ResolverReason
                ? narrator.say(ResultPhrase.LEG_SAID, end, narrator.text(entry.why()))
                : end;
    }

    private void hop(Hop hop, long startNanos) {
        Step.Entry entry = hop.entry();
        String place =
                String.format(Locale.ROOT, "%11s  %s", Amounts.time(hop.timeNanos() - startNanos),
                        narrator.place(hop));
        if (narrow) {
            page.line(place);
            page.wrapped("", NARROW_PACKET, narrator.packet(entry.header()), Emphasis.TITLE);
        } else {
            page.wrapped(Columns.pad(place + "  ", PACKET), PACKET,
                    narrator.packet(entry.header()), Emphasis.TITLE);
        }
        String stage = "";
        Explanation before = Explanation.NONE;
        for (Step step : hop.steps()) {
            if (!isTold(hop, step)) {
                continue;
            }
            StepWords words = narrator.words(hop, step);
            boolean known = step.why().equals(before);
            step(told(step, placed(hop, step, words)),
                    words.stage().equals(stage) ? "" : words.stage(),
                    emphasis(step),
                    known ? bareEnd(step) : retold(step, words));
            stage = words.stage();
            before = step.why();
        }
    }

    /**
     * How it came in stands in the hop's own line, what a bridge sends out in the bridge's
     * decision; a neighbour's answer belongs to ARP, and so does a wait for it that did not last.
     * What a socket takes, or none wants, was addressed to its host.
     */
    private boolean isTold(Hop hop, Step step) {
        return switch (step) {
            case Step.Received received -> false;
            case Step.Route route -> all || !isForSocket(hop.terminal());
            case Step.Passed passed -> !passed.out();
            case Step.Neighbour neighbour -> arp || all || !neighbour.resolved()
                    && !(hop.terminal() instanceof Step.Transmitted);
            default -> true;
        };
    }

    private static boolean isForSocket(Step.Terminal end) {
        return end instanceof Step.Delivered || end instanceof Step.Dropped dropped
                && dropped.reason() == DropReason.NO_SOCKET;
    }

    private static Emphasis emphasis(Step step) {
        return switch (step) {
            case Step.Dropped dropped -> Emphasis.BAD;
            case Step.Rejected rejected -> Emphasis.BAD;
            case Step.Delivered delivered -> Emphasis.GOOD;
            default -> Emphasis.NONE;
        };
    }

    /** How a packet ended whose reason the step before has told already. */
    private @Nullable String bareEnd(Step step) {
        return switch (step) {
            case Step.Dropped dropped -> dropped.reason().name();
            case Step.Rejected rejected -> narrator.say(ResultPhrase.LEG_WITH, rejected.with());
            default -> null;
        };
    }

    /**
     * With the line of the files that each sentence rests on first, where somebody wrote it, and
     * which no sentence before has named.
     */
    private StepWords placed(Hop hop, Step step, StepWords words) {
        List<StepWords.Remark> remarks = new ArrayList<>();
        for (int i = 0; i < words.remarks().size(); i++) {
            StepWords.Remark remark = words.remarks().get(i);
            Explanation why = step instanceof Step.RuleWalk walk ? walk.rules().get(i).why()
                    : step.why();
            remarks.add(new StepWords.Remark(place(hop, why)
                    .map(place -> narrator.say(ResultPhrase.AT, remark.sentence(), place))
                    .orElse(remark.sentence()), remark.evidence()));
        }
        return new StepWords(words.stage(), words.what(), remarks);
    }

    private Optional<String> place(Hop hop, Explanation why) {
        return citations.ofAlone(hop, why).stream()
                .filter(cited -> cited.line() > 0 && !cited.byDefault()).map(Cited::place)
                .findFirst().filter(place -> all || places.add(place));
    }

    /** The jump from a hook's own chain into somebody's rules says nothing that they do not. */
    private StepWords told(Step step, StepWords words) {
        boolean jumps = step instanceof Step.RuleWalk walk && walk.rules().size() > 1
                && walk.rules().getFirst().chain().equals(walk.hook().name());
        return jumps && !all ? new StepWords(words.stage(), words.what(),
                words.remarks().subList(1, words.remarks().size())) : words;
    }

    /**
     * What tracking and translating mean is told once; after that, what was seen and changed.
     */
    private @Nullable String retold(Step step, StepWords words) {
        boolean explains = step instanceof Step.Conntrack || step instanceof Step.Nat;
        if (!explains || all || told.add(step.why())) {
            return null;
        }
        String whole = words.remarks().getFirst().sentence();
        String why = narrator.text(step.why());
        return whole.endsWith(why)
                ? whole.substring(0, whole.length() - why.length()).replaceFirst("[:\uff1a] *$", "")
                : null;
    }

    private void step(StepWords words, String stage, Emphasis emphasis,
            @Nullable String instead) {
        String label = pad(" ".repeat(STAGE) + stage, WHAT) + words.what();
        int indent = narrow ? NARROW_TEXT : TEXT;
        if (narrow) {
            page.line(label);
            label = "";
        }
        for (StepWords.Remark remark : words.remarks()) {
            page.wrapped(label.isEmpty() ? "" : pad(label, indent), indent,
                    instead == null ? remark.sentence() : instead, emphasis);
            if (!remark.evidence().isEmpty()) {
                page.wrapped("", indent + 2, remark.evidence(), Emphasis.FAINT);
            }
            label = "";
        }
    }

    private static String pad(String text, int width) {
        return Columns.pad(text + " ", width);
    }
}
