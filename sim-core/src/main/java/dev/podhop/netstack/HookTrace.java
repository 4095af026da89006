package dev.podhop.netstack;

import dev.podhop.net.Hook;
import dev.podhop.netstack.conntrack.ConntrackTable;
import dev.podhop.netstack.conntrack.TcpState;
import dev.podhop.netstack.netfilter.Verdict;
import dev.podhop.netstack.netfilter.Verdict.Action;
import dev.podhop.packet.CtState;
import dev.podhop.packet.Header;
import dev.podhop.packet.Packet;
import dev.podhop.trace.Explanation;
import dev.podhop.trace.HopRecorder;
import dev.podhop.trace.RuleMatch;
import dev.podhop.trace.Step;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes down what the hooks did. Does nothing, and allocates nothing, with tracing off. */
final class HookTrace {

    /** conntrack's classification of the packet. */
    void tracked(Packet p, ConntrackTable table, long nowNanos) {
        HopRecorder hop = HopRecorder.of(p);
        if (hop == null) {
            return;
        }
        boolean known = p.conntrack != Packet.NO_CONNTRACK;
        boolean created = known && !table.isConfirmed(p.conntrack);
        String entry = known ? table.entry(p.conntrack, nowNanos).toString() : null;
        TcpState replaced = created ? table.replaced() : null;
        Explanation why = replaced == null
                ? reason(p.ctState, created).with("entry", String.valueOf(entry))
                : PathReason.CT_NEW_REPLACED.with("entry", String.valueOf(entry), "state",
                        replaced.name());
        hop.add(new Step.Conntrack(p.ctState, p.ctDirection, created, entry, why));
    }

    private static PathReason reason(CtState state, boolean created) {
        return switch (state) {
            case NEW -> created ? PathReason.CT_NEW : PathReason.CT_NEW_REPEATED;
            case ESTABLISHED -> PathReason.CT_ESTABLISHED;
            case RELATED -> PathReason.CT_RELATED;
            case INVALID, UNTRACKED, UNSEEN -> PathReason.CT_INVALID;
        };
    }

    /** The rules that matched; a walk in which none did is not worth a step. */
    void rules(Packet p, Hook hook, String table, HookView seen, Verdict verdict) {
        HopRecorder hop = HopRecorder.of(p);
        List<RuleMatch> matches = seen.matches();
        if (hop == null || matches.isEmpty()) {
            return;
        }
        String action = verdict.action == Action.CONTINUE ? "ACCEPT (policy)"
                : verdict.action.name();
        hop.add(new Step.RuleWalk(hook, table, matches, action, matches.getLast().why()));
    }

    /** No rule decided, and the chain's policy is DROP. */
    void policy(Packet p, HookView seen, String table) {
        if (p.hop != null) {
            String chain = seen.hook().name();
            seen.matched(table, chain, "-P " + chain + " DROP",
                    PathReason.CHAIN_POLICY.of(chain, table));
        }
    }

    /** The reason of the rule that decided. */
    Explanation lastReason(HookView seen, PathReason otherwise) {
        List<RuleMatch> matches = seen.matches();
        return matches.isEmpty() ? otherwise.with() : matches.getLast().why();
    }

    /** The header before a rewrite; null with tracing off. */
    @Nullable Header before(Packet p) {
        return p.hop == null ? null : Header.of(p);
    }

    /** A rewrite, when there was one. */
    void rewritten(Packet p, Hook hook, Step.Nat.Manip manip, @Nullable Header before,
            PathReason reason) {
        HopRecorder hop = HopRecorder.of(p);
        if (hop == null || before == null) {
            return;
        }
        Header after = Header.of(p);
        if (!after.equals(before)) {
            hop.add(new Step.Nat(hook, manip, before, after,
                    reason.with("from", before.addresses(), "to", after.addresses())));
        }
    }
}
