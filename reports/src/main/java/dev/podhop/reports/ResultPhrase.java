package dev.podhop.reports;

import dev.podhop.trace.Reason;

/** The words of texts and pages: headings, heads of columns, and what frames a result. */
public enum ResultPhrase implements Reason {
    // Results, wherever they are shown.
    FLOW("text.flow", "flow", "from", "to", "protocol"),
    WITH_ATTEMPTS("text.flow.attempts", "flow", "attempts"),
    ATTEMPT("text.attempt", "n"),
    ATTEMPTS("text.attempts", "n"),
    FAILS("text.fails", "before", "after"),
    HEAD_ATTEMPTS("text.head.attempts"),
    HEAD_SHARE("text.head.share"),
    HEAD_PROBABILITY("text.head.probability"),
    HEAD_OUTCOME("text.head.outcome"),
    HEAD_ENDPOINT("text.head.endpoint"),
    HEAD_SOURCE("text.head.source"),
    RARE_SOURCES("text.rare.sources", "n"),
    RARE_WAYS("text.rare.ways", "n"),

    /** What a file's objects lack, before anything is run. */
    FINDING("text.finding", "what"),

    // A run.
    RUNS("text.run.runs", "n", "first", "last"),
    EXPECTED_EACH("text.run.expected.each", "n"),
    SEED("text.run.seed", "seed", "time"),
    CAUSE("text.run.cause", "count", "outcome"),
    /** A sentence and the line of a file that it rests on. */
    AT("text.at", "what", "place"),
    /** A line of a file and what stands there. */
    PLACE_OF("text.place", "place", "what"),
    PLACE_OF_DEFAULT("text.place.default", "place", "what"),
    PENDING("text.run.pending"),
    PENDING_PODS("text.run.pending.pods", "pods"),
    PENDING_MORE("text.run.pending.more", "pods", "more"),
    EXPECTED("text.run.expected"),
    MET("text.run.met"),
    NOT_MET("text.run.not-met"),
    NOT_CHECKED("text.run.not-checked"),
    CHECK("text.run.check", "subject", "statement", "why"),
    EXPECTATION("text.run.expectation", "n"),
    EXPECTATIONS("text.run.expectations", "n"),
    SOME_NOT_MET("text.run.some-not-met", "failed", "expectations"),
    ALL_MET("text.run.all-met", "expectations"),
    SOME_OPEN("text.run.some-open", "conclusion", "open"),
    PAGE_SEED("text.page.seed", "seed", "time"),
    PAGE_FLOW("text.page.flow", "from", "to", "protocol", "attempts"),
    PAGE_CAUSE("text.page.cause", "count", "outcome", "why"),
    PAGE_CHECKS("text.page.checks"),
    HEAD_VERDICT("text.head.verdict"),
    HEAD_OF("text.head.of"),
    HEAD_EXPECTED("text.head.expected"),
    HEAD_FOUND("text.head.found"),

    // Odds, and two of them compared.
    NO_FLOW("text.odds.no-flow", "scenario"),
    BOUNDS("text.odds.bounds", "least", "most"),
    EXPLORED("text.odds.explored", "n", "share"),
    UNEXPLORED("text.odds.unexplored", "share"),
    SAME("text.diff.same"),
    ONLY_IN("text.diff.only", "name"),
    MORE("text.diff.more"),
    LESS("text.diff.less"),
    PARTS("text.diff.parts", "place"),
    PARTS_AT("text.diff.parts.at", "name", "stage", "what"),
    PARTS_OVER("text.diff.parts.over", "name"),
    WRONG_IN("text.diff.wrong", "name", "why"),

    // A trace.
    TRACE("text.trace.head", "from", "to", "protocol", "outcome", "time"),
    CERTAIN("text.trace.certain", "outcome"),
    LIKELY_THEN("text.trace.likely.then", "time", "outcome", "share", "percent"),
    LIKELY("text.trace.likely", "outcome", "share", "percent"),
    FILTERED("text.trace.filtered"),
    ENDINGS("text.trace.endings"),
    ENDING("text.trace.ending"),
    ANSWERED("text.trace.answered", "endpoint", "source"),
    ENDED_SO("text.trace.outcome", "outcome"),
    WAY("text.trace.way"),
    WAY_EXPECTED("text.trace.way.expected"),
    WAY_TAKEN("text.trace.way.taken"),
    WAY_SKIPPED("text.trace.way.skipped"),
    WRONG("text.trace.wrong"),
    THERE("text.trace.there", "why"),
    FIXES("text.trace.fixes"),
    NO_FIX("text.trace.no-fix"),

    // The story in a trace.
    LEG("text.leg", "number", "kind", "packet"),
    LEG_PATH("text.leg.path"),
    LEG_ALONG("text.leg.along", "path", "end"),
    LEG_AGAIN("text.leg.again"),
    LEG_SHORT("text.leg.short", "kind", "what"),
    LEG_AS("text.leg.as", "number", "end"),
    LEG_REDRAWN("text.leg.as.redrawn", "number", "end"),
    LEG_REMEMBERED("text.leg.as.remembered", "number", "end"),
    LEG_END("text.leg.end", "what", "place"),
    LEG_SAID("text.leg.said", "end", "said"),
    LEG_WITH("text.leg.with", "with"),
    DECIDED("text.leg.decided"),
    REQUEST("text.leg.request"),
    REPLY("text.leg.reply"),
    RESET("text.leg.reset"),
    ERROR("text.leg.error"),
    NEIGHBOUR("text.leg.neighbour"),
    COPY("text.leg.copy"),
    QUESTION("text.leg.question"),
    ANSWER("text.leg.answer"),
    PACKET("text.leg.packet");

    private final Wording wording;

    ResultPhrase(String code, String... arguments) {
        this.wording = Wording.of(code, arguments);
    }

    @Override
    public Wording wording() {
        return wording;
    }
}
