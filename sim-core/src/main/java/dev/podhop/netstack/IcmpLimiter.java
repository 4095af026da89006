package dev.podhop.netstack;

import dev.podhop.net.IpAddress;
import java.util.HashMap;
import java.util.Map;

/**
 * {@code inet_peer_xrlim_allow}: a token bucket for each peer that ICMP errors go to.
 *
 * <p>With the default {@code icmp_ratelimit} of 1000 ms a peer gets six at once, then one a second:
 * the seventh refusal in a burst is silence. The host-wide limit ({@code icmp_msgs_per_sec}) is
 * left out.
 */
final class IcmpLimiter {

    /** {@code XRLIM_BURST_FACTOR}. */
    private static final int BURST = 6;

    private final Map<IpAddress, Bucket> peers = new HashMap<>();

    private static final class Bucket {
        long tokensNanos;
        long lastNanos;
    }

    boolean allow(IpAddress peer, long nowNanos, long timeoutNanos) {
        if (timeoutNanos == 0) {
            return true;
        }
        Bucket bucket = peers.get(peer);
        if (bucket == null) {
            bucket = new Bucket();
            bucket.tokensNanos = BURST * timeoutNanos; // a fresh peer's bucket is full
            bucket.lastNanos = nowNanos;
            peers.put(peer, bucket);
        }
        long tokens = bucket.tokensNanos + nowNanos - bucket.lastNanos;
        bucket.tokensNanos = Math.min(tokens, BURST * timeoutNanos);
        bucket.lastNanos = nowNanos;
        if (bucket.tokensNanos < timeoutNanos) {
            return false;
        }
        bucket.tokensNanos -= timeoutNanos;
        return true;
    }

    void clear() {
        peers.clear();
    }
}
