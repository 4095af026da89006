package dev.podhop.cloud;

import dev.podhop.cloud.Backend.Probe;
import dev.podhop.cloud.Backend.Wish;
import dev.podhop.cloud.LoadBalancerSettings.Backends;
import dev.podhop.cloud.LoadBalancerSettings.Destination;
import dev.podhop.cloud.Registration.Endpoints;
import dev.podhop.cloud.Registration.Nodes;
import dev.podhop.cloud.Targeting.LocalNodes;
import dev.podhop.cloud.Targeting.NodeWeights;
import dev.podhop.k8s.Endpoint;
import dev.podhop.k8s.EndpointPort;
import dev.podhop.k8s.EndpointSlice;
import dev.podhop.k8s.Node;
import dev.podhop.k8s.ObjectMeta;
import dev.podhop.k8s.ObjectReference;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.Service;
import dev.podhop.k8s.ServicePort;
import dev.podhop.k8s.store.ApiStore;
import dev.podhop.net.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the controller binds to a Service's listener.
 *
 * <p>Node ports: every node that is not excluded (KEP-1143) nor, as {@link Registration} says, of
 * the control plane or not ready, whether pods can be scheduled on it or not; the health check
 * sorts out the rest. Where there is no health check, only the nodes that would answer. Pods: those
 * that are ready.
 */
final class BackendSelection {

    /** Label that keeps a node out of all load balancers (KEP-1143). */
    private static final String EXCLUDE = "node.kubernetes.io/exclude-from-external-load-balancers";
    private static final List<String> CONTROL_PLANE = List.of(
            "node-role.kubernetes.io/control-plane", "node-role.kubernetes.io/master");

    private final ApiStore store;
    private final Service service;
    private final LoadBalancerSettings settings;
    private final Registration registration;
    private final TargetWeights weights;
    private final Questions questions;
    private final List<EndpointSlice> slices;

    BackendSelection(ApiStore store, Service service, LoadBalancerSettings settings,
            LoadBalancers config) {
        this.store = store;
        this.service = service;
        this.settings = settings;
        this.registration = settings.registration();
        this.weights = new TargetWeights(settings.targeting().weights(), registration.weight());
        this.questions = new Questions(service, settings.healthCheck(), config);
        this.slices = store.list(EndpointSlice.class).stream()
                .filter(s -> s.serviceName().equals(service.metadata().name())
                        && s.metadata().namespace().equals(service.metadata().namespace()))
                .toList();
    }

    /** What belongs behind one port on one address, in a stable order. */
    List<Wish> of(ServicePort port, IpAddress vip) {
        return settings.backends() == Backends.POD ? pods(port, vip) : nodes(port, vip);
    }

    private List<Wish> nodes(ServicePort port, IpAddress vip) {
        List<Wish> wishes = new ArrayList<>();
        if (port.nodePort() == 0
                && (settings.destination() != Destination.KEEP || questions.lacksNodePort(port))) {
            return wishes;
        }
        for (Node node : store.list(Node.class)) {
            IpAddress address = addressOf(node, vip);
            if (address == null || !mayBeBound(node)) {
                continue;
            }
            String name = node.metadata().name();
            int here = count(name);
            Probe probe = questions.ofNode(port, address);
            boolean passes = questions.passes(node, probe, here, count(null), behind(name));
            if (isBound(here, passes)) {
                wishes.add(
                        new Wish(name, new dev.podhop.net.SocketAddress(address, port.nodePort()),
                                address, nodeWeight(here), probe, passes));
            }
        }
        return wishes;
    }

    /**
     * Nodes that a health check asks are all bound, and it sorts them out. Where none asks, those
     * are that would answer; with policy Cluster any node would, if only by a refusal, unless the
     * controller wants an endpoint that serves.
     */
    private boolean isBound(int here, boolean passes) {
        boolean local = service.spec().isExternalLocal();
        return settings.healthCheck() == null
                ? passes || !local && !registration.serving()
                : !(local && settings.targeting().localNodes() == LocalNodes.WITH_ENDPOINTS)
                        || here > 0;
    }

    private int nodeWeight(int here) {
        return settings.targeting().nodeWeights() == NodeWeights.ENDPOINTS
                && service.spec().isExternalLocal() ? here : weights.ofDefault();
    }

