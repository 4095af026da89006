package dev.podhop.netstack.ipvs;

import dev.podhop.net.IpAddress;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The table of scheduler mh ({@code ip_vs_mh.c}): each server in turn takes the next free place of
 * its own order, until none is left. {@code CONFIG_IP_VS_MH_TAB_INDEX} is 12, as is usual.
 *
 * <p>One that is about to go keeps its places ({@code last_weight}); without {@code mh-fallback},
 * which kube-proxy does not ask for, whoever meets it there finds nobody.
 */
final class Maglev {

    static final int SIZE = 4093;
    private static final long KEY1 = 2654435761L;
    private static final long KEY2 = 2654446892L;

    /** By place, whose it is; empty where there is none. */
    private final RealServer[] places;

    Maglev(List<RealServer> servers) {
        places = new RealServer[servers.isEmpty() ? 0 : SIZE];
        int n = servers.size();
        int[] next = new int[n];
        int[] skip = new int[n];
        for (int i = 0; i < n; i++) {
            RealServer server = servers.get(i);
            int word = word(server.endpoint.address(), server.endpoint.port());
            next[i] = Integer.remainderUnsigned(hash(word, KEY1), SIZE);
            skip[i] = Integer.remainderUnsigned(hash(word, KEY2), SIZE - 1) + 1;
        }
        for (int taken = 0; taken < places.length; taken++) {
            int i = taken % n;
            while (places[next[i]] != null) {
                next[i] = (next[i] + skip[i]) % SIZE;
            }
            places[next[i]] = servers.get(i);
        }
    }

    /** {@code ip_vs_mh_get}. */
    @Nullable RealServer of(IpAddress source, int port) {
        return places.length == 0 ? null
                : places[Integer.remainderUnsigned(hash(word(source, port), KEY1), SIZE)];
    }

    /** How many of the places each of these servers has. */
    int[] shares(List<RealServer> servers) {
        return servers.stream().mapToInt(server -> (int) Arrays.stream(places)
                .filter(each -> each == server).count()).toArray();
    }

    /** {@code ip_vs_mh_hashkey}: port and folded address, summed. */
    private static int word(IpAddress address, int port) {
        return port + folded(address);
    }

    /** The address as one word, IPv6's four combined by exclusive or. */
    static int folded(IpAddress address) {
        if (address.isV4()) {
            return (int) address.low();
        }
        long folded = address.high() ^ address.low();
        return (int) (folded ^ folded >>> Integer.SIZE);
    }

    /** {@code hsiphash} of one word on a 64-bit kernel: SipHash-1-3, its low half. */
    static int hash(int word, long key) {
        long[] v = {key ^ 0x736f6d6570736575L, key ^ 0x646f72616e646f6dL,
            key ^ 0x6c7967656e657261L, key ^ 0x7465646279746573L};
        // four bytes are the tail, beside the length
        long block = 4L << 56 | Integer.toUnsignedLong(word);
        v[3] ^= block;
        round(v);
        v[0] ^= block;
        v[2] ^= 0xff;
        for (int i = 0; i < 3; i++) {
            round(v);
        }
        return (int) (v[0] ^ v[1] ^ v[2] ^ v[3]);
    }

    /** {@code SIPROUND}. */
    private static void round(long[] v) {
        v[0] += v[1];
        v[1] = Long.rotateLeft(v[1], 13) ^ v[0];
        v[0] = Long.rotateLeft(v[0], 32);
        v[2] += v[3];
        v[3] = Long.rotateLeft(v[3], 16) ^ v[2];
        v[0] += v[3];
        v[3] = Long.rotateLeft(v[3], 21) ^ v[0];
        v[2] += v[1];
        v[1] = Long.rotateLeft(v[1], 17) ^ v[2];
        v[2] = Long.rotateLeft(v[2], 32);
    }
}
