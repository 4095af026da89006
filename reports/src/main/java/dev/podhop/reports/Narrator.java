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

    private String text(Phrase phrase, Object... values) {
        return text(phrase.with(values));
    }

    /** {@code SYN 10.244.1.5:40001 > 198.51.100.7:80}, and what an ICMP error quotes. */
    public String packet(Header header) {
        String packet = header.what() + " " + header.addresses();
        return header.inner() == null ? packet : text(Phrase.QUOTING, packet, header.inner());
    }

    /** A step of a hop. */
    public StepWords words(Hop hop, Step step) {
        return switch (step) {
            case Step.Entry entry -> entry(entry);
            case Step.Terminal terminal -> terminal(hop, terminal);
            case Step.Conntrack conntrack -> conntrack(hop, conntrack);
            case Step.RuleWalk walk -> walk(walk);
            case Step.Nat nat -> nat(nat);
            case Step.Passed passed -> say(Phrase.BRIDGE, passed.device(), passed.why());
            case Step.Route route -> say(Phrase.ROUTING, text(Phrase.ROUTE), route.why());
            case Step.SourceCheck check -> say(Phrase.ROUTING, text(Phrase.SOURCE), check.why());
            case Step.Bridged bridged -> say(Phrase.BRIDGE, bridged.bridge(), bridged.why());
            case Step.Neighbour neighbour -> say(Phrase.NEIGHBOUR, "ARP", neighbour.why());
            case Step.BackendChoice choice -> backend(choice);
            case Step.Note note -> note(note);
        };
    }

    private StepWords say(Phrase stage, String what, Explanation why) {
        return StepWords.of(text(stage), what, text(why));
    }

    private StepWords entry(Step.Entry entry) {
        Explanation why = entry.why();
        return switch (entry) {
            case Step.Received received -> say(Phrase.IN, received.device(), why);
            case Step.Originated originated -> say(Phrase.SOCKET, text(Phrase.SEND), why);
            case Step.Generated generated -> say(Phrase.KERNEL, text(Phrase.SENDS), why);
            case Step.Copied copied -> say(Phrase.BRIDGE, text(Phrase.COPY), why);
        };
    }

    /**
     * Bridges note what they did about a packet that rules redirected; the rest is the kernel's.
     */
    private StepWords note(Step.Note note) {
        boolean bridge = note.why().code().startsWith("net.bridge.");
        return say(bridge ? Phrase.BRIDGE : Phrase.KERNEL, text(Phrase.NOTE), note.why());
    }

    private StepWords terminal(Hop hop, Step.Terminal terminal) {
        Explanation why = terminal.why();
        return switch (terminal) {
            case Step.Transmitted sent -> say(Phrase.OUT, sent.device(), to(hop, sent.peer()));
            case Step.Delivered delivered -> say(Phrase.END, text(Phrase.DELIVERED), why);
            case Step.Dropped dropped -> say(Phrase.END, text(Phrase.DROPPED),
                    Phrase.ENDED.with(text(why), dropped.reason()));
            case Step.Rejected rejected -> say(Phrase.END, text(Phrase.REJECTED),
                    Phrase.ENDED.with(text(why), rejected.with()));
            case Step.Spread spread -> say(Phrase.END, text(Phrase.COPIES, spread.copies()), why);
        };
    }

    /** A packet waits only for its next hop's MAC address; the hop's end tells how long. */
    private static Explanation to(Hop hop, String peer) {
        long waited = hop.endNanos() - hop.timeNanos();
        return waited == 0 ? Phrase.SENT.with(peer)
                : Phrase.SENT_LATE.with(peer, Amounts.duration(waited));
    }

    /** conntrack is the first to see a packet at a host's two entrances. */
    private StepWords conntrack(Hop hop, Step.Conntrack step) {
        boolean fromHere = hop.entry() instanceof Step.Originated
                || hop.entry() instanceof Step.Generated;
        Phrase frame = step.direction() == Direction.REPLY ? Phrase.CONNTRACK_REPLY
                : Phrase.CONNTRACK;
        String entry = step.entry();
        return StepWords.of((fromHere ? Hook.OUTPUT : Hook.PREROUTING).name(), "conntrack",
                text(frame, step.state(), text(step.why())), entry == null ? "" : entry);
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
                .map(each -> text(Phrase.CHANGE, each.field(), each.before(), each.after()))
                .reduce((one, more) -> text(Phrase.CHANGES, one, more)).orElse("");
        return StepWords.of(nat.hook().name(), "NAT",
                text(Phrase.CHANGED, changes, text(nat.why())));
    }

    private StepWords backend(Step.BackendChoice choice) {
        String names = String.join(", ", choice.candidates());
        String evidence = choice.excluded().isEmpty() ? text(Phrase.CANDIDATES, names)
                : text(Phrase.CANDIDATES_WITHOUT, names, String.join(", ", choice.excluded()));
        return StepWords.of(text(Phrase.BALANCER), choice.loadBalancer(), text(choice.why()),
                evidence);
    }
}
