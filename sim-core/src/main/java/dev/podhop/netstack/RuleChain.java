package dev.podhop.netstack;

import dev.podhop.netstack.netfilter.BaseChain.Rules;
import dev.podhop.netstack.netfilter.Verdict;
import dev.podhop.netstack.netfilter.Verdict.Action;
import dev.podhop.packet.Packet;

/** A chain at a hook, with the rules of all who have some in it, in their order. */
final class RuleChain {

    private final String table;
    private final Rules[] parts;
    private final boolean drops;
    private final HookTrace trace;

    /**
     * @param parts each owner's rules
     * @param drops whether its policy is DROP, not ACCEPT
     */
    RuleChain(String table, Rules[] parts, boolean drops, HookTrace trace) {
        this.table = table;
        this.parts = parts;
        this.drops = drops;
        this.trace = trace;
    }

    /**
     * Walks the chain: the verdict is what its first terminating rule says, else DROP or CONTINUE,
     * as the policy is.
     */
    void ask(HookView at, Packet p, Verdict verdict) {
        at.beginWalk();
        verdict.begin(p.mark);
        for (int i = 0; i < parts.length; i++) {
            verdict.begin(p.mark);
            parts[i].ask(at, verdict);
            p.mark = verdict.mark;
            p.walkNanos += verdict.costNanos;
            if (verdict.action != Action.CONTINUE) {
                break;
            }
        }
        if (drops && verdict.action == Action.CONTINUE) {
            verdict.action = Action.DROP;
            trace.policy(p, at, table);
        }
        trace.rules(p, at.hook(), table, at, verdict);
    }
}
