package dev.podhop.reports.text;

import dev.podhop.net.Hook;
import dev.podhop.packet.Header;
import dev.podhop.reports.ResultPhrase;
import dev.podhop.trace.Hop;
import dev.podhop.trace.Leg;
import dev.podhop.trace.Role;
import dev.podhop.trace.Step;
import dev.podhop.workload.resolver.ResolverReason;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A leg as it is told.
 *
 * @param number from 1, in order of time
 * @param like number of an earlier leg over the same places with the same addresses; 0 for none
 * @param redrawn whether a port that was drawn differs from that leg's
 * @param role whose packet it is
 */
record ToldLeg(int number, int like, boolean redrawn, Leg leg, Role role) {

    private static final int DNS = 53;

    Hop first() {
        return leg.first();
    }

    Hop last() {
        return leg.last();
    }

    List<Hop> hops() {
        return leg.hops();
    }

    /**
     * Whose packet it is; where names are asked for, over UDP or TCP, by the client or by a server
     * on its behalf, {@link ResultPhrase#QUESTION} and {@link ResultPhrase#ANSWER}.
     */
    ResultPhrase kind() {
        return switch (first().entry()) {
            case Step.Copied copied when !leg.isArp() -> ResultPhrase.COPY;
            case Step.Received received when !leg.isArp() -> ResultPhrase.PACKET;
            case Step.Originated asked when asked.why()
                    .reason() instanceof ResolverReason reason -> reason.asks()
                            ? ResultPhrase.QUESTION
                            : ResultPhrase.ANSWER;
            default -> switch (role) {
                case REQUEST -> first().header().destinationPort() == DNS ? ResultPhrase.QUESTION
                        : ResultPhrase.REQUEST;
                case REPLY -> first().header().sourcePort() == DNS ? ResultPhrase.ANSWER
                        : ResultPhrase.REPLY;
                case RESET -> ResultPhrase.RESET;
                case ERROR -> ResultPhrase.ERROR;
                case NEIGHBOUR -> ResultPhrase.NEIGHBOUR;
            };
        };
    }

    /** {@code pod/client > node/n1 > edge}. */
    String path() {
        return hops().stream().map(hop -> hop.place().label()).collect(Collectors.joining(" > "));
    }

    /** Whether rules were asked for a translation on the way. */
    boolean asksNatRules() {
        return hops().stream().flatMap(hop -> hop.steps().stream())
                .anyMatch(step -> step instanceof Step.RuleWalk walk && walk.table().equals("nat"));
    }

    /** The ports that masquerading drew on the way: of each connection its own. */
    IntStream drawnPorts() {
        return hops().stream().filter(hop -> hop.steps().stream().anyMatch(
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
        return hops().stream().flatMap(hop -> hop.steps().stream().map(step -> switch (step) {
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
