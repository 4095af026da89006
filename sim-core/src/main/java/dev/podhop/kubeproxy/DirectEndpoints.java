package dev.podhop.kubeproxy;

import dev.podhop.kubeproxy.ServiceTable.CaptureKind;
import dev.podhop.net.IpAddress;
import dev.podhop.net.IpFamily;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The endpoints of those ClusterIPs that lead every client on every node to the same set: Cluster
 * policy, no hints, no affinity, one port number. They are the most by far.
 *
 * <p>A lookup among many Services is a matter of cache misses, not of instructions. Through the
 * objects of a {@link ServedPort} it would touch a dozen places in memory; here it is two longs for
 * the capture and two array elements for the endpoint, whose address object is handed on unread.
 */
public final class DirectEndpoints {

    private static final int BITS = 16;
    private static final int MASK = (1 << BITS) - 1;

    /** Per capture: start << 32 | port << 16 | number of endpoints, 0 for none; then its key. */
    private final long[] words;
    private final IpAddress[] addresses;
    private final long[] lows;
    private final long @Nullable [] highs;

    private DirectEndpoints(int captures, int endpoints, boolean wide) {
        words = new long[captures * 2];
        addresses = new IpAddress[endpoints];
        lows = new long[endpoints];
        highs = wide ? new long[endpoints] : null;
    }

    static DirectEndpoints of(IpFamily family, List<ServedPort> served, int[] portOf,
            CaptureKind[] kindOf) {
        int total = 0;
        for (ServedPort port : served) {
            total += isDirect(port) ? cluster(port).size() : 0;
        }
        DirectEndpoints direct = new DirectEndpoints(portOf.length, total,
                family == IpFamily.IPv6);
        int start = 0;
        for (int capture = 0; capture < portOf.length; capture++) {
            ServedPort port = served.get(portOf[capture]);
            if (kindOf[capture] == CaptureKind.CLUSTER_IP && isDirect(port)) {
                start = direct.put(capture, start, port);
            }
        }
        return direct;
    }

    private static boolean isDirect(ServedPort port) {
        return !port.info().internalPolicyLocal() && !port.info().hasAffinity()
                && port.selection().isClusterUniform() && hasOnePort(cluster(port));
    }

    private static boolean hasOnePort(EndpointSet set) {
        for (int i = 1; i < set.size(); i++) {
            if (set.port(i) != set.port(0)) {
                return false;
            }
        }
        return set.size() <= MASK;
    }

    /** No node and no zone matter to a uniform set. */
    private static EndpointSet cluster(ServedPort port) {
        return port.selection().cluster("", null);
    }

    private int put(int capture, int start, ServedPort port) {
        EndpointSet set = cluster(port);
        if (set.isEmpty()) {
            return start;
        }
        words[capture * 2] = (long) start << 2 * BITS | (long) set.port(0) << BITS | set.size();
        words[capture * 2 + 1] = port.key();
        for (int i = 0; i < set.size(); i++) {
            addresses[start + i] = set.address(i);
            lows[start + i] = set.address(i).low();
            if (highs != null) {
                highs[start + i] = set.address(i).high();
            }
        }
        return start + set.size();
    }

    /** Number of a capture's endpoints here; 0 if it takes the long way, or has none. */
    public int size(int capture) {
        return (int) words[capture * 2] & MASK;
    }

    /** The port of all endpoints of a capture that is here. */
    public int port(int capture) {
        return (int) words[capture * 2] >>> BITS;
    }

    /** {@link ServedPort#key()} of a capture that is here. */
    public long key(int capture) {
        return words[capture * 2 + 1];
    }

    /** Where one of a capture's endpoints stands. */
    public int at(int capture, int index) {
        return (int) (words[capture * 2] >>> 2 * BITS) + index;
    }

    public IpAddress address(int at) {
        return addresses[at];
    }

    /** Whether the endpoint has this address, which is of the table's family. */
    public boolean is(int at, IpAddress address) {
        return lows[at] == address.low() && (highs == null || highs[at] == address.high());
    }
}
