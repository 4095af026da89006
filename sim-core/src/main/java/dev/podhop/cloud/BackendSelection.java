package dev.podhop.cloud;

import dev.podhop.cloud.Backend.Probe;
import dev.podhop.cloud.Backend.Wish;
import dev.podhop.cloud.LoadBalancerSettings.Backends;
import dev.podhop.cloud.LoadBalancerSettings.Destination;
import dev.podhop.cloud.LoadBalancerSettings.Vendor;
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
import dev.podhop.net.L4Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the controller binds to a Service's listener.
 *
 * <p>Node ports: every ready node that is no control plane's (TKE) and not excluded (KEP-1143),
 * whether pods can be scheduled on it or not; the health check sorts out the rest. Where there is
 * no health check, only the nodes that would answer. Pods: those that are ready. Only TCP is
 * probed.
 */
final class BackendSelection {

    /** Label that keeps a node out of all load balancers (KEP-1143). */
    private static final String EXCLUDE = "node.kubernetes.io/exclude-from-external-load-balancers";
    private static final List<String> CONTROL_PLANE = List.of(
            "node-role.kubernetes.io/control-plane", "node-role.kubernetes.io/master");

    private final ApiStore store;
    private final Service service;
    private final LoadBalancerSettings settings;
    private final ServiceAnnotations annotations;
    private final List<EndpointSlice> slices;

    BackendSelection(ApiStore store, Service service, LoadBalancerSettings settings) {
        this.store = store;
        this.service = service;
        this.settings = settings;
        this.annotations = new ServiceAnnotations(service, settings.vendor());
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
        if (port.nodePort() == 0 && settings.destination() != Destination.KEEP) {
            return wishes;
        }
        boolean local = service.spec().isExternalLocal();
        boolean checked = settings.healthCheck() != null;
        for (Node node : store.list(Node.class)) {
            IpAddress address = addressOf(node, vip);
            if (address == null || !mayBeBound(node)) {
                continue;
            }
            String name = node.metadata().name();
            int here = readyOn(name);
            boolean passes = local ? here > 0 : !checked || readyOn(null) > 0;
            boolean bound = checked ? !(local && annotations.onlyNodesWithPods()) || here > 0
                    : passes;
            if (bound) {
                wishes.add(new Wish(name, new dev.podhop.net.Endpoint(address, port.nodePort()),
                        address, annotations.nodeWeight(here), nodeProbe(port, address), passes));
            }
        }
        return wishes;
    }

    private boolean mayBeBound(Node node) {
        Map<String, String> labels = node.metadata().labels();
        return (node.isReady() || leavesHealthToCheck()) && !labels.containsKey(EXCLUDE)
                && annotations.selects(labels)
                && (settings.vendor() != Vendor.TKE
                        || CONTROL_PLANE.stream().noneMatch(labels::containsKey));
    }

    /**
     * {@code stableNodeSetPredicates} (KEP-3458, on since 1.27) of the controllers that are built
     * on k8s.io/cloud-provider; TKE's unbinds a node that is not ready.
     */
    private boolean leavesHealthToCheck() {
        return settings.vendor() == Vendor.OTHER && settings.healthCheck() != null;
    }

    /** With policy Local a port of its own says whether the node has anything to offer. */
    private @Nullable Probe nodeProbe(ServicePort port, IpAddress address) {
        HealthCheck check = settings.healthCheck();
        int health = service.spec().healthCheckNodePort();
        if (check == null) {
            return null;
        }
        if (health != 0 && service.spec().isExternalLocal()
                && check.port() == HealthCheck.Port.HEALTH_CHECK_NODE_PORT) {
            return new Probe(new dev.podhop.net.Endpoint(address, health), true);
        }
        return port.nodePort() == 0 || port.l4Protocol() != L4Protocol.TCP ? null
                : new Probe(new dev.podhop.net.Endpoint(address, port.nodePort()), false);
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
                    if (address.family() == vip.family() && isBound(endpoint)) {
                        wishes.add(pod(port, address, number, endpoint));
                    }
                }
            }
        }
        return wishes;
    }

    /**
     * A pod on its way out keeps its connections where the vendor sets its weight to 0 first; one
     * that waits for nothing but the load balancer's word must be bound to get it.
     */
    private boolean isBound(Endpoint endpoint) {
        Pod pod = podOf(endpoint);
        return endpoint.isReady()
                || settings.vendor() == Vendor.TKE && endpoint.isTerminating()
                        && endpoint.isServing()
                || pod != null && ReadinessGate.waits(pod);
    }

    private Wish pod(ServicePort port, IpAddress address, int number, Endpoint endpoint) {
        var target = new dev.podhop.net.Endpoint(address, number);
        IpAddress node = store.list(Node.class).stream()
                .filter(n -> n.metadata().name().equals(endpoint.nodeName()))
                .map(n -> addressOf(n, address)).filter(a -> a != null).findFirst()
                .orElse(address);
        Pod pod = podOf(endpoint);
        String name = pod == null ? target.toString() : "pod/" + qualified(pod.metadata());
        int weight = endpoint.isTerminating() ? 0 : annotations.podWeight(port, pod);
        return new Wish(name, target, node, weight,
                settings.healthCheck() == null || port.l4Protocol() != L4Protocol.TCP ? null
                        : new Probe(target, false),
                endpoint.isReady());
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

    /** Ready endpoints on a node; on all of them for null. */
    private int readyOn(@Nullable String node) {
        return (int) slices.stream().flatMap(slice -> slice.endpoints().stream())
                .filter(e -> e.isReady() && (node == null || node.equals(e.nodeName())))
                .map(e -> e.addresses().getFirst()).distinct().count();
    }

    private static @Nullable IpAddress addressOf(Node node, IpAddress sameFamily) {
        return node.internalAddresses().stream()
                .filter(a -> a.family() == sameFamily.family()).findFirst().orElse(null);
    }
}
