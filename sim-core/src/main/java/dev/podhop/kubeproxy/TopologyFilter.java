package dev.podhop.kubeproxy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Narrows a Service port's ready endpoints to those near the asking node ({@code topology.go}).
 *
 * <p>Hints count only if <em>every</em> ready endpoint has one, and only for nodes or zones that at
 * least one endpoint names: one endpoint without a hint switches the filter off for all, which is
 * what keeps a half-written slice from overloading the few endpoints that already have hints.
 *
 * <p>The result per node and zone that any hint names is computed once, so its size follows the
 * hints and not the number of nodes.
 */
final class TopologyFilter {

    private final EndpointSet all;
    private final Map<String, EndpointSet> byNode;
    private final Map<String, EndpointSet> byZone;

    private TopologyFilter(EndpointSet all, Map<String, EndpointSet> byNode,
            Map<String, EndpointSet> byZone) {
        this.all = all;
        this.byNode = byNode;
        this.byZone = byZone;
    }

    /** A filter that lets everything through. */
    static TopologyFilter none(List<EndpointInfo> endpoints) {
        return new TopologyFilter(EndpointSet.of(endpoints), Map.of(), Map.of());
    }

    /** The filter of a Service port's ready endpoints, under the rules of that version. */
    static TopologyFilter of(ServicePortInfo port, List<EndpointInfo> ready, ProxyVersion version) {
        if (!version.readsHints()
                || version.hintsNeedAnnotation() && !asksForHints(port.hintsAnnotation())) {
            return none(ready);
        }
        Map<String, EndpointSet> byNode = version.honoursNodeHints()
                ? group(ready, EndpointInfo::nodeHints)
                : Map.of();
        return new TopologyFilter(EndpointSet.of(ready), byNode,
                group(ready, EndpointInfo::zoneHints));
    }

    private static boolean asksForHints(String annotation) {
        return !annotation.isEmpty() && !annotation.equals("disabled")
                && !annotation.equals("Disabled");
    }

    private static Map<String, EndpointSet> group(List<EndpointInfo> ready,
            Function<EndpointInfo, List<String>> hints) {
        Map<String, List<EndpointInfo>> groups = new HashMap<>();
        for (EndpointInfo endpoint : ready) {
            if (hints.apply(endpoint).isEmpty()) {
                return Map.of();
            }
            hints.apply(endpoint).stream().distinct().forEach(
                    name -> groups.computeIfAbsent(name, n -> new ArrayList<>()).add(endpoint));
        }
        Map<String, EndpointSet> sets = new HashMap<>();
        groups.forEach((name, members) -> sets.put(name, EndpointSet.of(members)));
        return sets;
    }

    /** Whether every node sees the same endpoints. */
    boolean isUniform() {
        return byNode.isEmpty() && byZone.isEmpty();
    }

    /** What is left for clients on that node. Never empty unless nothing is ready anywhere. */
    EndpointSet near(String node, @Nullable String zone) {
        EndpointSet sameNode = byNode.get(node);
        if (sameNode != null) {
            return sameNode;
        }
        EndpointSet sameZone = zone == null || zone.isEmpty() ? null : byZone.get(zone);
        return sameZone == null ? all : sameZone;
    }
}
