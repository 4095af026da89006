package dev.podhop.run.diagnosis;

import dev.podhop.packet.EtherType;
import dev.podhop.packet.TcpFlags;
import dev.podhop.run.result.RunReason;
import dev.podhop.run.result.TraceResult.Diagnosis;
import dev.podhop.run.result.TraceResult.Fix;
import dev.podhop.trace.DropReason;
import dev.podhop.trace.Explanation;
import dev.podhop.trace.Hop;
import dev.podhop.trace.Outcome;
import dev.podhop.trace.Step;
import dev.podhop.workload.AttemptResult;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Says what went wrong in a failed attempt, from its hops and what somebody saw who looked at the
 * cluster's objects meanwhile.
 *
 * <p>The first packet that ended badly decides; of a refusal or a reset the first that somebody
 * answered so, since what was merely lost before was sent again. Where it is an answer that reached
 * its client from an address that nobody had called, the fault lies with the translator that the
 * answer did not pass.
 */
public final class Diagnoser {

    private final AttemptResult attempt;
    private final List<Hop> hops;
    private final Map<Long, Hop> byId;
    private final Witness witness;

    /**
     * A diagnosis of one attempt.
     *
     * @param hops the attempt's own, in order
     */
    public Diagnoser(AttemptResult attempt, List<Hop> hops, Witness witness) {
        this.attempt = attempt;
        this.hops = hops.stream().filter(h -> h.header().etherType() != EtherType.ARP).toList();
        this.byId = this.hops.stream().collect(Collectors.toMap(Hop::id, Function.identity()));
        this.witness = witness;
    }

    public Diagnosis diagnose(List<Fix> fixes) {
        long last = hops.isEmpty() ? 0 : hops.getLast().id();
        Optional<Hop> bad = bad();
        if (attempt.why() != null) {
            return new Diagnosis(attempt.why(), bad.map(Hop::id).orElse(last), List.of(),
                    List.of(), fixes);
        }
        if (bad.isEmpty()) {
            return new Diagnosis(new SilentEnd(attempt, hops, witness).what(), last, List.of(),
                    List.of(), fixes);
        }
        Hop hop = bad.get();
        Way way = Way.to(hop, byId);
        boolean reply = way.isAnswerTo(attempt.local(), attempt.client());
        return new Diagnosis(retried(words(hop)), hop.id(),
                reply ? Way.places(way.answered()).reversed() : List.of(),
                reply ? Way.places(way.last()) : List.of(), fixes);
    }

    private Explanation words(Hop hop) {
        Way way = Way.to(hop, byId);
        return way.isAnswerTo(attempt.local(), attempt.client())
                ? new ReplyWords(attempt, hop, way, witness.about(hop)).what()
                : new RequestWords(attempt, hop, way, witness.about(hop), hops).what();
    }

    /** That the client tried several times, each from a port of its own. */
    private Explanation retried(Explanation what) {
        long tries = hops.stream().filter(h -> h.entry() instanceof Step.Originated)
                .filter(h -> h.place().label().equals(attempt.client()))
                .filter(h -> h.header().destination().equals(attempt.remote().address())
                        && h.header().destinationPort() == attempt.remote().port())
                .map(h -> h.header().sourcePort()).distinct().count();
        return tries < 2 ? what : what.because(RunReason.RETRIED.with("n", String.valueOf(tries)));
    }

    private Optional<Hop> bad() {
        return hops.stream().filter(this::refuses).findFirst()
                .or(() -> hops.stream().filter(Diagnoser::endedBadly).findFirst());
    }

    /** Whether the attempt ended because somebody said no, and this is who said it. */
    private boolean refuses(Hop hop) {
        boolean toldNo = attempt.outcome() == Outcome.Refused
                || attempt.outcome() == Outcome.Reset;
        return toldNo && !Way.to(hop, byId).isAnswerTo(attempt.local(), attempt.client())
                && switch (hop.terminal()) {
                    case Step.Rejected rejected -> !RequestWords.isUnsent(hop);
                    case Step.Dropped dropped -> dropped.reason() == DropReason.NO_SOCKET
                            && (hop.header().tcpFlags() & TcpFlags.RST) == 0;
                    default -> false;
                };
    }

    public static boolean endedBadly(Hop hop) {
        return switch (hop.terminal()) {
            case Step.Dropped dropped -> dropped.reason() != DropReason.OTHERHOST
                    && dropped.reason() != DropReason.ICMP_NO_SOCKET
                    && (hop.header().tcpFlags() & TcpFlags.RST) == 0;
            case Step.Rejected rejected -> true;
            case Step.Transmitted t -> false;
            case Step.Delivered d -> false;
            case Step.Spread s -> false;
        };
    }
}
