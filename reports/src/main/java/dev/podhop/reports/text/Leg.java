package dev.podhop.reports.text;

import dev.podhop.net.Endpoint;
import dev.podhop.packet.EtherType;
import dev.podhop.packet.Header;
import dev.podhop.reports.ResultPhrase;
import dev.podhop.trace.Hop;
import dev.podhop.trace.Step;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One packet's way from where it was made to where it ended: hops whose parent is the one before.
 *
 * @param number from 1, in order of time
 * @param like number of an earlier leg over the same places with the same addresses; 0 for none
 */
record Leg(int number, int like, List<Hop> hops) {

    Hop first() {
        return hops.getFirst();
    }

    Hop last() {
        return hops.getLast();
    }

    boolean isArp() {
        return first().header().etherType() == EtherType.ARP;
    }

    /**
     * Whose packet it is; where names are asked for, {@link ResultPhrase#QUESTION} and
     * {@link ResultPhrase#ANSWER}.
     */
    ResultPhrase kind(Endpoint client) {
        Header header = first().header();
        if (isArp()) {
            return ResultPhrase.NEIGHBOUR;
        }
        return switch (first().entry()) {
            case Step.Copied copied -> ResultPhrase.COPY;
            case Step.Generated generated -> header.protocol().isIcmp() ? ResultPhrase.ERROR
                    : ResultPhrase.RESET;
            case Step.Originated originated when originated.why().code()
                    .startsWith("dns.") -> originated.why().code().startsWith("dns.asked")
                            ? ResultPhrase.QUESTION
                            : ResultPhrase.ANSWER;
            case Step.Originated originated -> isFrom(client) ? ResultPhrase.REQUEST
                    : ResultPhrase.REPLY;
            case Step.Received received -> ResultPhrase.PACKET;
        };
    }

    private boolean isFrom(Endpoint client) {
        return first().header().source().same(client.address())
                && first().header().sourcePort() == client.port();
    }

    /** {@code pod/client > node/n1 > edge}. */
    String path() {
        return hops.stream().map(hop -> hop.place().label()).collect(Collectors.joining(" > "));
    }

    /** Whether rules were asked for a translation on the way. */
    boolean asksNatRules() {
        return hops.stream().flatMap(hop -> hop.steps().stream())
                .anyMatch(step -> step instanceof Step.RuleWalk walk && walk.table().equals("nat"));
    }

    /** What two legs that go the same way have in common. */
    List<String> signature() {
        return hops.stream().flatMap(hop -> hop.steps().stream().map(step -> switch (step) {
            case Step.Entry entry -> hop.place().label() + " " + entry.header().addresses();
            case Step.Nat nat -> nat.after().addresses();
            case Step.Transmitted sent -> sent.device() + " " + sent.peer();
            case Step.Terminal end -> end.getClass().getSimpleName() + " " + end.why().code();
            default -> "";
        })).filter(part -> !part.isEmpty()).toList();
    }
}
