package dev.podhop.scenario.expect;

import dev.podhop.scenario.expect.Check.Status;
import dev.podhop.trace.Reason;

/** Why an expectation came out as it did. */
public enum ExpectReason implements Reason {
    SHARE_HOLDS(Status.PASSED, "expect.share.holds", "expected", "count", "attempts"),
    SHARE_POSSIBLE(Status.PASSED, "expect.share.possible", "expected", "count", "attempts"),
    SHARE_OTHER_ODDS(Status.FAILED, "expect.share.other-odds", "expected", "odds", "count",
            "attempts"),
    SHARE_IMPLAUSIBLE(Status.FAILED, "expect.share.implausible", "expected", "count", "attempts",
            "p"),
    SHARE_IMPOSSIBLE(Status.FAILED, "expect.share.impossible", "expected", "count", "attempts"),
    SHARE_ODDS_UNKNOWN(Status.NOT_CHECKED, "expect.share.odds-unknown", "expected", "count",
            "attempts"),
    AMOUNT_HOLDS(Status.PASSED, "expect.amount.holds", "count", "attempts"),
    AMOUNT_OTHER(Status.FAILED, "expect.amount.other", "expected", "count", "attempts"),
    NAMES_HOLD(Status.PASSED, "expect.names.hold", "found"),
    NAMES_OTHER(Status.FAILED, "expect.names.other", "missing", "unexpected"),
    PATH_TAKEN(Status.PASSED, "expect.path.taken", "traced", "attempts"),
    PATH_OTHER(Status.FAILED, "expect.path.other", "found", "attempt"),
    DROP_SEEN(Status.PASSED, "expect.drop.seen", "where", "reason", "seen", "traced"),
    DROP_NOT_SEEN(Status.FAILED, "expect.drop.not-seen", "found", "traced"),
    REPLY_SEEN(Status.PASSED, "expect.reply.seen", "from", "path", "seen", "traced"),
    REPLY_NOT_SEEN(Status.FAILED, "expect.reply.not-seen", "found", "traced"),
    ERRORS_WITHIN(Status.PASSED, "expect.errors.within", "count", "attempts"),
    ERRORS_TOO_MANY(Status.FAILED, "expect.errors.too-many", "atMost", "count", "attempts"),
    LATENCY_WITHIN(Status.PASSED, "expect.latency.within", "found", "answered"),
    LATENCY_OUTSIDE(Status.FAILED, "expect.latency.outside", "expected", "found", "answered"),
    QUESTIONS_HOLD(Status.PASSED, "expect.questions.hold", "each", "attempts"),
    QUESTIONS_OTHER(Status.FAILED, "expect.questions.other", "expected", "found"),
    NONE_ANSWERED(Status.FAILED, "expect.latency.none-answered", "attempts"),
    NO_ATTEMPTS(Status.FAILED, "expect.no-attempts", "flow"),
    NOT_RUN(Status.NOT_CHECKED, "expect.not-run", "flow"),
    NOT_TRACED(Status.NOT_CHECKED, "expect.not-traced", "traced", "attempts"),
    STATE_HOLDS(Status.PASSED, "expect.state.holds", "expected"),
    STATE_OTHER(Status.FAILED, "expect.state.other", "where", "found", "expected");

    /** What the reason amounts to: one reason never both passes and fails. */
    private final Status status;
    private final Wording wording;

    ExpectReason(Status status, String code, String... arguments) {
        this.status = status;
        this.wording = Wording.of(code, arguments);
    }

    @Override
    public Wording wording() {
        return wording;
    }

    /** The check for this reason; values in the order of {@link #arguments}. */
    Check check(String flow, String statement, Object... values) {
        return new Check(flow, statement, status, of(values));
    }
}
