package dev.podhop.cloud;

import dev.podhop.engine.Keys;
import dev.podhop.net.IpAddress;
import dev.podhop.netstack.netfilter.PacketView;
import java.util.HashMap;
import java.util.Map;

/**
 * A listener's memory of what it chose, as its scheduler needs it.
 *
 * <p>A deterministic scheduler starts anywhere with equal chance: nobody knows how far it had come
 * before the run. A source's hash is fixed once it was drawn.
 */
final class Scheduling {

    private static final int UNKNOWN = -1;

    private final long key;
    private int position = UNKNOWN;
    private final Map<IpAddress, Integer> hashed = new HashMap<>();
    private int[] connections = new int[0];

    Scheduling(String listener) {
        this.key = Keys.of(listener);
    }

    /**
     * An index among the first {@code n} weights, whose sum is positive.
     */
    int choose(LoadBalancerSettings.Scheduler scheduler, PacketView packet, int[] weights,
            int n) {
        return switch (scheduler) {
            case RANDOM -> random(packet, weights, n);
            case WEIGHTED_ROUND_ROBIN -> roundRobin(packet, weights, n);
            case LEAST_CONNECTIONS -> leastConnections(packet, weights, n);
            case SOURCE_HASH -> sourceHash(packet, weights, n);
        };
    }

    private int random(PacketView packet, int[] weights, int n) {
        for (int i = 1; i < n; i++) {
            if (weights[i] != weights[0]) {
                return packet.chooseWeighted(key, weights, n);
            }
        }
        return packet.chooseUniform(key, n);
    }

    private int roundRobin(PacketView packet, int[] weights, int n) {
        int sum = 0;
        for (int i = 0; i < n; i++) {
            sum += weights[i];
        }
        position = position == UNKNOWN ? packet.chooseUniform(key, sum) : (position + 1) % sum;
        int rest = position;
        int index = 0;
        while (rest >= weights[index]) {
            rest -= weights[index++];
        }
        return index;
    }

    /** Fewest new connections for its weight; the first time, and among equals, anywhere. */
    private int leastConnections(PacketView packet, int[] weights, int n) {
        if (connections.length != n) {
            connections = new int[n];
        }
        int best = 0;
        for (int i = 0; i < n; i++) {
            if (less(i, best, weights)) {
                best = i;
            }
        }
        int equals = 0;
        for (int i = 0; i < n; i++) {
            if (!less(best, i, weights) && weights[i] > 0) {
                equals++;
            }
        }
        int chosen = packet.chooseUniform(key, equals);
        for (int i = 0; i < n; i++) {
            if (weights[i] > 0 && !less(best, i, weights) && chosen-- == 0) {
                connections[i]++;
                return i;
            }
        }
        return best;
    }

    /** Whether {@code a} has fewer connections for its weight than {@code b}. */
    private boolean less(int a, int b, int[] weights) {
        if (weights[a] == 0) {
            return false;
        }
        return weights[b] == 0
                || (long) connections[a] * weights[b] < (long) connections[b] * weights[a];
    }

    private int sourceHash(PacketView packet, int[] weights, int n) {
        Integer known = hashed.get(packet.source());
        if (known == null || known >= n || weights[known] == 0) {
            known = random(packet, weights, n);
            hashed.put(packet.source(), known);
        }
        return known;
    }
}
