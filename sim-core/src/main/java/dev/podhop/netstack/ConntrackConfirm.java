package dev.podhop.netstack;

import dev.podhop.netstack.netfilter.Verdict;
import dev.podhop.packet.Packet;
import dev.podhop.trace.DropReason;

/** {@code nf_confirm}, last of all: the connection becomes known to others than its packet. */
final class ConntrackConfirm implements Callback {

    @Override
    public int priority() {
        return Integer.MAX_VALUE;
    }

    @Override
    public boolean call(HookView at, Packet p, Verdict verdict) {
        if (p.conntrack == Packet.NO_CONNTRACK || at.conntrack().confirm(p, at.nowNanos())) {
            return true;
        }
        return verdict.drop(DropReason.CT_INSERT_FAILED, PacketPath.why(p,
                PathReason.CT_INSERT_FAILED, "node", at.namespace().name()));
    }
}
