package dev.podhop.netstack;

import dev.podhop.netstack.netfilter.HookCallback;
import dev.podhop.netstack.netfilter.Verdict;
import dev.podhop.packet.Packet;

/** What another subsystem hung in the hook. */
final class AddedCallback implements Callback {

    private final HookCallback added;

    AddedCallback(HookCallback added) {
        this.added = added;
    }

    @Override
    public int priority() {
        return added.priority();
    }

    @Override
    public boolean call(HookView at, Packet p, Verdict verdict) {
        at.beginWalk();
        verdict.begin(p.mark);
        return added.call(at, p, verdict);
    }
}
