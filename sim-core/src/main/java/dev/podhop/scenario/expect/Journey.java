package dev.podhop.scenario.expect;

import dev.podhop.net.SocketAddress;
import dev.podhop.packet.EtherType;
import dev.podhop.packet.Header;
import dev.podhop.trace.DropReason;
import dev.podhop.trace.Hop;
import dev.podhop.trace.Leg;
import dev.podhop.trace.Legs;
import dev.podhop.trace.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where an attempt's packets went.
 *
 * @param request the namespaces that its first packet visited
 * @param replies what came back to the client's namespace
 */
record Journey(int attempt, List<String> request, List<Reply> replies, List<Drop> drops) {

    /** A packet that came to the client, and the namespaces it visited on its way. */
    record Reply(SocketAddress from, List<String> path) {}

    /** A packet's end. */
    record Drop(String where, DropReason reason) {}

    /** The journeys of the attempts that the hops belong to, in their order. */
    static List<Journey> of(List<Hop> hops) {
        Map<Integer, List<Hop>> byAttempt = new LinkedHashMap<>();
        for (Hop hop : hops) {
            if (hop.attempt() >= 0) {
                byAttempt.computeIfAbsent(hop.attempt(), none -> new ArrayList<>()).add(hop);
            }
        }
        List<Journey> journeys = new ArrayList<>();
        byAttempt.forEach((attempt, own) -> journeys.add(of(attempt, own)));
        return journeys;
    }

    private static Journey of(int attempt, List<Hop> hops) {
        Legs legs = Legs.of(hops);
        Hop first = hops.getFirst();
        List<Reply> replies = new ArrayList<>();
        List<Drop> drops = new ArrayList<>();
        for (Hop hop : hops) {
            if (Legs.isForAnother(hop)) {
                continue;
            }
            Header header = hop.header();
            if (hop.place().equals(first.place()) && Legs.arrived(hop)
                    && header.etherType() != EtherType.ARP) {
                replies.add(new Reply(new SocketAddress(header.source(), header.sourcePort()),
                        Leg.places(legs.carriedTo(hop))));
            }
            if (hop.terminal() instanceof Step.Dropped dropped) {
                drops.add(new Drop(hop.place().label(), dropped.reason()));
            }
        }
        return new Journey(attempt, Leg.places(legs.onwards(first)), replies, drops);
    }
}
