package dev.podhop.k8s.admission;

import java.util.BitSet;
import java.util.Optional;

/** The node ports of a cluster ({@code portallocator.PortAllocator}); protocols share them. */
final class NodePortPool {

    static final int FIRST = 30_000;
    static final int LAST = 32_767;

    // KEP-3668: the lower part is left to those who ask for a port, min(max(16, size/32), 128).
    private static final int DYNAMIC_FROM = FIRST + 86;

    private final BitSet used = new BitSet();

    /** Takes that port; what is wrong with it, if it cannot be had. */
    Optional<String> allocate(int port) {
        if (port < FIRST || port > LAST) {
            return Optional.of("provided port is not in the valid range. The range of valid ports"
                    + " is " + FIRST + "-" + LAST);
        }
        if (used.get(port)) {
            return Optional.of("provided port is already allocated");
        }
        used.set(port);
        return Optional.empty();
    }

    /**
     * Takes the lowest free port, above the part that is asked for by number; 0 if none is left.
     */
    int allocateNext() {
        int port = used.nextClearBit(DYNAMIC_FROM);
        if (port > LAST) {
            port = used.nextClearBit(FIRST);
        }
        if (port > LAST) {
            return 0;
        }
        used.set(port);
        return port;
    }

    void release(int port) {
        used.clear(port);
    }
}