    private boolean mayBeBound(Node node) {
        Map<String, String> labels = node.metadata().labels();
        return (node.isReady() || registration.notReadyNodes() == Nodes.BOUND)
                && !labels.containsKey(EXCLUDE) && settings.targeting().selects(labels)
                && (registration.controlPlaneNodes() == Nodes.BOUND
                        || CONTROL_PLANE.stream().noneMatch(labels::containsKey));
    }

    private List<Wish> pods(ServicePort port, IpAddress vip) {
        List<Wish> wishes = new ArrayList<>();
        for (EndpointSlice slice : slices) {
            for (EndpointPort backend : slice.ports()) {
                Integer number = backend.port();
                if (number == null || !backend.name().equals(port.name())
                        || !backend.protocol().equals(port.protocol())) {
                    continue;
                }
                for (Endpoint endpoint : slice.endpoints()) {
                    IpAddress address = IpAddress.of(endpoint.addresses().getFirst());
                    if (address.family() == vip.family() && isTaken(endpoint)
                            && isBound(endpoint)) {
                        wishes.add(pod(port, address, number, endpoint));
                    }
                }
            }
        }
        return wishes;
    }

    /** Some controllers look for the pod of an endpoint, and pass over what has none. */
    private boolean isTaken(Endpoint endpoint) {
        ObjectReference reference = endpoint.targetRef();
        return registration.endpoints() == Endpoints.ALL
                || reference != null && reference.kind().equals("Pod");
    }

    /**
     * A pod on its way out keeps its connections where the vendor sets its weight to 0 first; one
     * that waits for nothing but the load balancer's word must be bound to get it.
     */
    private boolean isBound(Endpoint endpoint) {
        Pod pod = podOf(endpoint);
        return endpoint.isReady()
                || registration.terminatingPods() && endpoint.isTerminating()
                        && endpoint.isServing()
                || pod != null && ReadinessGate.waits(pod);
    }

    private Wish pod(ServicePort port, IpAddress address, int number, Endpoint endpoint) {
        var target = new dev.podhop.net.SocketAddress(address, number);
        IpAddress node = store.list(Node.class).stream()
                .filter(n -> n.metadata().name().equals(endpoint.nodeName()))
                .map(n -> addressOf(n, address)).filter(a -> a != null).findFirst()
                .orElse(address);
        Pod pod = podOf(endpoint);
        String name = pod == null ? target.toString() : "pod/" + qualified(pod.metadata());
        int weight = endpoint.isTerminating() ? 0 : weights.ofPod(port, pod);
        Probe probe = questions.ofPod(port, target);
        return new Wish(name, target, node, weight, probe,
                endpoint.isReady() && questions.answers(pod, probe));
    }

    private @Nullable Pod podOf(Endpoint endpoint) {
        ObjectReference reference = endpoint.targetRef();
        if (reference != null && reference.kind().equals("Pod")) {
            return store.get(Pod.class, service.metadata().namespace(), reference.name());
        }
        String address = endpoint.addresses().getFirst();
        return store.list(Pod.class).stream().filter(pod -> !pod.spec().hostNetwork()
                && pod.status().podIPs().contains(address)).findFirst().orElse(null);
    }

    private static String qualified(ObjectMeta meta) {
        return meta.namespace().equals(ObjectMeta.DEFAULT_NAMESPACE) ? meta.name()
                : meta.namespace() + "/" + meta.name();
    }

    /** Endpoints on a node that count; on all of them for null. */
    private int count(@Nullable String node) {
        return (int) counting(node).map(e -> e.addresses().getFirst()).distinct().count();
    }

    /** The ready; for a controller that looks for who can serve, the terminating too. */
    private Stream<Endpoint> counting(@Nullable String node) {
        return slices.stream().flatMap(slice -> slice.endpoints().stream())
                .filter(e -> e.isReady() || registration.serving() && e.serves())
                .filter(e -> node == null || node.equals(e.nodeName()));
    }

    /** The pods that a node's port leads to. */
    private List<Pod> behind(String node) {
        return counting(service.spec().isExternalLocal() ? node : null).map(this::podOf)
                .filter(Objects::nonNull).map(Objects::requireNonNull).toList();
    }

    private static @Nullable IpAddress addressOf(Node node, IpAddress sameFamily) {
        return node.internalAddresses().stream()
                .filter(a -> a.family() == sameFamily.family()).findFirst().orElse(null);
    }
}
