package dev.podhop.cluster;

import dev.podhop.cloud.Listener;
import dev.podhop.cloud.LoadBalancerSettings;
import dev.podhop.cloud.LoadBalancerSettings.Backends;
import dev.podhop.cloud.LoadBalancerSettings.Entry;
import dev.podhop.cloud.Target;
import dev.podhop.k8s.Endpoint;
import dev.podhop.k8s.EndpointPort;
import dev.podhop.k8s.EndpointSlice;
import dev.podhop.k8s.Node;
import dev.podhop.k8s.Service;
import dev.podhop.k8s.ServicePort;
import dev.podhop.net.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the cloud controller would register: a listener a port and address of every Service of type
 * LoadBalancer, with its targets.
 *
 * <p>Without a health check targets follow the endpoints at once: a Local Service has only the
 * nodes with a ready endpoint. With one every node is registered, and the check (the health check
 * node port, else the node port) says which take traffic.
 */
final class LoadBalancerTargets {

    /** Label that keeps a node out of all load balancers (KEP-1143). */
    private static final String EXCLUDE = "node.kubernetes.io/exclude-from-external-load-balancers";

    private final ClusterConfig config;
    private final ClusterObjects objects;
    /** Pods' labels by address. */
    private final Map<IpAddress, String> labels;

    LoadBalancerTargets(ClusterConfig config, ClusterObjects objects,
            Map<IpAddress, String> labels) {
        this.config = config;
        this.objects = objects;
        this.labels = labels;
    }

    List<Listener> listeners() {
        List<Listener> listeners = new ArrayList<>();
        for (Service service : objects.services()) {
            if (service.spec().isType("LoadBalancer")) {
                addListeners(listeners, service);
            }
        }
        return listeners;
    }

    private void addListeners(List<Listener> listeners, Service service) {
        LoadBalancerSettings settings = config.loadBalancers()
                .settings(service.metadata().namespace(), service.metadata().name());
        for (IpAddress vip : Vips.of(service, config.loadBalancers())) {
            for (ServicePort port : service.spec().ports()) {
                List<Target> targets = settings.backends() == Backends.POD
                        ? podTargets(service, port, vip)
                        : nodeTargets(service, port, vip, settings);
                listeners.add(new Listener(Labels.loadBalancer(service.metadata()),
                        port.l4Protocol(), new dev.podhop.net.Endpoint(vip, port.port()), settings,
                        settings.entry() == Entry.ONE_NODE ? firstHealthy(targets) : targets));
            }
        }
    }

    /** One node answers for the address: the first that may take traffic. */
    private static List<Target> firstHealthy(List<Target> targets) {
        return targets.stream().filter(Target::healthy).limit(1).toList();
    }

    private List<Target> nodeTargets(Service service, ServicePort port, IpAddress vip,
            LoadBalancerSettings settings) {
        List<Target> targets = new ArrayList<>();
        boolean local = service.spec().isExternalLocal();
        boolean checked = settings.healthCheck() != null;
        boolean kept = settings.destination() == LoadBalancerSettings.Destination.KEEP;
        if (port.nodePort() == 0 && !kept) {
            return targets;
        }
        for (Node node : objects.nodes()) {
            IpAddress address = addressOf(node, vip);
            if (address == null || node.metadata().labels().containsKey(EXCLUDE)
                    || !node.isReady()) {
                continue;
            }
            boolean takes = local ? hasReadyEndpoint(service, node.metadata().name())
                    : !checked || hasReadyEndpoint(service, null);
            if (takes || checked) {
                targets.add(new Target(node.metadata().name(),
                        new dev.podhop.net.Endpoint(address, port.nodePort()), address, 1, takes));
            }
        }
        return targets;
    }

    private List<Target> podTargets(Service service, ServicePort port, IpAddress vip) {
        List<Target> targets = new ArrayList<>();
        for (EndpointSlice slice : slicesOf(service)) {
            for (EndpointPort backend : slice.ports()) {
                Integer number = backend.port();
                if (number == null || !backend.name().equals(port.name())
                        || !backend.protocol().equals(port.protocol())) {
                    continue;
                }
                for (Endpoint endpoint : slice.endpoints()) {
                    IpAddress address = IpAddress.of(endpoint.addresses().getFirst());
                    if (endpoint.isReady() && address.family() == vip.family()) {
                        targets.add(podTarget(address, number, endpoint.nodeName()));
                    }
                }
            }
        }
        return targets;
    }

    private Target podTarget(IpAddress address, int port, @Nullable String nodeName) {
        var endpoint = new dev.podhop.net.Endpoint(address, port);
        IpAddress node = objects.nodes().stream()
                .filter(n -> n.metadata().name().equals(nodeName))
                .map(n -> addressOf(n, address)).filter(a -> a != null).findFirst()
                .orElse(address);
        return new Target(labels.getOrDefault(address, endpoint.toString()), endpoint, node, 1,
                true);
    }

    private boolean hasReadyEndpoint(Service service, @Nullable String node) {
        return slicesOf(service).stream().flatMap(slice -> slice.endpoints().stream())
                .anyMatch(e -> e.isReady() && (node == null || node.equals(e.nodeName())));
    }

    private List<EndpointSlice> slicesOf(Service service) {
        return objects.slices().stream()
                .filter(s -> s.serviceName().equals(service.metadata().name())
                        && s.metadata().namespace().equals(service.metadata().namespace()))
                .toList();
    }

    private static @Nullable IpAddress addressOf(Node node, IpAddress sameFamily) {
        return node.internalAddresses().stream()
                .filter(a -> a.family() == sameFamily.family()).findFirst().orElse(null);
    }
}
