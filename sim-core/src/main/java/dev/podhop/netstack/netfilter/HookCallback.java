package dev.podhop.netstack.netfilter;

import dev.podhop.net.Hook;
import dev.podhop.net.IpFamily;
import dev.podhop.packet.Packet;
import org.jspecify.annotations.Nullable;

/**
 * A function that a subsystem other than rules hangs in a hook ({@code struct nf_hook_ops}): IPVS
 * at INPUT, FORWARD, OUTPUT. It may write to the packet.
 */
public interface HookCallback {

    Hook hook();

    /** Among the callbacks of the hook, lowest first. */
    int priority();

    /** Whose packets it sees; null for both. */
    default @Nullable IpFamily family() {
        return null;
    }

    /**
     * Looks at a packet, and perhaps changes it. Stateless between packets as far as the order of
     * callbacks is concerned: calls no other.
     *
     * @param view the packet's surroundings; not to be kept
     * @param verdict to be filled in when the packet does not go on: DROP, REJECT or RESEND
     * @return whether the next callback is asked
     */
    boolean call(PacketView view, Packet packet, Verdict verdict);
}
