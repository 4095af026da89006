package dev.podhop.scenario.invariant;

import dev.podhop.net.IpAddress;
import dev.podhop.net.L4Protocol;
import dev.podhop.packet.EtherType;
import dev.podhop.packet.Header;
import dev.podhop.trace.Hop;
import dev.podhop.trace.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Follows each packet: it ends, once, and does not go in circles. */
final class PacketWays {

    private static final String LOOPBACK = "lo";
    /** A packet that leaves one host so often for one destination goes in a circle. */
    private static final int CIRCLE = 3;

    private final InvariantInput evidence;
    private final Invariants found;
    private final Map<Long, List<Hop>> byPacket = new LinkedHashMap<>();
    /** Copies made, by the hop that was copied. */
    private final Map<Long, Integer> copies = new HashMap<>();

    PacketWays(InvariantInput evidence, Invariants found) {
        this.evidence = evidence;
        this.found = found;
        for (Hop hop : evidence.hops()) {
            byPacket.computeIfAbsent(hop.packet(), none -> new ArrayList<>()).add(hop);
            if (hop.entry() instanceof Step.Copied copy) {
                copies.merge(copy.original(), 1, Integer::sum);
            }
        }
    }

    void check() {
        byPacket.forEach((packet, hops) -> {
            checkEnd(packet, hops);
            checkCircles(packet, hops);
        });
    }

    private void checkEnd(long packet, List<Hop> hops) {
        for (int i = 0; i < hops.size(); i++) {
            Hop hop = hops.get(i);
            boolean last = i == hops.size() - 1;
            boolean left = hop.terminal() instanceof Step.Transmitted;
            if (left && last && !evidence.inUse().contains(packet)) {
                found.add(InvariantReason.LOST, packet, hop.place().label());
            } else if (!last
                    && (!left || !(hops.get(i + 1).entry() instanceof Step.Received))) {
                found.add(InvariantReason.GOES_ON, packet, hop.place().label());
            }
            if (hop.terminal() instanceof Step.Spread spread) {
                checkCopies(hop, spread.copies());
            }
        }
    }

    private void checkCopies(Hop hop, int expected) {
        // A copy that waits for something has no closed hop yet.
        int seen = copies.getOrDefault(hop.id(), 0);
        if (seen > expected || seen < expected && evidence.inUse().isEmpty()) {
            found.add(InvariantReason.COPIES_LOST, hop.packet(), hop.place().label(), expected,
                    seen);
        }
    }

    /** A header seen in a namespace; the TTL would hide a circle. */
    private record Seen(String place, Header header) {

        static Seen of(Hop hop) {
            Header h = hop.header();
            return new Seen(hop.place().label(), new Header(h.etherType(), h.protocol(),
                    h.source(), h.sourcePort(), h.destination(), h.destinationPort(),
                    h.tcpFlags(), h.icmp(), h.inner(), 0, h.length(), 0, h.arpReply()));
        }
    }

    /**
     * Where a packet was bound for, at a host that it left; a host on the circle that masquerades
     * gives it another source every time.
     */
    private record Bound(String place, L4Protocol protocol, IpAddress destination, int port) {

        static Bound of(Hop hop) {
            Header h = hop.header();
            return new Bound(hop.place().label(), h.protocol(), h.destination(),
                    h.destinationPort());
        }
    }

    private void checkCircles(long packet, List<Hop> hops) {
        if (hops.getFirst().header().etherType() == EtherType.ARP) {
            return;
        }
        Set<Seen> before = new HashSet<>();
        Map<Bound, Integer> left = new HashMap<>();
        for (Hop hop : hops) {
            // What a host sends to itself meets it again, once; and what comes back to be dropped
            // at the door goes in no circle.
            boolean bySelf = hop.entry() instanceof Step.Received received
                    && received.device().equals(LOOPBACK);
            boolean leaves = !bySelf && hop.terminal() instanceof Step.Transmitted;
            boolean again = !before.add(Seen.of(hop));
            if (leaves && (again || left.merge(Bound.of(hop), 1, Integer::sum) >= CIRCLE)) {
                found.add(InvariantReason.LOOP, packet, hop.place().label(),
                        hop.header().addresses());
                return;
            }
        }
    }
}
