package dev.podhop.reports;

import dev.podhop.net.Direction;
import dev.podhop.net.Hook;
import dev.podhop.packet.Header;
import dev.podhop.packet.HeaderDiff;
import dev.podhop.reports.StepWords.Remark;
import dev.podhop.trace.Explanation;
import dev.podhop.trace.Hop;
import dev.podhop.trace.RuleMatch;
import dev.podhop.trace.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Puts steps into words, for every format that shows them. What is said of a step is said here and
 * in the bundle; formats only lay it out. Nothing is concluded from a code but which words go with
 * it: what the trace does not say is not said.
 */
public final class Narrator {

    private final Explanations explanations;

    public Narrator(Explanations explanations) {
        this.explanations = explanations;
    }

    /** The sentence of a reason. */
    public String text(Explanation why) {
        return explanations.text(why);
    }

    /** {@code SYN 10.244.1.5:40001 > 198.51.100.7:80}, and what an ICMP error quotes. */
    public static String packet(Header header) {
        return header.what() + " " + header.addresses()
                + (header.inner() == null ? "" : ", about " + header.inner());
    }

    /** A step of a hop. */
    public StepWords words(Hop hop, Step step) {
        return switch (step) {
            case Step.Entry entry -> entry(entry);
            case Step.Terminal terminal -> terminal(hop, terminal);
            case Step.Conntrack conntrack -> conntrack(hop, conntrack);
            case Step.RuleWalk walk -> walk(walk);
            case Step.Nat nat -> nat(nat);
            case Step.Passed passed -> StepWords.of("bridge", passed.device(), text(passed.why()));
            case Step.Route route -> StepWords.of("routing", "route", text(route.why()));
            case Step.SourceCheck check -> StepWords.of("routing", "source", text(check.why()));
            case Step.Bridged bridged -> StepWords.of("bridge", bridged.bridge(),
                    text(bridged.why()));
            case Step.Neighbour neighbour -> StepWords.of("neighbour", "ARP",
                    text(neighbour.why()));
            case Step.BackendChoice choice -> backend(choice);
            case Step.Note note -> note(note);
        };
    }

    private StepWords entry(Step.Entry entry) {
        return switch (entry) {
            case Step.Received received -> StepWords.of("in", received.device(), text(entry.why()));
            case Step.Originated originated -> StepWords.of("socket", "send", text(entry.why()));
            case Step.Generated generated -> StepWords.of("kernel", "sends", text(entry.why()));
            case Step.Copied copied -> StepWords.of("bridge", "copy", text(entry.why()));
        };
    }

    /**
     * Bridges note what they did about a packet that rules redirected; the rest is the kernel's.
     */
    private StepWords note(Step.Note note) {
        boolean bridge = note.why().code().startsWith("net.bridge.");
        return StepWords.of(bridge ? "bridge" : "kernel", "note", text(note.why()));
    }

    private StepWords terminal(Hop hop, Step.Terminal terminal) {
        String why = text(terminal.why());
        return switch (terminal) {
            case Step.Transmitted sent -> StepWords.of("out", sent.device(),
                    "to " + sent.peer() + waited(hop));
            case Step.Delivered delivered -> StepWords.of("end", "DELIVERED", why);
            case Step.Dropped dropped -> StepWords.of("end", "DROPPED",
                    why + " (" + dropped.reason() + ")");
            case Step.Rejected rejected -> StepWords.of("end", "REJECTED",
                    why + " (" + rejected.with() + ")");
            case Step.Spread spread -> StepWords.of("end", spread.copies() + " copies", why);
        };
    }

    /** A packet waits only for its next hop's MAC address; the hop's end tells how long. */
    private static String waited(Hop hop) {
        long waited = hop.endNanos() - hop.timeNanos();
        return waited == 0 ? "" : ", " + Amounts.duration(waited) + " later";
    }

    /** conntrack is the first to see a packet at a host's two entrances. */
    private StepWords conntrack(Hop hop, Step.Conntrack step) {
        boolean fromHere = hop.entry() instanceof Step.Originated
                || hop.entry() instanceof Step.Generated;
        String direction = step.direction() == Direction.REPLY ? " (reply)" : "";
        String entry = step.entry();
        return StepWords.of((fromHere ? Hook.OUTPUT : Hook.PREROUTING).name(), "conntrack",
                step.state() + direction + ": " + text(step.why()), entry == null ? "" : entry);
    }

    /** Each rule that matched, in the order in which the packet met them. */
    private StepWords walk(Step.RuleWalk walk) {
        List<Remark> remarks = new ArrayList<>();
        for (RuleMatch match : walk.rules()) {
            // A load balancer's decisions are no rules of a tool that anybody could look at.
            boolean shown = match.table().equals(walk.table());
            remarks.add(new Remark(text(match.why()),
                    shown ? "-A " + match.chain() + " " + match.rule() : ""));
        }
        return new StepWords(walk.hook().name(), walk.table(), remarks);
    }

    /** What changed first, why after it: readers look for the addresses. */
    private StepWords nat(Step.Nat nat) {
        String changes = HeaderDiff.between(nat.before(), nat.after()).changes().stream()
                .map(c -> c.field() + " " + c.before() + " -> " + c.after())
                .collect(Collectors.joining(", "));
        return StepWords.of(nat.hook().name(), "NAT", changes + ": " + text(nat.why()));
    }

    private StepWords backend(Step.BackendChoice choice) {
        String left = choice.excluded().isEmpty() ? ""
                : "; left out: " + String.join(", ", choice.excluded());
        return StepWords.of("balancer", choice.loadBalancer(), text(choice.why()),
                "candidates: " + String.join(", ", choice.candidates()) + left);
    }
}
