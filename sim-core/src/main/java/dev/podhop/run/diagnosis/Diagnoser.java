package dev.podhop.run.diagnosis;

import dev.podhop.packet.EtherType;
import dev.podhop.packet.TcpFlags;
import dev.podhop.run.result.RunReason;
import dev.podhop.run.result.TraceResult.Diagnosis;
import dev.podhop.run.result.TraceResult.Fix;
import dev.podhop.scenario.evidence.Citations;
import dev.podhop.scenario.evidence.Cited;
import dev.podhop.trace.DropReason;
import dev.podhop.trace.Explanation;
import dev.podhop.trace.Hop;
import dev.podhop.trace.Leg;
import dev.podhop.trace.Legs;
import dev.podhop.trace.Outcome;
import dev.podhop.trace.Step;
import dev.podhop.workload.AttemptResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
    private final Legs legs;
    private final Witness witness;
    /** Where the client's sockets are: of a pod on its node's network, the node. */
    private final String home;

    /**
     * A diagnosis of one attempt.
     *
     * @param hops the attempt's own, in order
     */
    public Diagnoser(AttemptResult attempt, List<Hop> hops, Witness witness) {
        this.attempt = attempt;
        this.hops = hops.stream().filter(h -> h.header().etherType() != EtherType.ARP).toList();
        this.legs = Legs.of(this.hops);
        this.witness = witness;
        this.home = this.hops.stream().filter(h -> h.entry() instanceof Step.Originated)
                .filter(h -> h.header().source().equals(attempt.local().address())
                        && h.header().sourcePort() == attempt.local().port())
                .map(h -> h.place().label()).findFirst().orElse(attempt.client());
    }

    /** In plain words, as a code. */
    public Explanation what() {
        Explanation known = attempt.why();
        return known != null ? known
                : bad().map(hop -> retried(words(hop)))
                        .orElseGet(() -> new SilentEnd(attempt, hops, home, witness).what());
    }

    /**
     * Whether no later hop can make a difference: what ended badly ended the attempt. A refusal
     * that its client did not hear in time may still arrive, or be found to have told of nothing
     * that it knows; and where nothing has ended badly yet, something may.
     */
    boolean isSettled() {
        return bad().filter(hop -> attempt.outcome() != Outcome.TimedOut
                || !(hop.terminal() instanceof Step.Rejected)).isPresent();
    }

    /**
     * The same with all that is known of it.
     *
     * @param fixes what was tried against it
     * @param citations which lines of the files a step rests on
     */
    public Diagnosis diagnose(List<Fix> fixes, Citations citations) {
        Optional<Hop> bad = bad();
        Hop decided = bad.orElse(hops.isEmpty() ? null : hops.getLast());
        long id = decided == null ? 0 : decided.id();
        List<Cited> evidence = decided == null ? List.of() : evidence(decided, citations);
        Optional<HopChain> reply = attempt.why() != null ? Optional.empty()
                : bad.map(this::way).filter(this::isReply);
        return new Diagnosis(what(), id,
                reply.map(way -> Leg.places(way.answered()).reversed()).orElse(List.of()),
                reply.map(way -> Leg.places(way.last())).orElse(List.of()), fixes, evidence);
    }

    private HopChain way(Hop hop) {
        return new HopChain(legs.wayTo(hop));
    }

    private boolean isReply(HopChain way) {
        return way.isAnswerTo(attempt.local(), home);
    }

    /** The end's own reason, and the rules and balancers that brought the packet there. */
    private List<Cited> evidence(Hop hop, Citations citations) {
        HopChain way = way(hop);
        List<Cited> all = new ArrayList<>(citations.of(hop, hop.terminal()));
        for (Hop each : isReply(way) ? way.answered() : way.last()) {
            each.steps().stream().filter(step -> step instanceof Step.RuleWalk
                    || step instanceof Step.BackendChoice)
                    .forEachOrdered(step -> all.addAll(citations.of(each, step)));
        }
        return Citations.lines(all);
    }

    private Explanation words(Hop hop) {
        HopChain way = way(hop);
        return isReply(way) ? new ReplyWords(attempt, hop, way, witness.about(hop)).what()
                : new RequestWords(attempt, hop, way, witness.about(hop), hops, home).what();
    }

    /** That the client tried several times, each from a port of its own. */
    private Explanation retried(Explanation what) {
        long tries = hops.stream().filter(h -> h.entry() instanceof Step.Originated)
                .filter(h -> h.place().label().equals(home))
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
        return toldNo && !isReply(way(hop))
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
