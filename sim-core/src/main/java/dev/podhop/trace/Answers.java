package dev.podhop.trace;

import dev.podhop.packet.Header;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which packets of sockets are answers: those that go back where one came from that asked, in a
 * conversation of its own each. So a question to a DNS server is one, and its answer too, whatever
 * port the attempt has that asks for the name.
 */
final class Answers {

    private final Set<Long> answers = new HashSet<>();

    Answers(Legs legs, List<Hop> hops) {
        Map<String, Boolean> conversations = new HashMap<>();
        Set<String> asked = new HashSet<>();
        for (Hop hop : hops) {
            long made = legs.of(hop).first().id();
            if (hop.id() == made && hop.entry() instanceof Step.Originated) {
                String way = way(hop, hop.header(), false);
                if (conversations.computeIfAbsent(way, asked::contains)) {
                    answers.add(made);
                }
            }
            if (hop.terminal() instanceof Step.Delivered came && !answers.contains(made)) {
                asked.add(way(hop, came.header(), true));
            }
        }
    }

    /** Whether a leg is an answer. */
    boolean is(Leg leg) {
        return answers.contains(leg.first().id());
    }

    /** From whom to whom in an attempt, as the place's own socket sees it; or back. */
    private static String way(Hop hop, Header header, boolean back) {
        String source = header.source() + " " + header.sourcePort();
        String destination = header.destination() + " " + header.destinationPort();
        return hop.attempt() + " " + hop.place().label() + " " + header.protocol() + " "
                + (back ? destination + " " + source : source + " " + destination);
    }
}
