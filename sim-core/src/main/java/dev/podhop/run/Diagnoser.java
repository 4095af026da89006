package dev.podhop.run;

import dev.podhop.net.Endpoint;
import dev.podhop.packet.EtherType;
import dev.podhop.packet.Header;
import dev.podhop.packet.TcpFlags;
import dev.podhop.run.TraceResult.Diagnosis;
import dev.podhop.run.TraceResult.Fix;
import dev.podhop.trace.DropReason;
import dev.podhop.trace.Explanation;
import dev.podhop.trace.Hop;
import dev.podhop.trace.Outcome;
import dev.podhop.trace.Step;
import dev.podhop.workload.AttemptResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Says what went wrong in a failed attempt, from its hops alone.
 *
 * <p>The first packet that ended badly decides; of a refusal or a reset the first that somebody
 * answered so, since what was merely lost before was sent again. Where it is an answer that reached
 * its client from an address that nobody had called, the fault lies with the translator that the
 * answer did not pass.
 */
final class Diagnoser {

    private final AttemptResult attempt;
    private final List<Hop> hops;

    Diagnoser(AttemptResult attempt, List<Hop> hops) {
        this.attempt = attempt;
        this.hops = hops.stream().filter(h -> h.header().etherType() != EtherType.ARP).toList();
    }

    Diagnosis diagnose(List<Fix> fixes) {
        if (attempt.why() != null) {
            long last = hops.isEmpty() ? 0 : hops.getLast().id();
            return new Diagnosis(attempt.why(), last, List.of(), List.of(), fixes);
        }
        Optional<Hop> bad = hops.stream().filter(this::refuses).findFirst()
                .or(() -> hops.stream().filter(Diagnoser::endedBadly).findFirst());
        if (bad.isEmpty()) {
            long last = hops.isEmpty() ? 0 : hops.getLast().id();
            RunReason reason = attempt.outcome() == Outcome.Reset ? RunReason.CLOSED_UNANSWERED
                    : RunReason.NEVER_ANSWERED;
            return new Diagnosis(reason.with("target", attempt.remote().toString()), last,
                    List.of(), List.of(), fixes);
        }
        Hop hop = bad.get();
        List<Hop> way = way(hop);
        boolean reply = isReply(hop);
        Explanation what = reply ? reply(hop, way) : request(hop);
        List<String> expected = reply ? expectedReply(way) : List.of();
        List<String> taken = reply ? places(replyLeg(way)) : List.of();
        return new Diagnosis(what, hop.id(), expected, taken, fixes);
    }

    /** Whether the attempt ended because somebody said no, and this is who said it. */
    private boolean refuses(Hop hop) {
        boolean toldNo = attempt.outcome() == Outcome.Refused
                || attempt.outcome() == Outcome.Reset;
        return toldNo && !isReply(hop) && switch (hop.terminal()) {
            case Step.Rejected rejected -> !isUnsent(hop);
            case Step.Dropped dropped -> dropped.reason() == DropReason.NO_SOCKET
                    && (hop.header().tcpFlags() & TcpFlags.RST) == 0;
            default -> false;
        };
    }

