package dev.podhop.kubeproxy;

import dev.podhop.net.IpAddress;
import dev.podhop.net.L4Protocol;
import org.jspecify.annotations.Nullable;

/**
 * A hash from (address, protocol, port) to a number: what nftables calls a verdict map, and what
 * iptables has to find by walking {@code KUBE-SERVICES} rule by rule.
 *
 * <p>Open addressing over primitives. A slot is two longs, so that a hit in an IPv4 table touches
 * one cache line; the upper halves of IPv6 addresses stand in an array of their own.
 */
final class AddressPortIndex {

    /** The answer for a key that is not there. */
    static final int NONE = -1;

    private static final long GOLDEN = 0x9e3779b97f4a7c15L;
    private static final long MIX_HIGH = 0xbf58476d1ce4e5b9L;
    private static final long MIX_PORT = 0x94d049bb133111ebL;

    /** Per slot: the low half of the address; then value << 32 | protocol << 16 | port. */
    private final long[] slots;
    private final long @Nullable [] highs;
    private final int shift;
    private final int mask;

    /**
     * @param expected how many keys will be put in at most
     * @param wide whether addresses are IPv6
     */
    AddressPortIndex(int expected, boolean wide) {
        // at most three quarters full
        int size = Integer.highestOneBit(Math.max(expected, 4) / 3 * 4 + 3) * 2;
        slots = new long[size * 2];
        highs = wide ? new long[size] : null;
        mask = size - 1;
        shift = Long.SIZE - Integer.numberOfTrailingZeros(size);
    }

    /** The value of a key, or {@link #NONE}. */
    int find(IpAddress address, L4Protocol protocol, int port) {
        long word = slots[slot(address, portWord(protocol, port)) * 2 + 1];
        return word == 0 ? NONE : (int) (word >>> 32);
    }

    /**
     * Gives a new key its value; a key that is there already keeps the value it has.
     *
     * @param value at least 0
     * @return the value that the key had, or {@link #NONE}
     */
    int putIfAbsent(IpAddress address, L4Protocol protocol, int port, int value) {
        int portWord = portWord(protocol, port);
        int slot = slot(address, portWord);
        long word = slots[slot * 2 + 1];
        if (word != 0) {
            return (int) (word >>> 32);
        }
        slots[slot * 2] = address.low();
        slots[slot * 2 + 1] = (long) value << 32 | portWord;
        if (highs != null) {
            highs[slot] = address.high();
        }
        return NONE;
    }

    /** Never 0, for no protocol has number 0: a word of 0 is an empty slot. */
    private static int portWord(L4Protocol protocol, int port) {
        return protocol.number() << 16 | port;
    }

    /** The slot that holds the key, or the empty one where it would go. */
    private int slot(IpAddress address, int portWord) {
        long mixed = (address.low() + address.high() * MIX_HIGH + portWord * MIX_PORT) * GOLDEN;
        int slot = (int) (mixed >>> shift);
        while (true) {
            long word = slots[slot * 2 + 1];
            if (word == 0 || (int) word == portWord && slots[slot * 2] == address.low()
                    && (highs == null || highs[slot] == address.high())) {
                return slot;
            }
            slot = slot + 1 & mask;
        }
    }
}
