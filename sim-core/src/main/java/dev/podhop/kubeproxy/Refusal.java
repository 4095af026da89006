package dev.podhop.kubeproxy;

import dev.podhop.netstack.netfilter.Verdict;

/** What becomes of a new connection to a Service's address that no rule translated. */
public enum Refusal {
    /** Nothing: it is not refused. */
    NONE,
    /** No endpoint on any node: rejected, so that the client knows at once. */
    NO_ENDPOINTS,
    /** Some, but none on this node, which the Local policy asks for: dropped. */
    NO_LOCAL_ENDPOINTS;

    /** Puts the refusal into a verdict; not to be called with {@link #NONE}. */
    public void into(Verdict verdict) {
        verdict.action = this == NO_ENDPOINTS ? Verdict.Action.REJECT : Verdict.Action.DROP;
        verdict.rejectWith = Verdict.RejectWith.ICMP_PORT_UNREACHABLE;
    }
}
