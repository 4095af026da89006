package dev.podhop.k8s.controller;

import dev.podhop.k8s.Endpoint;
import dev.podhop.k8s.Node;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Topology aware routing's arithmetic ({@code endpointslice/topologycache}, KEP-2433): a zone is to
 * have endpoints in proportion to its processors, and if that cannot be had without burdening an
 * endpoint by more than 20 % above the average, nobody gets a hint. Hints of nodes that are not
 * ready, or of the control plane, do not count; one node without zone or processors spoils it all.
 *
 * <p>Fractions are binary here, as they are in Kubernetes, so that its roundings come out too.
 */
final class ZoneShares {

    private static final double OVERLOAD = 0.2;
    private static final List<String> EXCLUDED =
            List.of("node-role.kubernetes.io/control-plane", "node-role.kubernetes.io/master");

    /** Each zone's share of the processors; empty where no hints can be given. */
    private final Map<String, Double> shares = new TreeMap<>();

    ZoneShares(Collection<Node> nodes) {
        Map<String, Long> cpu = new TreeMap<>();
        for (Node node : nodes) {
            if (EXCLUDED.stream().anyMatch(node.metadata().labels()::containsKey)
                    || !node.isReady()) {
                continue;
            }
            String zone = node.zone();
            long milli = milli(node.allocatableCpu());
            if (zone == null || zone.isEmpty() || milli == 0) {
                return;
            }
            cpu.merge(zone, milli, Long::sum);
        }
        long total = cpu.values().stream().mapToLong(Long::longValue).sum();
        if (cpu.size() >= 2) {
            cpu.forEach((zone, milli) -> shares.put(zone, (double) milli / total));
        }
    }

    /** Thousandths of a processor; 0 for a quantity that is none. */
    private static long milli(String quantity) {
        if (!quantity.matches("[0-9]{1,9}(\\.[0-9]{1,9})?m?")) {
            return 0;
        }
        boolean milli = quantity.endsWith("m");
        BigDecimal number =
                new BigDecimal(milli ? quantity.substring(0, quantity.length() - 1) : quantity);
        return milli ? number.longValue() : number.movePointRight(3).longValue();
    }

    /**
     * The zone that each endpoint is to serve; null for one that is not ready.
     *
     * @return null where there are to be no hints at all
     */
    @Nullable List<@Nullable String> hints(List<Endpoint> endpoints) {
        int ready = (int) endpoints.stream().filter(Endpoint::isReady).count();
        Map<String, Double> desired = desired(ready);
        if (desired == null || endpoints.stream()
                .anyMatch(e -> e.isReady() && (e.zone() == null || e.zone().isEmpty()))) {
            return null;
        }
        List<@Nullable String> zones = new ArrayList<>();
        Map<String, Integer> has = new TreeMap<>();
        for (Endpoint endpoint : endpoints) {
            zones.add(endpoint.isReady() ? endpoint.zone() : null);
            if (endpoint.isReady() && endpoint.zone() != null) {
                has.merge(endpoint.zone(), 1, Integer::sum);
            }
        }
        redistribute(zones, transfers(desired, has));
        return zones;
    }

    /** {@code getAllocations}; null where the zones cannot be served without overload. */
    private @Nullable Map<String, Double> desired(int endpoints) {
        if (shares.isEmpty() || shares.size() > endpoints) {
            return null;
        }
        Map<String, Double> desired = new TreeMap<>();
        int left = endpoints;
        for (Map.Entry<String, Double> share : shares.entrySet()) {
            int minimum = minimum(share.getValue(), endpoints);
            desired.put(share.getKey(), Math.max(share.getValue() * endpoints, minimum));
            left -= minimum;
        }
        return left < 0 ? null : desired;
    }

    private static int minimum(double share, int endpoints) {
        return (int) Math.ceil(share * endpoints * (1 / (1 + OVERLOAD)));
    }

    /** From one zone to another; among equals Kubernetes draws, here the first by name gives. */
    private record Transfer(String from, String to) {}

    /** {@code getGivingAndReceivingZones}: whole endpoints, while half of one is too many. */
    private static List<Transfer> transfers(Map<String, Double> desired,
            Map<String, Integer> has) {
        Map<String, Double> giving = new TreeMap<>();
        Map<String, Double> receiving = new TreeMap<>();
        desired.forEach((zone, target) -> {
            double excess = has.getOrDefault(zone, 0) - target;
            (excess > 0 ? giving : receiving).put(zone, Math.abs(excess));
        });
        List<Transfer> transfers = new ArrayList<>();
        while (true) {
            String from = most(giving);
            String to = most(receiving);
            double give = giving.getOrDefault(from, 0.0);
            double take = receiving.getOrDefault(to, 0.0);
            if (give < 1 && take < 1 || give < 0.5 || take < 0.5) {
                return transfers;
            }
            transfers.add(new Transfer(from, to));
            giving.put(from, give - 1);
            receiving.put(to, take - 1);
        }
    }

    private static String most(Map<String, Double> zones) {
        String most = "";
        for (Map.Entry<String, Double> zone : zones.entrySet()) {
            if (zone.getValue() > zones.getOrDefault(most, 0.0)) {
                most = zone.getKey();
            }
        }
        return most;
    }

    /** {@code redistributeHints}. */
    private static void redistribute(List<@Nullable String> zones, List<Transfer> transfers) {
        List<Transfer> left = new ArrayList<>(transfers);
        for (int i = 0; i < zones.size(); i++) {
            String zone = zones.get(i);
            for (Transfer transfer : left) {
                if (transfer.from().equals(zone)) {
                    zones.set(i, transfer.to());
                    left.remove(transfer);
                    break;
                }
            }
        }
    }

    /**
     * Whether hints that were given would now burden a zone by more than is allowed
     * ({@code serviceOverloaded}).
     *
     * @param endpoints with their hints
     */
    boolean isOverloaded(Collection<Endpoint> endpoints) {
        Map<String, Integer> has = new TreeMap<>();
        endpoints.forEach(e -> e.hintedZones().forEach(zone -> has.merge(zone, 1, Integer::sum)));
        int total = has.values().stream().mapToInt(Integer::intValue).sum();
        return total > 0 && (shares.isEmpty() || shares.entrySet().stream().anyMatch(share -> has
                .getOrDefault(share.getKey(), 0) < Math.max(1, minimum(share.getValue(), total))));
    }
}
