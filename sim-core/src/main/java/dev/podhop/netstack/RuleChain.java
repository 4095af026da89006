package dev.podhop.netstack;

import dev.podhop.netstack.netfilter.BaseChain.Rules;
import dev.podhop.netstack.netfilter.Verdict;
import dev.podhop.netstack.netfilter.Verdict.Action;
import dev.podhop.packet.Packet;

/** A chain at a hook, with the rules of all who have some in it, in their order. */
final class RuleChain {

    private final String table;
    private final Rules[] parts;
    private final HookTrace trace;

    RuleChain(String table, Rules[] parts, HookTrace trace) {
        this.table = table;
        this.parts = parts;
        this.trace = trace;
    }

    /** Walks the chain: the verdict is what its first terminating rule says, else CONTINUE. */
    void ask(HookView at, Packet p, Verdict verdict) {
        at.beginWalk();
        for (int i = 0; i < parts.length; i++) {
            verdict.begin(p.mark);
            parts[i].ask(at, verdict);
            p.mark = verdict.mark;
            p.walkNanos += verdict.costNanos;
            if (verdict.action != Action.CONTINUE) {
                break;
            }
        }
        trace.rules(p, at.hook(), table, at, verdict);
    }
}
