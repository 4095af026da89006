package dev.podhop.netstack.netfilter;

import dev.podhop.net.Hook;
import dev.podhop.net.IpAddress;
import dev.podhop.net.L4Protocol;
import dev.podhop.packet.CtState;
import org.jspecify.annotations.Nullable;

/**
 * What a rule may look at: the packet, where it is, and the namespace's own facts.
 *
 * <p>One object per namespace, refilled for each packet; a program must not keep it.
 */
public interface PacketView {

    Hook hook();

    L4Protocol protocol();

    IpAddress source();

    int sourcePort();

    IpAddress destination();

    int destinationPort();

    /** {@code skb->mark}. */
    int mark();

    CtState ctState();

    /** {@code --syn}: whether it opens a connection; always, unless it is TCP. */
    default boolean opens() {
        return true;
    }

    /** {@code --ctstate DNAT}: the connection's destination was changed. */
    boolean ctDnat();

    /** Name of the device it came in by ({@code -i}); null in OUTPUT and POSTROUTING. */
    @Nullable String inputDevice();

    /** {@code --physdev-is-in}: it came in by a port of a bridge that calls netfilter. */
    default boolean isBridged() {
        return false;
    }

    /** Name of the device it leaves by ({@code -o}); null in PREROUTING and INPUT. */
    @Nullable String outputDevice();

    /** {@code -m addrtype --type LOCAL}: any address of the namespace, 127.0.0.0/8 included. */
    boolean isLocalAddress(IpAddress address);

    /** Virtual time. */
    long nowNanos();

    /** A uniform choice in [0, n) by the entity {@code who} (see {@code engine.Keys}). */
    int chooseUniform(long who, int n);

    /** A choice in proportion to the first {@code n} weights. */
    int chooseWeighted(long who, int[] weights, int n);

    /**
     * A uniform choice in [0, n) that outlives the connection: by {@code who} about {@code whom},
     * the same whichever connection asks, and however often.
     */
    default int chooseLasting(long who, long whom, int n) {
        return chooseUniform(who ^ whom, n);
    }

    /**
     * Whether all branches of what may happen are followed, each by itself: what hangs on earlier
     * connections is chance then.
     */
    default boolean enumerates() {
        return false;
    }

    /** The namespace's memory for {@code -m recent}: session affinity. */
    RecentLists recent();

    /** Where matched rules are written down; null with tracing off. */
    @Nullable RuleLog log();
}
