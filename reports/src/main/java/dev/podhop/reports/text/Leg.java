package dev.podhop.reports.text;

import dev.podhop.net.Endpoint;
import dev.podhop.net.Hook;
import dev.podhop.packet.EtherType;
import dev.podhop.packet.Header;
import dev.podhop.reports.ResultPhrase;
import dev.podhop.trace.Hop;
import dev.podhop.trace.Step;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One packet's way from where it was made to where it ended: hops whose parent is the one before.
 *
 * @param number from 1, in order of time
 * @param like number of an earlier leg over the same places with the same addresses; 0 for none
 * @param redrawn whether a port that was drawn differs from that leg's
 */
record Leg(int number, int like, boolean redrawn, List<Hop> hops) {

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

    /** The ports that masquerading drew on the way: of each connection its own. */
    IntStream drawnPorts() {
        return hops.stream().filter(hop -> hop.steps().stream().anyMatch(
                step -> step instanceof Step.RuleWalk walk && walk.hook() == Hook.POSTROUTING
                        && walk.table().equals("nat")))
                .flatMap(hop -> hop.steps().stream())
                .filter(Step.Nat.class::isInstance).map(Step.Nat.class::cast)
                .filter(nat -> nat.manip() == Step.Nat.Manip.SOURCE)
                .mapToInt(nat -> nat.after().sourcePort());
    }

    /**
     * What two legs that go the same way have in common.
     *
     * @param drawn ports whose number says nothing
     */
    List<String> signature(Set<Integer> drawn) {
        return hops.stream().flatMap(hop -> hop.steps().stream().map(step -> switch (step) {
            case Step.Entry entry -> hop.place().label() + " " + addresses(entry.header(), drawn);
            case Step.Nat nat -> addresses(nat.after(), drawn);
            case Step.Transmitted sent -> sent.device() + " " + sent.peer();
            case Step.Terminal end -> end.getClass().getSimpleName() + " " + end.why().code();
            default -> "";
        })).filter(part -> !part.isEmpty()).toList();
    }

    private static String addresses(Header header, Set<Integer> drawn) {
        return header.protocol() + " " + header.source() + " " + port(header.sourcePort(), drawn)
                + " > " + header.destination() + " " + port(header.destinationPort(), drawn);
    }

    private static String port(int port, Set<Integer> drawn) {
        return drawn.contains(port) ? "drawn" : String.valueOf(port);
    }
}
