package dev.podhop.netstack;

import dev.podhop.packet.EtherType;
import dev.podhop.packet.Packet;
import dev.podhop.packet.TcpFlags;
import dev.podhop.trace.DropReason;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where the first packet of each attempt that ended badly did so: what a run without tracing still
 * knows about its failures. What ends as a matter of course (a reset that nobody waits for, a frame
 * for somebody else) is not counted.
 */
public final class Endings {

    private static final byte NONE = 0;
    private static final byte REJECTED = -1;
    private static final DropReason[] REASONS = DropReason.values();

    private byte[] kinds = new byte[64];
    private int[] namespaces = new int[64];

    void dropped(Packet p, DropReason reason) {
        boolean ordinary = p.etherType == EtherType.ARP || reason == DropReason.OTHERHOST
                || reason == DropReason.ICMP_NO_SOCKET || p.has(TcpFlags.RST);
        if (!ordinary) {
            note(p, (byte) (reason.ordinal() + 1));
        }
    }

    void rejected(Packet p) {
        note(p, REJECTED);
    }

    private void note(Packet p, byte kind) {
        if (p.attempt < 0) {
            return;
        }
        if (p.attempt >= kinds.length) {
            kinds = Arrays.copyOf(kinds, p.attempt + p.attempt / 2);
            namespaces = Arrays.copyOf(namespaces, kinds.length);
        }
        if (kinds[p.attempt] == NONE) {
            kinds[p.attempt] = kind;
            namespaces[p.attempt] = p.namespace;
        }
    }

    /** Whether a packet of the attempt ended badly. */
    public boolean any(int attempt) {
        return attempt < kinds.length && kinds[attempt] != NONE;
    }

    /** Why the first such packet was dropped; null when it was not. */
    public @Nullable DropReason reason(int attempt) {
        return any(attempt) && kinds[attempt] > 0 ? REASONS[kinds[attempt] - 1] : null;
    }

    /** Index of the namespace where it was. */
    public int namespace(int attempt) {
        return namespaces[attempt];
    }

    void reset() {
        Arrays.fill(kinds, NONE);
    }
}
