package dev.podhop.netstack;

import dev.podhop.netstack.netfilter.Verdict;
import dev.podhop.packet.Packet;

/** One entry of a hook's list ({@code nf_hook_entry}). */
interface Callback {

    /** Among the callbacks of the hook, lowest first. */
    int priority();

    /**
     * Asks it about a packet.
     *
     * @param at where the packet is
     * @param verdict says how the packet ends, when it does
     * @return whether the packet goes on
     */
    boolean call(HookView at, Packet p, Verdict verdict);
}
