package dev.podhop.netstack;

import dev.podhop.netstack.netfilter.Verdict;
import dev.podhop.packet.CtState;
import dev.podhop.packet.Packet;

/** {@code ipt_do_table}, {@code nft_do_chain}: a chain that sees every packet. */
final class RuleCallback implements Callback {

    private final int priority;
    private final RuleChain chain;
    private final HookTrace trace;

    RuleCallback(int priority, RuleChain chain, HookTrace trace) {
        this.priority = priority;
        this.chain = chain;
        this.trace = trace;
    }

    @Override
    public int priority() {
        return priority;
    }

    @Override
    public boolean call(HookView at, Packet p, Verdict verdict) {
        chain.ask(at, p, verdict);
        return switch (verdict.action) {
            case DROP -> verdict.drop(verdict.dropReason,
                    trace.lastReason(at, PathReason.RULES_DROP));
            case REJECT -> verdict.reject(trace.lastReason(at, PathReason.RULES_REJECT));
            case NOTRACK -> {
                p.ctState = CtState.UNTRACKED;
                yield true;
            }
            case CONTINUE, ACCEPT, DNAT, SNAT, MASQUERADE, ROUTE_VIA, RESEND -> true;
        };
    }
}
