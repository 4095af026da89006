package dev.podhop.reports;

import dev.podhop.net.Direction;
import dev.podhop.net.Hook;
import dev.podhop.packet.Header;
import dev.podhop.packet.HeaderDiff;
import dev.podhop.reports.StepWords.Remark;
import dev.podhop.trace.Explanation;
import dev.podhop.trace.Hop;
import dev.podhop.trace.Reason;
import dev.podhop.trace.RuleMatch;
import dev.podhop.trace.Step;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

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

    /** A phrase with values for its arguments, in their order. */
    public String say(Reason phrase, @Nullable Object... values) {
        return text(phrase.of(values));
    }

    /** {@code node/n1, in by eth0}; the place alone for what was made there. */
    public String place(Hop hop) {
        String place = hop.place().label();
        return hop.entry() instanceof Step.Received received
                ? say(Phrase.PLACE, place, received.device())
                : place;
    }

    /** {@code SYN 10.244.1.5:40001 > 198.51.100.7:80}, and what an ICMP error quotes. */
    public String packet(Header header) {
        String packet = header.what() + " " + header.addresses();
        return header.inner() == null ? packet : say(Phrase.QUOTING, packet, header.inner());
    }

    /** A step of a hop. */
    public StepWords words(Hop hop, Step step) {
        return switch (step) {
            case Step.Entry entry -> entry(entry);
            case Step.Terminal terminal -> terminal(hop, terminal);
            case Step.Conntrack conntrack -> conntrack(hop, conntrack);
            case Step.RuleWalk walk -> walk(walk);
            case Step.Nat nat -> nat(nat);
            case Step.Passed passed -> step(Phrase.BRIDGE, passed.device(), passed.why());
            case Step.Route route -> step(Phrase.ROUTING, say(Phrase.ROUTE), route.why());
            case Step.SourceCheck check -> step(Phrase.ROUTING, say(Phrase.SOURCE), check.why());
            case Step.Bridged bridged -> step(Phrase.BRIDGE, bridged.bridge(), bridged.why());
            case Step.Neighbour neighbour -> step(Phrase.NEIGHBOUR, "ARP", neighbour.why());
            case Step.BackendChoice choice -> backend(choice);
            case Step.Note note -> note(note);
        };
    }

    private StepWords step(Phrase stage, String what, Explanation why) {
        return step(stage, what, text(why));
    }

    private StepWords step(Phrase stage, String what, String sentence) {
        return StepWords.of(say(stage), what, sentence);
    }

    private StepWords entry(Step.Entry entry) {
        Explanation why = entry.why();
        return switch (entry) {
            case Step.Received received -> step(Phrase.IN, received.device(), why);
            case Step.Originated originated -> step(Phrase.SOCKET, say(Phrase.SEND), why);
            case Step.Generated generated -> step(Phrase.KERNEL, say(Phrase.SENDS), why);
            case Step.Copied copied -> step(Phrase.BRIDGE, say(Phrase.COPY), why);
        };
    }

    /**
     * Bridges note what they did about a packet that rules redirected; the rest is the kernel's.
     */
    private StepWords note(Step.Note note) {
        boolean bridge = note.why().code().startsWith("net.bridge.");
        return step(bridge ? Phrase.BRIDGE : Phrase.KERNEL, say(Phrase.NOTE), note.why());
    }

    private StepWords terminal(Hop hop, Step.Terminal terminal) {
        Explanation why = terminal.why();
        return switch (terminal) {
            case Step.Transmitted sent -> step(Phrase.OUT, sent.device(), to(hop, sent.peer()));
            case Step.Delivered delivered -> step(Phrase.END, say(Phrase.DELIVERED), why);
            case Step.Dropped dropped -> step(Phrase.END, say(Phrase.DROPPED),
                    say(Phrase.ENDED, text(why), dropped.reason()));
            case Step.Rejected rejected -> step(Phrase.END, say(Phrase.REJECTED),
                    say(Phrase.ENDED, text(why), rejected.with()));
            case Step.Spread spread -> step(Phrase.END, say(Phrase.COPIES, spread.copies()), why);
        };
    }

    /** A packet waits only for its next hop's MAC address; the hop's end tells how long. */
    private String to(Hop hop, String peer) {
        long waited = hop.endNanos() - hop.timeNanos();
        return waited == 0 ? say(Phrase.SENT, peer)
                : say(Phrase.SENT_LATE, peer, Amounts.duration(waited));
    }

    /** conntrack is the first to see a packet at a host's two entrances. */
    private StepWords conntrack(Hop hop, Step.Conntrack step) {
        boolean fromHere = hop.entry() instanceof Step.Originated
                || hop.entry() instanceof Step.Generated;
        Phrase frame = step.direction() == Direction.REPLY ? Phrase.CONNTRACK_REPLY
                : Phrase.CONNTRACK;
        String entry = step.entry();
        return StepWords.of((fromHere ? Hook.OUTPUT : Hook.PREROUTING).name(), "conntrack",
                say(frame, step.state(), text(step.why())), entry == null ? "" : entry);
    }

    /** Each rule that matched, in the order in which the packet met them. */
    private StepWords walk(Step.RuleWalk walk) {
        List<Remark> remarks = new ArrayList<>();
        for (RuleMatch match : walk.rules()) {
            // A load balancer's decisions are no rules of a tool that anybody could look at.
            boolean shown = match.table().equals(walk.table());
            remarks.add(new Remark(text(match.why()),
                    shown ? match.text() : ""));
        }
        return new StepWords(walk.hook().name(), walk.table(), remarks);
    }

    /** What changed first, why after it: readers look for the addresses. */
    private StepWords nat(Step.Nat nat) {
        String changes = HeaderDiff.between(nat.before(), nat.after()).changes().stream()
                .map(each -> say(Phrase.CHANGE, each.field(), each.before(), each.after()))
                .reduce((one, more) -> say(Phrase.CHANGES, one, more)).orElse("");
        return StepWords.of(nat.hook().name(), "NAT",
                say(Phrase.CHANGED, changes, text(nat.why())));
    }

    private StepWords backend(Step.BackendChoice choice) {
        String names = String.join(", ", choice.candidates());
        String evidence = choice.excluded().isEmpty() ? say(Phrase.CANDIDATES, names)
                : say(Phrase.CANDIDATES_WITHOUT, names, String.join(", ", choice.excluded()));
        return StepWords.of(say(Phrase.BALANCER), choice.loadBalancer(), text(choice.why()),
                evidence);
    }
}
