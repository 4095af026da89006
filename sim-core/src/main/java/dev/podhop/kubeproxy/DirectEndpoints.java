package dev.podhop.kubeproxy;

import dev.podhop.kubeproxy.ServiceTable.CaptureKind;
import dev.podhop.net.IpAddress;
import dev.podhop.net.IpFamily;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The endpoints of those ClusterIPs that lead every client on every node to the same set: Cluster
 * policy, no hints, no affinity, one port number. They are the most by far.
 *
 * <p>A lookup among many Services is a matter of cache misses, not of instructions. Through the
 * objects of a {@link ServedPort} it would touch a dozen places in memory; here it is a page, two
 * longs for the capture and two array elements for the endpoint, whose address object is handed on
 * unread. A page is all that a changed endpoint makes anew.
 */
public final class DirectEndpoints {

    private static final int PAGE_BITS = 5;
    private static final int PAGE = 1 << PAGE_BITS;
    private static final int BITS = 16;
    private static final int MASK = (1 << BITS) - 1;

    private final VersionedList<Page> pages;

    private DirectEndpoints(VersionedList<Page> pages) {
        this.pages = pages;
    }

    static DirectEndpoints of(Captures captures, List<ServedPort> served) {
        List<Page> pages = new ArrayList<>();
        for (int first = 0; first < captures.count(); first += PAGE) {
            pages.add(Page.of(captures, served, first));
        }
        return new DirectEndpoints(VersionedList.of(pages));
    }

    /** The same after the port that has a capture has changed, as {@code served} knows it. */
    DirectEndpoints with(int capture, Captures captures, List<ServedPort> served) {
        int page = capture >>> PAGE_BITS;
        return new DirectEndpoints(pages.with(page,
                Page.of(captures, served, page << PAGE_BITS)));
    }

    /** What there is of a capture and its neighbours. */
    Page page(int capture) {
        return pages.get(capture >>> PAGE_BITS);
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

    /** {@value #PAGE} captures; those that are not here have size 0. */
    static final class Page {

        /** Per capture: start << 32 | port << 16 | number of endpoints, 0 for none; its key. */
        private final long[] words = new long[PAGE * 2];
        private final IpAddress[] addresses;
        private final long[] lows;
        private final long @Nullable [] highs;

        private Page(int endpoints, boolean wide) {
            addresses = new IpAddress[endpoints];
            lows = new long[endpoints];
            highs = wide ? new long[endpoints] : null;
        }

        private static Page of(Captures captures, List<ServedPort> served, int first) {
            int end = Math.min(first + PAGE, captures.count());
            int total = 0;
            for (int capture = first; capture < end; capture++) {
                ServedPort port = direct(captures, served, capture);
                total += port == null ? 0 : cluster(port).size();
            }
            Page page = new Page(total, captures.family() == IpFamily.IPv6);
            int start = 0;
            for (int capture = first; capture < end; capture++) {
                ServedPort port = direct(captures, served, capture);
                start = port == null ? start : page.put(capture, start, port);
            }
            return page;
        }

        private static @Nullable ServedPort direct(Captures captures, List<ServedPort> served,
                int capture) {
            ServedPort port = served.get(captures.port(capture));
            return captures.kind(capture) == CaptureKind.CLUSTER_IP && isDirect(port) ? port
                    : null;
        }

        private int put(int capture, int start, ServedPort port) {
            EndpointSet set = cluster(port);
            if (set.isEmpty()) {
                return start;
            }
            int word = word(capture);
            words[word] = (long) start << 2 * BITS | (long) set.port(0) << BITS | set.size();
            words[word + 1] = port.key();
            for (int i = 0; i < set.size(); i++) {
                addresses[start + i] = set.address(i);
                lows[start + i] = set.address(i).low();
                if (highs != null) {
                    highs[start + i] = set.address(i).high();
                }
            }
            return start + set.size();
        }

        private static int word(int capture) {
            return (capture & PAGE - 1) * 2;
        }

        /** Number of a capture's endpoints here; 0 if it takes the long way, or has none. */
        int size(int capture) {
            return (int) words[word(capture)] & MASK;
        }

        /** The port of all endpoints of a capture that is here. */
        int port(int capture) {
            return (int) words[word(capture)] >>> BITS;
        }

        /** {@link ServedPort#key()} of a capture that is here. */
        long key(int capture) {
            return words[word(capture) + 1];
        }

        /** Where one of a capture's endpoints stands. */
        int at(int capture, int index) {
            return (int) (words[word(capture)] >>> 2 * BITS) + index;
        }

        IpAddress address(int at) {
            return addresses[at];
        }

        /** Whether the endpoint has this address, which is of the table's family. */
        boolean is(int at, IpAddress address) {
            return lows[at] == address.low() && (highs == null || highs[at] == address.high());
        }
    }
}
