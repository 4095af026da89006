package dev.podhop.netstack;

import dev.podhop.netstack.netfilter.Verdict.RejectWith;
import dev.podhop.packet.IcmpKind;
import dev.podhop.trace.DropReason;
import dev.podhop.trace.Explanation;

/**
 * A stage's answer to {@link PacketPath}: go on, or how the packet ends. Refilled, so that a stage
 * allocates nothing; {@code why} is filled in only when somebody reads it.
 */
final class Judgement {

    enum Fate {
        CONTINUE,
        DROP,
        REJECT
    }

    Fate fate = Fate.CONTINUE;
    DropReason reason = DropReason.NETFILTER_DROP;
    RejectWith rejectWith = RejectWith.ICMP_PORT_UNREACHABLE;
    Explanation why = Explanation.NONE;
    /** What the sender is told of a drop, by ICMP ({@code ip_error}); NONE for nothing. */
    IcmpKind tellSender = IcmpKind.NONE;

    /** The packet goes on. Returns true, the stages' word for that. */
    boolean proceed() {
        fate = Fate.CONTINUE;
        return true;
    }

    /** The packet ends here. Returns false. */
    boolean drop(DropReason dropReason, Explanation explanation) {
        fate = Fate.DROP;
        reason = dropReason;
        tellSender = IcmpKind.NONE;
        why = explanation;
        return false;
    }

    /** There is no way to go on, and the sender is told so. Returns false. */
    boolean unreachable(IcmpKind kind, Explanation explanation) {
        drop(DropReason.IP_INNOROUTES, explanation);
        tellSender = kind;
        return false;
    }

    /** The packet is refused, and its sender told. Returns false. */
    boolean reject(RejectWith with, Explanation explanation) {
        fate = Fate.REJECT;
        rejectWith = with;
        why = explanation;
        return false;
    }
}
