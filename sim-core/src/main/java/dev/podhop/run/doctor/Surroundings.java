package dev.podhop.run.doctor;

import dev.podhop.k8s.Addresses;
import dev.podhop.k8s.ApiObject;
import dev.podhop.k8s.Endpoint;
import dev.podhop.k8s.EndpointSlice;
import dev.podhop.k8s.Node;
import dev.podhop.k8s.ObjectKey;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.Service;
import dev.podhop.run.stage.Stage;
import dev.podhop.scenario.LoadedScenario;
import dev.podhop.scenario.Source;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Who is where, looked up once for all Services of a moment. */
final class Surroundings {

    private final LoadedScenario scenario;
    private final Stage stage;
    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private final List<Node> nodeList;
    private final Map<String, List<Pod>> podsByNode = new HashMap<>();
    private final Map<String, Pod> podsByAddress = new HashMap<>();
    private final Map<String, List<EndpointSlice>> slices = new HashMap<>();
    /** Addresses that somebody has. */
    private final Set<String> known = new HashSet<>();

    Surroundings(LoadedScenario scenario, Stage stage) {
        this.scenario = scenario;
        this.stage = stage;
        for (Node node : stage.cluster().objects().nodes()) {
            if (stage.cluster().node(node.metadata().name()) != null) {
                nodes.put(node.metadata().name(), node);
            }
        }
        for (Pod pod : stage.controlPlane().pods()) {
            boolean there = stage.cluster().pod(pod.metadata().namespace(),
                    pod.metadata().name()) != null;
            if (pod.isFinished() || !there) {
                continue;
            }
            if (!pod.spec().hostNetwork() && !pod.isTerminating()) {
                podsByNode.computeIfAbsent(pod.spec().nodeName(), n -> new ArrayList<>())
                        .add(pod);
            }
            if (!pod.spec().hostNetwork()) {
                pod.status().podIPs().forEach(ip -> podsByAddress.putIfAbsent(ip, pod));
            }
        }
        nodeList = List.copyOf(nodes.values());
        podsByNode.values().forEach(pods -> pods
                .sort((a, b) -> Boolean.compare(isSystem(a), isSystem(b))));
        stage.controlPlane().pods().stream().filter(pod -> !pod.isFinished())
                .forEach(pod -> known.addAll(pod.status().podIPs()));
        nodes.values().forEach(node -> known.addAll(node.ownAddresses()));
        if (!scenario.bareDump()) {
            scenario.spec().externalHosts().forEach(
                    host -> host.addresses().forEach(a -> known.add(a.toString())));
        }
        scenario.spec().nodeServers().forEach(own -> known.add(own.ip().toString()));
        stage.controlPlane().store().list(EndpointSlice.class).forEach(
                slice -> slices.computeIfAbsent(slice.metadata().namespace() + "/"
                        + slice.serviceName(), s -> new ArrayList<>()).add(slice));
    }

    /** All pods, those without a network too. */
    List<Pod> pods() {
        return stage.controlPlane().pods();
    }

    /** Whether an endpoint is meant to be a pod, by its reference or its address, and is none. */
    boolean isNobodys(Endpoint endpoint, String address) {
        boolean pods = endpoint.targetRef() != null && "Pod".equals(endpoint.targetRef().kind())
                || Addresses.parse(address).filter(ip -> nodes.values().stream()
                        .flatMap(node -> node.podRanges().stream())
                        .anyMatch(range -> range.contains(ip))).isPresent();
        return pods && !known.contains(address);
    }

    /** Whether its caller, or one of those called, is on such a node. */
    boolean concerns(Symptom symptom, Set<String> nodes) {
        return nodes.contains(symptom.call().caller().node())
                || nodesOf(symptom.call().service()).stream().anyMatch(nodes::contains);
    }

    LoadedScenario scenario() {
        return scenario;
    }

    Stage stage() {
        return stage;
    }

    /** Nodes that have a network, in the file's order. */
    List<Node> nodes() {
        return nodeList;
    }

    Optional<Node> node(String name) {
        return Optional.ofNullable(nodes.get(name));
    }

    List<EndpointSlice> slices(Service service) {
        return slices.getOrDefault(service.metadata().namespace() + "/"
                + service.metadata().name(), List.of());
    }

    /** The endpoints of a Service that kube-proxy may use. */
    List<Endpoint> usable(Service service) {
        return slices(service).stream().flatMap(s -> usable(s).stream()).toList();
    }

    static List<Endpoint> usable(EndpointSlice slice) {
        return slice.endpoints().stream()
                .filter(e -> e.isReady() || e.isServing() && e.isTerminating()).toList();
    }

    /** Pods of a node with a network of their own, those of users before the system's. */
    List<Pod> ordinaryPods(String node) {
        return podsByNode.getOrDefault(node, List.of());
    }

    /** Whether a pod asks the cluster's DNS for names, and not its node's. */
    boolean asksClusterDns(Caller caller) {
        return caller.source() instanceof Source.PodSource source
                && ordinaryPods(caller.node()).stream()
                        .filter(pod -> pod.metadata().name().equals(source.name())
                                && pod.metadata().namespace().equals(source.namespace()))
                        .anyMatch(pod -> !List.of("Default", "None")
                                .contains(pod.spec().dnsPolicy()));
    }

    static boolean isSystem(ApiObject object) {
        return object.metadata().namespace().equals("kube-system");
    }

    /** Pods with a network of their own that are endpoints of a Service. */
    List<Pod> endpointPods(Service service) {
        Map<ObjectKey, Pod> pods = new LinkedHashMap<>();
        for (Endpoint endpoint : usable(service)) {
            for (String address : endpoint.addresses()) {
                Pod pod = podsByAddress.get(address);
                if (pod != null && !pod.isTerminating()) {
                    pods.put(pod.key(), pod);
                }
            }
        }
        return List.copyOf(pods.values());
    }

    /** Names of nodes that have a usable endpoint of a Service, as kube-proxy names nodes. */
    Set<String> nodesOf(Service service) {
        Set<String> names = new LinkedHashSet<>();
        usable(service).forEach(e -> {
            if (e.nodeName() != null) {
                names.add(e.nodeName());
            }
        });
        return names;
    }

    /** What makes calls from or by a node another matter than by its neighbours. */
    String traits(Node node, boolean zoned) {
        String name = node.metadata().name();
        String zone = zoned && node.zone() != null ? node.zone() : "";
        return zone + "|" + scenario.proxyNames().on(name).equals(name) + "|" + node.isReady()
                + "|" + node.podCIDRs().isEmpty();
    }
}