    private static boolean endedBadly(Hop hop) {
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

    private Explanation request(Hop hop) {
        String place = hop.place().label();
        return switch (hop.terminal()) {
            case Step.Rejected rejected -> refusal(hop).with("place", place, "with",
                    rejected.with());
            case Step.Dropped dropped when dropped
                    .reason() == DropReason.NO_SOCKET -> RunReason.REFUSED_BY_HOST.with("place",
                            place, "port",
                            String.valueOf(dropped.header().destinationPort()));
            case Step.Dropped dropped when dropped
                    .reason() == DropReason.NEIGH_FAILED -> RunReason.UNREACHABLE.with("place",
                            place, "address",
                            dropped.header().destination().toString());
            case Step.Dropped dropped -> RunReason.DROPPED_REQUEST.with("place", place, "reason",
                    dropped.reason().name());
            default -> RunReason.NEVER_ANSWERED.with("target", attempt.remote().toString());
        };
    }

    private RunReason refusal(Hop hop) {
        if (isUnsent(hop)) {
            return RunReason.REFUSAL_UNSENT;
        }
        boolean unheard = attempt.outcome() == Outcome.TimedOut
                && hop.header().etherType() == EtherType.IPV6;
        return unheard ? RunReason.REFUSAL_UNHEARD : RunReason.REFUSED_BY_RULE;
    }

    /** Whether the refusal was withheld, as hosts send only so many of them. */
    private static boolean isUnsent(Hop hop) {
        return hop.steps().stream().anyMatch(step -> step instanceof Step.Note note
                && note.why().code().equals("net.icmp.ratelimited"));
    }

    private Explanation reply(Hop hop, List<Hop> way) {
        Step.Dropped dropped = (Step.Dropped) hop.terminal();
        Header header = dropped.header();
        String from = header.source().withPort(header.sourcePort());
        if (dropped.reason() == DropReason.NO_SOCKET) {
            return RunReason.REPLY_BYPASSED.with("called", attempt.remote().toString(), "from",
                    from, "skipped", skipped(way), "client", attempt.client());
        }
        if (hop.steps().stream().anyMatch(s -> s instanceof Step.Conntrack ct
                && ct.why().code().equals("net.ct.invalid"))) {
            return RunReason.REPLY_UNKNOWN.with("place", hop.place().label(), "from", from,
                    "skipped", skipped(way));
        }
        return RunReason.DROPPED_REPLY.with("place", hop.place().label(), "reason",
                dropped.reason().name(), "from", from);
    }

    /** Whether the packet goes towards the client: an answer, not the call. */
    private boolean isReply(Hop hop) {
        Header header = hop.header();
        Endpoint client = attempt.local();
        boolean towardsClient = header.destination().equals(client.address())
                && header.destinationPort() == client.port();
        return hop.terminal() instanceof Step.Dropped
                && (towardsClient || header.tcpFlags() == TcpFlags.SYN_ACK);
    }

    /** The hops that led to this one, first to last: the call, and then the answer to it. */
    private List<Hop> way(Hop last) {
        List<Hop> way = new ArrayList<>();
        Optional<Hop> hop = Optional.of(last);
        while (hop.isPresent()) {
            way.addFirst(hop.get());
            long parent = hop.get().parent();
            hop = hops.stream().filter(h -> h.id() == parent).findFirst();
        }
        return way;
    }

    /** The call: up to where it was delivered. */
    private static List<Hop> callLeg(List<Hop> way) {
        return way.subList(0, deliveries(way));
    }

    /** The answer: what followed the delivery. */
    private static List<Hop> replyLeg(List<Hop> way) {
        return way.subList(deliveries(way), way.size());
    }

    private static int deliveries(List<Hop> way) {
        for (int i = way.size() - 1; i >= 0; i--) {
            if (way.get(i).terminal() instanceof Step.Delivered) {
                return i + 1;
            }
        }
        return 0;
    }

    /** An answer should go back by every place that the call passed. */
    private static List<String> expectedReply(List<Hop> way) {
        return places(callLeg(way)).reversed();
    }

    private static List<String> places(List<Hop> leg) {
        List<String> places = new ArrayList<>();
        for (Hop hop : leg) {
            String label = hop.place().label();
            if (places.isEmpty() || !places.getLast().equals(label)) {
                places.add(label);
            }
        }
        return places;
    }

    /** Translators of the call that did not translate the answer back. */
    private static String skipped(List<Hop> way) {
        List<Hop> undone = replyLeg(way).stream().filter(h -> rewrites(h, Step.Nat.Manip.SOURCE))
                .toList();
        List<String> skipped = callLeg(way).stream()
                .filter(h -> rewrites(h, Step.Nat.Manip.DESTINATION))
                .map(h -> h.place().label())
                .filter(place -> undone.stream().noneMatch(u -> u.place().label().equals(place)))
                .distinct().toList();
        return String.join(", ", skipped);
    }

    private static boolean rewrites(Hop hop, Step.Nat.Manip manip) {
        return hop.steps().stream()
                .anyMatch(s -> s instanceof Step.Nat nat && nat.manip() == manip);
    }
}
