package dev.podhop.run.diagnosis;

import dev.podhop.run.result.RunReason;
import dev.podhop.run.result.Waited;
import dev.podhop.trace.DropReason;
import dev.podhop.trace.Explanation;
import dev.podhop.trace.Hop;
import dev.podhop.trace.Outcome;
import dev.podhop.trace.Step;
import dev.podhop.workload.AttemptResult;
import java.util.List;
import java.util.Optional;

/** Why an attempt failed of which no packet ended badly. */
final class SilentEnd {

    private final AttemptResult attempt;
    private final List<Hop> hops;
    private final String home;
    private final Witness witness;

    /** @param home where the client's sockets are */
    SilentEnd(AttemptResult attempt, List<Hop> hops, String home, Witness witness) {
        this.attempt = attempt;
        this.hops = hops;
        this.home = home;
        this.witness = witness;
    }

    Explanation what() {
        String target = attempt.remote().toString();
        if (attempt.outcome() == Outcome.Unreachable && hops.isEmpty()) {
            return RunReason.SENDER_UNROUTED.with("client", attempt.client(), "address",
                    attempt.remote().address().toString());
        }
        // Whoever took a packet of the client's last.
        Optional<Hop> server = hops.stream()
                .filter(h -> h.terminal() instanceof Step.Delivered)
                .filter(h -> !h.place().label().equals(home))
                .reduce((one, later) -> later);
        if (attempt.outcome() == Outcome.Reset) {
            return server.flatMap(hop -> witness.about(hop).facts().stream().findFirst())
                    .orElseGet(() -> RunReason.CLOSED_UNANSWERED.with("target", target));
        }
        if (server.isEmpty() && !hops.isEmpty()) {
            Hop last = hops.getLast();
            return isStrange(last)
                    ? witness.about(last).behind(
                            RunReason.NOBODY_TOOK.with("target", target, "waited",
                                    Waited.of(attempt)))
                    : RunReason.UNDER_WAY.with("target", target, "waited", Waited.of(attempt),
                            "place", last.place().label());
        }
        return RunReason.NEVER_ANSWERED.with("target",
                server.map(h -> h.place().label()).orElse(target), "waited", Waited.of(attempt));
    }

    /** Whether a bridge offered the frame to all, and it was for another MAC address. */
    private static boolean isStrange(Hop hop) {
        return hop.terminal() instanceof Step.Dropped dropped
                && dropped.reason() == DropReason.OTHERHOST;
    }
}
