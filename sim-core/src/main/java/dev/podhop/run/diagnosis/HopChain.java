package dev.podhop.run.diagnosis;

import dev.podhop.net.SocketAddress;
import dev.podhop.packet.Header;
import dev.podhop.packet.TcpFlags;
import dev.podhop.trace.Explanation;
import dev.podhop.trace.Hop;
import dev.podhop.trace.Place;
import dev.podhop.trace.RuleMatch;
import dev.podhop.trace.Step;
import dev.podhop.workload.resolver.ResolverReason;
import java.util.List;
import java.util.Optional;

/**
 * The hops that led to one, first to last, cut where packets were delivered: the last leg is the
 * packet in question, the one before it what it answers.
 */
record HopChain(List<Hop> hops) {

    HopChain {
        hops = List.copyOf(hops);
    }

    /** What the last packet answers: the hops up to where that was delivered. */
    List<Hop> before() {
        return hops.subList(0, deliveries());
    }

    /** What the last packet answers alone: the hops of the one delivered last. */
    List<Hop> answered() {
        return new HopChain(before()).last();
    }

    /** The last packet's own hops. */
    List<Hop> last() {
        return hops.subList(deliveries(), hops.size());
    }

    private int deliveries() {
        for (int i = hops.size() - 2; i >= 0; i--) {
            if (hops.get(i).terminal() instanceof Step.Delivered) {
                return i + 1;
            }
        }
        return 0;
    }

    /**
     * Whether the last packet goes to the client: each leg is what the one before it caused, so
     * that both ends take turns; one that a timer sent is known by where it began.
     *
     * @param label the client's place
     */
    boolean isAnswerTo(SocketAddress client, String label) {
        Header header = hops.getLast().header();
        Hop root = hops.getFirst();
        if (root.entry() instanceof Step.Originated && !root.place().label().equals(label)) {
            return before().isEmpty();
        }
        long delivered = before().stream().filter(h -> h.terminal() instanceof Step.Delivered)
                .count();
        return delivered % 2 == 1 || header.tcpFlags() == TcpFlags.SYN_ACK
                || header.destination().equals(client.address())
                        && header.destinationPort() == client.port();
    }

    /** Translators of the call that did not translate the answer back. */
    List<String> skipped() {
        List<Hop> undone = last().stream().filter(h -> rewrites(h, Step.Nat.Manip.SOURCE)).toList();
        return answered().stream().filter(h -> rewrites(h, Step.Nat.Manip.DESTINATION))
                .map(h -> h.place().label())
                .filter(place -> undone.stream().noneMatch(u -> u.place().label().equals(place)))
                .distinct().toList();
    }

    /** The node that last replaced the last packet's destination; empty where none did. */
    Optional<Hop> translator() {
        return last().stream().filter(h -> rewrites(h, Step.Nat.Manip.DESTINATION))
                .reduce((one, later) -> later)
                .filter(h -> h.place().kind() == Place.Kind.NODE);
    }

    /**
     * Between whom the last packet went as it passed a place, {@code FROM > TO}; empty where it did
     * not. Without ports, since those are drawn.
     */
    Optional<String> passedAs(String place) {
        return last().stream().filter(h -> h.place().label().equals(place)).map(Hop::header)
                .map(h -> h.source() + " > " + h.destination())
                .findFirst();
    }

    /** Whether the last packet was bridged at a place without being looked at by conntrack. */
    boolean isBridgedOnlyAt(String place) {
        List<Hop> there = last().stream().filter(h -> h.place().label().equals(place)).toList();
        return !there.isEmpty() && there.stream().flatMap(h -> h.steps().stream())
                .noneMatch(Step.Conntrack.class::isInstance)
                && there.stream().flatMap(h -> h.steps().stream())
                        .anyMatch(Step.Bridged.class::isInstance);
    }

    private static boolean rewrites(Hop hop, Step.Nat.Manip manip) {
        return hop.steps().stream()
                .anyMatch(s -> s instanceof Step.Nat nat && nat.manip() == manip);
    }

    /** Whether the last packet asks for a name or answers that, and is no call. */
    boolean isAboutName() {
        return last().getFirst().entry().why().reason() instanceof ResolverReason;
    }

    /** The rule that ended a hop. */
    static Optional<Explanation> rule(Hop hop) {
        return hop.steps().stream().filter(Step.RuleWalk.class::isInstance)
                .map(Step.RuleWalk.class::cast).filter(walk -> !walk.rules().isEmpty())
                .reduce((one, later) -> later).map(walk -> walk.rules().getLast())
                .map(RuleMatch::why);
    }
}
