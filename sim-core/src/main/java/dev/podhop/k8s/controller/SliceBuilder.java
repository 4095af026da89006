package dev.podhop.k8s.controller;

import dev.podhop.k8s.Addresses;
import dev.podhop.k8s.ApiKind;
import dev.podhop.k8s.Container;
import dev.podhop.k8s.Endpoint;
import dev.podhop.k8s.EndpointPort;
import dev.podhop.k8s.EndpointSlice;
import dev.podhop.k8s.ManifestReader;
import dev.podhop.k8s.Node;
import dev.podhop.k8s.ObjectReference;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.Service;
import dev.podhop.k8s.ServicePort;
import dev.podhop.net.IpAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes a Service's slices from the pods it selects ({@code k8s.io/endpointslice}'s reconciler):
 * one group a family and list of ports, for pods may call different numbers by one name, and at
 * most a hundred endpoints a slice. A pod that has no port by the name that the Service targets is
 * listed without that port; kube-proxy then passes it over without a word.
 */
final class SliceBuilder {

    private static final int MAX_ENDPOINTS = 100;
    /** KEP-4444: on by default since Kubernetes 1.31. */
    private static final int HINTS_MINOR = 31;

    private final long seed;
    private final int minorVersion;

    SliceBuilder(long seed, int minorVersion) {
        this.seed = seed;
        this.minorVersion = minorVersion;
    }

    /** The slices of a Service, at least one for each family, in the order of its families. */
    List<EndpointSlice> build(Service service, List<Pod> pods, Map<String, Node> nodes) {
        List<EndpointSlice> slices = new ArrayList<>();
        for (String family : service.spec().ipFamilies()) {
            List<EndpointSlice> ofFamily = new ArrayList<>();
            group(service, pods, nodes, family).forEach((ports, endpoints) -> {
                endpoints.sort(Comparator.comparing(e -> Addresses.of(e.addresses().getFirst())));
                for (int from = 0; from < endpoints.size(); from += MAX_ENDPOINTS) {
                    List<Endpoint> part = endpoints.subList(from,
                            Math.min(from + MAX_ENDPOINTS, endpoints.size()));
                    ofFamily.add(slice(service, family, ofFamily.size(), ports, part));
                }
            });
            // A Service without endpoints has a slice that says so.
            slices.addAll(ofFamily.isEmpty()
                    ? List.of(slice(service, family, 0, List.of(), List.of()))
                    : ofFamily);
        }
        return slices;
    }

    private Map<List<EndpointPort>, List<Endpoint>> group(Service service, List<Pod> pods,
            Map<String, Node> nodes, String family) {
        Map<List<EndpointPort>, List<Endpoint>> groups = new LinkedHashMap<>();
        for (Pod pod : pods) {
            Node node = nodes.get(pod.spec().nodeName());
            List<String> addresses = pod.addresses().stream()
                    .filter(a -> a.family().name().equals(family)).map(IpAddress::toString)
                    .toList();
            // ShouldPodBeInEndpoints; and a pod on a node that is gone waits for its node.
            boolean listed = !pod.isFinished() && !addresses.isEmpty()
                    && (node != null || pod.spec().nodeName().isEmpty());
            if (listed) {
                groups.computeIfAbsent(ports(service, pod), p -> new ArrayList<>())
                        .add(endpoint(service, pod, node, addresses));
            }
        }
        return groups;
    }

    /** {@code podToEndpoint}: ready is serving and not on its way out, unless all are published. */
    private Endpoint endpoint(Service service, Pod pod, @Nullable Node node,
            List<String> addresses) {
        boolean serving = pod.isReady();
        boolean terminating = pod.isTerminating();
        boolean ready =
                service.spec().publishNotReadyAddresses() || serving && !terminating;
        boolean named = !pod.spec().hostname().isEmpty()
                && pod.spec().subdomain().equals(service.metadata().name());
        String nodeName = pod.spec().nodeName();
        String zone = node == null ? null : node.zone();
        Endpoint endpoint = new Endpoint(addresses, ready, serving, terminating,
                named ? pod.spec().hostname() : null, nodeName.isEmpty() ? null : nodeName, zone,
                List.of(), List.of(), new ObjectReference("Pod", pod.metadata().namespace(),
                        pod.metadata().name(), pod.metadata().uid()));
        return hinted(service, endpoint);
    }

    /**
     * {@code trafficdist.ReconcileHints}: each ready endpoint is meant for its own zone or node.
     */
    private Endpoint hinted(Service service, Endpoint endpoint) {
        String distribution = service.spec().trafficDistribution();
        if (distribution == null || minorVersion < HINTS_MINOR || !endpoint.isReady()) {
            return endpoint;
        }
        String zone = endpoint.zone();
        String node = distribution.equals("PreferSameNode") ? endpoint.nodeName() : null;
        return endpoint.withHints(zone == null ? List.of() : List.of(zone),
                node == null ? List.of() : List.of(node));
    }

    /**
     * The Service's ports with the numbers that this pod has for them ({@code getEndpointPorts}).
     */
    private static List<EndpointPort> ports(Service service, Pod pod) {
        List<EndpointPort> ports = new ArrayList<>();
        for (ServicePort port : service.spec().ports()) {
            OptionalInt number = number(port, pod);
            if (number.isPresent()) {
                ports.add(new EndpointPort(port.name(), number.getAsInt(), port.protocol(),
                        port.appProtocol()));
            }
        }
        return ports;
    }

    /** {@code FindPort}: the first container, then the first sidecar, that has the name. */
    private static OptionalInt number(ServicePort port, Pod pod) {
        String name = port.targetPort().text();
        if (name == null) {
            return OptionalInt.of(port.targetPort().number());
        }
        Stream<Container> sidecars = pod.spec().initContainers().stream()
                .filter(container -> container.restartPolicy().equals("Always"));
        return Stream.concat(pod.spec().containers().stream(), sidecars)
                .flatMap(container -> container.ports().stream())
                .filter(p -> p.name().equals(name) && p.protocol().equals(port.protocol()))
                .mapToInt(Container.ContainerPort::containerPort).findFirst();
    }

    private EndpointSlice slice(Service service, String family, int number,
            List<EndpointPort> ports, List<Endpoint> endpoints) {
        String name = service.metadata().name();
        String suffix = NameSuffix.of(seed,
                service.metadata().namespace() + "/" + name + "/" + family, number);
        return (EndpointSlice) ManifestReader.view(ApiKind.ENDPOINT_SLICE,
                SliceTree.write(service, name + "-" + suffix, EndpointSliceController.MANAGER,
                        family, ports, endpoints));
    }
}
