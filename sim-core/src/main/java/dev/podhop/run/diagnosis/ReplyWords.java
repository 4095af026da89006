package dev.podhop.run.diagnosis;

import dev.podhop.netstack.PathReason;
import dev.podhop.packet.Header;
import dev.podhop.run.diagnosis.Witness.Testimony;
import dev.podhop.run.result.RunReason;
import dev.podhop.run.result.Waited;
import dev.podhop.trace.DropReason;
import dev.podhop.trace.Explanation;
import dev.podhop.trace.Hop;
import dev.podhop.trace.Step;
import dev.podhop.workload.AttemptResult;
import java.util.List;

/** Why an answer did not reach its client, or was not taken for one. */
final class ReplyWords {

    private final AttemptResult attempt;
    private final Hop hop;
    private final HopChain way;
    private final Testimony seen;

    ReplyWords(AttemptResult attempt, Hop hop, HopChain way, Testimony seen) {
        this.attempt = attempt;
        this.hop = hop;
        this.way = way;
        this.seen = seen;
    }

    Explanation what() {
        if (!(hop.terminal() instanceof Step.Dropped dropped)) {
            return seen.behind(RunReason.DROPPED_REPLY.with("place", hop.place().label(), "reason",
                    DropReason.NETFILTER_DROP.name(), "from", from(hop.header()))
                    .because(HopChain.rule(hop).orElse(hop.terminal().why())));
        }
        String from = from(dropped.header());
        String place = hop.place().label();
        List<String> skipped = way.skipped();
        if (dropped.reason() == DropReason.NO_SOCKET) {
            return refusedByClient(from, skipped);
        }
        if (hop.steps().stream().anyMatch(s -> s instanceof Step.Conntrack ct
                && ct.why().is(PathReason.CT_INVALID))) {
            List<String> missed = missed(skipped);
            return missed.isEmpty() ? RunReason.REPLY_INVALID.with("place", place, "from", from)
                    : RunReason.REPLY_UNKNOWN.with("place", place, "from", from, "skipped",
                            String.join(", ", missed));
        }
        boolean answer = way.isAboutName();
        Explanation what = answer
                ? RunReason.DROPPED_ANSWER.with("place", place, "reason", dropped.reason().name(),
                        "client", attempt.client())
                : RunReason.DROPPED_REPLY.with("place", place, "reason", dropped.reason().name(),
                        "from", from);
        return seen.behind(what.because(dropped.why()));
    }

    private static String from(Header header) {
        return header.source().withPort(header.sourcePort());
    }

    private Explanation refusedByClient(String from, List<String> skipped) {
        String called = attempt.remote().toString();
        if (from.equals(called)) {
            return RunReason.REPLY_LATE.with("from", from, "client", attempt.client(), "late",
                    Waited.about(Math.max(0, hop.endNanos() - attempt.endNanos())), "waited",
                    Waited.of(attempt));
        }
        if (skipped.isEmpty()) {
            return RunReason.REPLY_STRANGE.with("called", called, "from", from, "client",
                    attempt.client());
        }
        boolean bridged = skipped.stream().allMatch(way::isBridgedOnlyAt);
        List<String> missed = missed(skipped);
        if (!bridged && missed.isEmpty()) {
            return RunReason.REPLY_ELSEWHERE.with("called", called, "from", from, "skipped",
                    String.join(", ", skipped), "as",
                    way.passedAs(skipped.getLast()).orElseThrow(), "client", attempt.client());
        }
        return (bridged ? RunReason.REPLY_BRIDGED : RunReason.REPLY_BYPASSED).with("called",
                called, "from", from, "skipped", String.join(", ", bridged ? skipped : missed),
                "client", attempt.client());
    }

    /** Of places that did not translate the answer back, those that it did not come by at all. */
    private List<String> missed(List<String> skipped) {
        return skipped.stream().filter(place -> way.passedAs(place).isEmpty()).toList();
    }
}
