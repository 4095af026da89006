package dev.podhop.scenario.expect;

import dev.podhop.net.Endpoint;
import dev.podhop.packet.EtherType;
import dev.podhop.packet.Header;
import dev.podhop.trace.DropReason;
import dev.podhop.trace.Hop;
import dev.podhop.trace.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Where an attempt's packets went.
 *
 * @param request the namespaces that its first packet visited
 * @param replies what came back to the client's namespace
 */
record Journey(int attempt, List<String> request, List<Reply> replies, List<Drop> drops) {

    /** A packet that came to the client, and the namespaces it visited on its way. */
    record Reply(Endpoint from, List<String> path) {}

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
        byAttempt.forEach((attempt, own) -> journeys.add(new Journeys(own).journey(attempt)));
        return journeys;
    }

    /** One attempt's hops by how they follow each other. */
    private static final class Journeys {
        private final List<Hop> hops;
        private final Map<Long, Hop> byId = new HashMap<>();
        private final Map<Long, Hop> next = new HashMap<>();

        Journeys(List<Hop> hops) {
            this.hops = hops;
            for (Hop hop : hops) {
                byId.put(hop.id(), hop);
                // Of a frame's copies, only the one that somebody takes goes on.
                if (arrived(hop) && !isForAnother(hop)) {
                    next.putIfAbsent(hop.parent(), hop);
                }
            }
        }

        Journey journey(int attempt) {
            Hop first = hops.getFirst();
            List<Reply> replies = new ArrayList<>();
            List<Drop> drops = new ArrayList<>();
            for (Hop hop : hops) {
                if (hop.place().equals(first.place()) && arrived(hop) && isIp(hop)) {
                    Header header = hop.header();
                    replies.add(new Reply(new Endpoint(header.source(), header.sourcePort()),
                            wayTo(hop)));
                }
                if (hop.terminal() instanceof Step.Dropped dropped && !isForAnother(hop)) {
                    drops.add(new Drop(hop.place().label(), dropped.reason()));
                }
            }
            return new Journey(attempt, wayFrom(first), replies, drops);
        }

        /** From the sender on, to where the packet ends or is answered. */
        private List<String> wayFrom(Hop first) {
            List<String> way = new ArrayList<>();
            for (Hop hop = first; hop != null; hop = next.get(hop.id())) {
                addPlace(way, hop);
            }
            return way;
        }

        /** From the last visit back to where the packet was made, then turned round. */
        private List<String> wayTo(Hop last) {
            List<String> way = new ArrayList<>();
            Hop hop = last;
            while (hop != null) {
                addPlace(way, hop);
                hop = arrived(hop) ? byId.get(hop.parent()) : null;
            }
            return way.reversed();
        }

        /** A namespace counts once, however many of its devices a packet passes in a row. */
        private static void addPlace(List<String> way, Hop hop) {
            String label = hop.place().label();
            if (way.isEmpty() || !Objects.equals(way.getLast(), label)) {
                way.add(label);
            }
        }

        /** What a namespace makes itself begins a journey of its own, though another caused it. */
        private static boolean arrived(Hop hop) {
            return hop.entry() instanceof Step.Received || hop.entry() instanceof Step.Copied;
        }

        /**
         * A flooded frame reaches every port; those that it is not for ignore it, which is no loss.
         */
        private static boolean isForAnother(Hop hop) {
            return hop.terminal() instanceof Step.Dropped dropped
                    && dropped.reason() == DropReason.OTHERHOST;
        }

        private static boolean isIp(Hop hop) {
            return hop.header().etherType() != EtherType.ARP && !isForAnother(hop);
        }
    }
}
