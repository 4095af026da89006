package dev.podhop.cloud;

import dev.podhop.engine.Keys;
import dev.podhop.net.IpAddress;
import dev.podhop.netstack.netfilter.PacketView;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntUnaryOperator;

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
    private final Map<Flow, Integer> flows = new HashMap<>();

    /** What a listener's packets differ in, and among how many shares was chosen. */
    private record Flow(IpAddress source, int port, int shares) {}

    Scheduling(String listener) {
        this.key = Keys.of(listener);
    }

    /** Of the listener. */
    long key() {
        return key;
    }

    /**
     * An index among the first {@code n} weights, whose sum is positive.
     *
     * @param open how many connections one of them has under way
     */
    int choose(LoadBalancerSettings.Scheduler scheduler, PacketView packet, int[] weights,
            int n, IntUnaryOperator open) {
        return switch (scheduler) {
            case RANDOM -> random(packet, weights, n);
            case WEIGHTED_ROUND_ROBIN -> roundRobin(packet, weights, n);
            case LEAST_CONNECTIONS -> leastConnections(packet, weights, n, open);
            case SOURCE_HASH -> sourceHash(packet, weights, n);
            case TUPLE_HASH -> tupleHash(packet, weights, n);
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
        int sum = sum(weights, n);
        position = position == UNKNOWN ? packet.chooseLasting(key, 0, sum)
                : (position + 1) % sum;
        return at(position, weights);
    }

    private static int sum(int[] weights, int n) {
        int sum = 0;
        for (int i = 0; i < n; i++) {
            sum += weights[i];
        }
        return sum;
    }

    /** The index whose share of the sum of weights holds the place. */
    private static int at(int place, int[] weights) {
        int rest = place;
        int index = 0;
        while (rest >= weights[index]) {
            rest -= weights[index++];
        }
        return index;
    }

    /** Fewest open connections for its weight; among equals, anywhere. */
    private int leastConnections(PacketView packet, int[] weights, int n, IntUnaryOperator open) {
        int[] connections = new int[n];
        int best = 0;
        int equals = 0;
        for (int i = 0; i < n; i++) {
            connections[i] = open.applyAsInt(i);
            int order = compare(i, best, weights, connections);
            equals = order < 0 ? 1 : order == 0 ? equals + 1 : equals;
            best = order < 0 ? i : best;
        }
        int chosen = packet.chooseUniform(key, equals);
        int index = best;
        while (chosen > 0) {
            index++;
            chosen -= compare(index, best, weights, connections) == 0 ? 1 : 0;
        }
        return index;
    }

    private static int compare(int a, int b, int[] weights, int[] connections) {
        return Long.compare((long) connections[a] * weights[b],
                (long) connections[b] * weights[a]);
    }

    /** The same for the same packets, as long as there are as many to choose among. */
    private int tupleHash(PacketView packet, int[] weights, int n) {
        int sum = sum(weights, n);
        Flow flow = new Flow(packet.source(), packet.sourcePort(), sum);
        Integer known = flows.get(flow);
        if (known == null) {
            known = packet.chooseLasting(key, flow.hashCode(), sum);
            flows.put(flow, known);
        }
        return at(known, weights);
    }

    private int sourceHash(PacketView packet, int[] weights, int n) {
        int sum = sum(weights, n);
        Integer known = hashed.get(packet.source());
        if (known == null) {
            known = packet.chooseLasting(key, packet.source().hashCode(), sum);
            hashed.put(packet.source(), known);
        }
        return at(known % sum, weights);
    }
}
