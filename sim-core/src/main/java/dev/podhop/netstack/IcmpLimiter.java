package dev.podhop.netstack;

import dev.podhop.engine.SimTime;
import dev.podhop.net.IpAddress;
import java.util.HashMap;
import java.util.Map;

/**
 * How often a host tells others what became of their packets.
 *
 * <p>{@code inet_peer_xrlim_allow}: with the default {@code icmp_ratelimit} of 1000 ms a peer gets
 * six at once, then one a second: the seventh refusal in a burst is silence. What has no route is
 * counted twice in the peer's one bucket ({@code ip_error} first), so that two are told at once and
 * none for as long as calls keep coming. {@code icmp_global_allow}: the host as a whole sends fifty
 * at once, then a thousand a second; the kernel takes 0, 1 or 2 credits each, here it is 1.
 */
final class IcmpLimiter {

    /** {@code XRLIM_BURST_FACTOR}. */
    private static final int BURST = 6;
    /** {@code ip_rt_error_burst} in {@code ip_rt_error_cost}, one second. */
    private static final int ERROR_BURST = 5;
    /** A fresh peer was last told something that long ago ({@code inet_getpeer}). */
    private static final long FRESH_NANOS = 60 * SimTime.SECOND;
    /** {@code HZ / 50}: credits come no more often. */
    private static final long REFILL_NANOS = SimTime.SECOND / 50;

    private final Map<IpAddress, Bucket> peers = new HashMap<>();
    private long credit;
    private long refilledNanos = -FRESH_NANOS;

    private static final class Bucket {
        long tokensNanos = FRESH_NANOS;
        long lastNanos;

        boolean take(long nowNanos, long costNanos, long burstNanos) {
            tokensNanos = Math.min(tokensNanos + nowNanos - lastNanos, burstNanos);
            lastNanos = nowNanos;
            if (tokensNanos < costNanos) {
                return false;
            }
            tokensNanos -= costNanos;
            return true;
        }
    }

    /** Whether the peer may be told, at most one in {@code timeoutNanos}; 0 for no limit. */
    boolean allow(IpAddress peer, long nowNanos, long timeoutNanos) {
        return timeoutNanos == 0
                || bucket(peer, nowNanos).take(nowNanos, timeoutNanos, BURST * timeoutNanos);
    }

    /** {@code ip_error}: whether the peer may be told that there is no route. */
    boolean allowUnrouted(IpAddress peer, long nowNanos) {
        return bucket(peer, nowNanos).take(nowNanos, SimTime.SECOND,
                ERROR_BURST * SimTime.SECOND);
    }

    /**
     * {@code icmp_global_allow}.
     *
     * @param perSecond {@code icmp_msgs_per_sec}
     * @param burst {@code icmp_msgs_burst}
     */
    boolean allowHost(long nowNanos, int perSecond, int burst) {
        long passed = nowNanos - refilledNanos;
        if (passed >= REFILL_NANOS) {
            long come = Math.min(passed, SimTime.SECOND) * perSecond / SimTime.SECOND;
            credit = Math.min(credit + come, burst);
            refilledNanos = nowNanos;
        }
        if (credit == 0) {
            return false;
        }
        credit--;
        return true;
    }

    private Bucket bucket(IpAddress peer, long nowNanos) {
        Bucket bucket = peers.get(peer);
        if (bucket == null) {
            bucket = new Bucket();
            bucket.lastNanos = nowNanos;
            peers.put(peer, bucket);
        }
        return bucket;
    }

    void clear() {
        peers.clear();
        credit = 0;
        refilledNanos = -FRESH_NANOS;
    }
}
