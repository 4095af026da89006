package dev.podhop.run.doctor;

import dev.podhop.k8s.Node;
import dev.podhop.k8s.ObjectKey;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.Service;
import dev.podhop.scenario.Source;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** One caller of each class that can fare differently with a Service. */
final class Callers {

    private final Surroundings around;
    private final Service service;
    private final List<Pod> endpoints;
    private final Set<ObjectKey> endpointKeys;
    private final Set<String> with;
    private final boolean zoned;
    /** The first of each class, by its role and its node's traits. */
    private final Map<String, Caller> callers = new LinkedHashMap<>();

    Callers(Surroundings around, Service service) {
        this.around = around;
        this.service = service;
        this.endpoints = around.endpointPods(service);
        this.endpointKeys = endpoints.stream().map(Pod::key).collect(Collectors.toSet());
        this.with = around.nodesOf(service);
        this.zoned = around.usable(service).stream()
                .anyMatch(e -> !e.hintedZones().isEmpty() || !e.hintedNodes().isEmpty());
    }

    /** Pods and nodes, one of each class. */
    List<Caller> inside() {
        for (Pod pod : endpoints) {
            add(CallerRole.ENDPOINT, pod);
        }
        for (Node node : around.nodes()) {
            String name = node.metadata().name();
            CallerRole role = with.contains(name) ? CallerRole.BESIDE : CallerRole.ELSEWHERE;
            candidate(name).ifPresent(pod -> add(role, pod));
            add(with.contains(name) ? CallerRole.NODE_WITH : CallerRole.NODE_WITHOUT, node,
                    new Source.NodeSource(name));
        }
        return List.copyOf(callers.values());
    }

    /** A pod of the node that is no endpoint: of the Service's own namespace where there is one. */
    private Optional<Pod> candidate(String node) {
        Pod any = null;
        for (Pod pod : around.ordinaryPods(node)) {
            if (endpointKeys.contains(pod.key())) {
                continue;
            }
            if (pod.metadata().namespace().equals(service.metadata().namespace())) {
                return Optional.of(pod);
            }
            any = any == null ? pod : any;
        }
        return Optional.ofNullable(any);
    }

    private void add(CallerRole role, Pod pod) {
        around.node(pod.spec().nodeName()).ifPresent(node -> add(role, node, new Source.PodSource(
                pod.metadata().namespace(), pod.metadata().name())));
    }

    private void add(CallerRole role, Node node, Source source) {
        callers.putIfAbsent(role + " " + around.traits(node, zoned),
                new Caller(role, source, node.metadata().name()));
    }

    /** Nodes with and without an endpoint, one of each class. */
    List<Node> doors() {
        Map<String, Node> doors = new LinkedHashMap<>();
        for (Node node : around.nodes()) {
            if (!node.internalAddresses().isEmpty()) {
                doors.putIfAbsent(with.contains(node.metadata().name()) + " "
                        + around.traits(node, false), node);
            }
        }
        return new ArrayList<>(doors.values());
    }

    boolean hasEndpointOn(String node) {
        return with.contains(node);
    }
}
