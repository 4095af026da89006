package dev.podhop.netstack;

import dev.podhop.netstack.conntrack.ConntrackTable;
import dev.podhop.netstack.netfilter.Verdict;
import dev.podhop.packet.CtState;
import dev.podhop.packet.Packet;
import dev.podhop.trace.DropReason;

/** {@code nf_conntrack_in}, at {@code NF_IP_PRI_CONNTRACK}: which connection is this? */
final class ConntrackIn implements Callback {

    private final HookTrace trace;

    ConntrackIn(HookTrace trace) {
        this.trace = trace;
    }

    @Override
    public int priority() {
        return -200;
    }

    @Override
    public boolean call(HookView at, Packet p, Verdict verdict) {
        if (p.ctState != CtState.UNSEEN) {
            // previously seen (loopback), not to be tracked, or icmp_send's with its own entry
            return true;
        }
        ConntrackTable table = at.conntrack();
        if (!table.in(p, at.nowNanos())) {
            return verdict.drop(DropReason.CT_TABLE_FULL,
                    PacketPath.why(p, PathReason.CT_TABLE_FULL, "node", at.namespace().name(),
                            "max", String.valueOf(table.max())));
        }
        if (p.hop != null) {
            trace.tracked(p, table, at.nowNanos());
        }
        return true;
    }
}
