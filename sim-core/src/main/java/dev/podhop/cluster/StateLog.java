package dev.podhop.cluster;

import dev.podhop.cloud.Instance;
import dev.podhop.cloud.Listener;
import dev.podhop.cloud.Target;
import dev.podhop.engine.SimTime;
import dev.podhop.k8s.Endpoint;
import dev.podhop.k8s.EndpointSlice;
import dev.podhop.k8s.Node;
import dev.podhop.k8s.Pod;
import dev.podhop.netstack.Network;
import dev.podhop.netstack.NetworkNamespace;
import dev.podhop.netstack.conntrack.ConntrackEntry;
import dev.podhop.netstack.conntrack.ConntrackListener.Change;
import dev.podhop.netstack.conntrack.ConntrackTable;
import dev.podhop.trace.StateChange;
import dev.podhop.trace.StateChange.Kind;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Writes state changes into the trace: what stays behind when a packet or a sync is over. */
final class StateLog {

    private final Network network;
    /** What was last told of each thing, so that a sync tells differences only. */
    private final Map<Kind, Map<String, Map<String, String>>> told = new HashMap<>();

    private final TreeSet<Long> changes = new TreeSet<>();

    StateLog(Network network) {
        this.network = network;
    }

    /** Tells of every entry made, moved or gone in a namespace's table from now on. */
    void watch(NetworkNamespace ns) {
        ConntrackTable table = ns.conntrack();
        if (table != null) {
            table.listener((timeNanos, change, entry) -> network.tracer().state(
                    new StateChange(timeNanos, Kind.CONNTRACK, ns.name(),
                            entry.original().toString(), value(change, entry))));
        }
    }

    private static Map<String, String> value(Change change, ConntrackEntry entry) {
        return change == Change.DESTROY ? Map.of() : Map.of("entry", entry.toString());
    }

    /** Tells what a sync changed. */
    void synced(ClusterObjects objects, List<Listener> listeners,
            Collection<Instance> instances) {
        if (!network.tracer().full()) {
            return;
        }
        Map<String, Map<String, String>> endpoints = new LinkedHashMap<>();
        for (EndpointSlice slice : objects.slices()) {
            for (Endpoint endpoint : slice.endpoints()) {
                endpoints.put(Labels.qualified(slice.metadata().namespace(), slice.serviceName())
                        + " " + endpoint.addresses().getFirst(),
                        Map.of("slice", slice.metadata().name(), "ready",
                                String.valueOf(endpoint.isReady()), "terminating",
                                String.valueOf(endpoint.isTerminating())));
            }
        }
        tell(Kind.ENDPOINTS, "", endpoints);
        tell(Kind.POD, "", pods(objects.pods()));
        tell(Kind.NODE, "", nodes(objects.nodes()));
        Map<String, Map<String, String>> targets = new LinkedHashMap<>();
        for (Listener listener : listeners) {
            for (Target target : listener.targets()) {
                targets.put(listener.loadBalancer() + " " + listener.vip() + " " + target.name(),
                        Map.of("address", target.endpoint().toString(), "healthy",
                                String.valueOf(target.healthy()), "weight",
                                String.valueOf(target.weight())));
            }
        }
        for (Instance instance : instances) {
            targets.put(instance.id(), Map.of("access", instance.access().toString(), "addresses",
                    instance.vips().toString(), "tags", instance.tags().toString()));
        }
        tell(Kind.LOAD_BALANCER, "edge", targets);
    }

    private static Map<String, Map<String, String>> pods(List<Pod> pods) {
        Map<String, Map<String, String>> told = new LinkedHashMap<>();
        for (Pod pod : pods) {
            told.put(Labels.pod(pod.metadata()), Map.of("node", pod.spec().nodeName(), "phase",
                    pod.status().phase(), "address", pod.status().podIP(), "ready",
                    String.valueOf(pod.isReady()), "terminating",
                    String.valueOf(pod.isTerminating())));
        }
        return told;
    }

    private static Map<String, Map<String, String>> nodes(List<Node> nodes) {
        Map<String, Map<String, String>> told = new LinkedHashMap<>();
        for (Node node : nodes) {
            told.put(node.metadata().name(),
                    Map.of("ready", String.valueOf(node.isReady()), "schedulable",
                            String.valueOf(!node.unschedulable()), "taints",
                            node.taints().stream().map(t -> t.key() + ":" + t.effect())
                                    .collect(Collectors.joining(" "))));
        }
        return told;
    }

    /** Tells that a process started, was told to end, or is gone; then the state is empty. */
    void process(PodHost host, String container, String state) {
        changed();
        if (network.tracer().full()) {
            network.tracer().state(new StateChange(network.simulation().nowNanos(), Kind.PROCESS,
                    host.pod().spec().nodeName(), host.label() + " " + container,
                    state.isEmpty() ? Map.of() : Map.of("state", state)));
        }
    }

    /**
     * Tells that a node's kube-proxy has put new rules in force.
     *
     * @param rules how many it wrote
     * @param tookNanos since it began
     */
    void rulesSynced(String node, int run, long rules, long tookNanos) {
        changed();
        if (network.tracer().full()) {
            network.tracer().state(new StateChange(network.simulation().nowNanos(),
                    Kind.RULE_SYNC, node, "kube-proxy",
                    new TreeMap<>(Map.of("run", String.valueOf(run), "rules",
                            String.valueOf(rules), "took", SimTime.format(tookNanos)))));
        }
    }

    /** What packets meet is another from now on. */
    void changed() {
        changes.add(network.simulation().nowNanos());
    }

    /** Whether what packets meet changed after one moment and before another. */
    boolean changedBetween(long fromNanos, long toNanos) {
        Long next = changes.higher(fromNanos);
        return next != null && next < toNanos;
    }

    private void tell(Kind kind, String where, Map<String, Map<String, String>> now) {
        long at = network.simulation().nowNanos();
        Map<String, Map<String, String>> before = told.getOrDefault(kind, Map.of());
        before.keySet().stream().filter(key -> !now.containsKey(key)).forEach(key -> network
                .tracer().state(new StateChange(at, kind, where, key, Map.of())));
        now.forEach((key, value) -> {
            if (!value.equals(before.get(key))) {
                network.tracer().state(new StateChange(at, kind, where, key,
                        new TreeMap<>(value)));
            }
        });
        told.put(kind, now);
    }
}
