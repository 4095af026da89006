package dev.podhop.k8s.controller;

import dev.podhop.k8s.Addresses;
import dev.podhop.k8s.ApiKind;
import dev.podhop.k8s.Container;
import dev.podhop.k8s.Endpoint;
import dev.podhop.k8s.EndpointPort;
import dev.podhop.k8s.EndpointSlice;
import dev.podhop.k8s.ManifestReader;
import dev.podhop.k8s.NameSuffix;
import dev.podhop.k8s.Node;
import dev.podhop.k8s.ObjectReference;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.Service;
import dev.podhop.k8s.ServicePort;
import dev.podhop.k8s.controller.SlicePacker.Part;
import dev.podhop.net.IpAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes a Service's slices from the pods it selects ({@code k8s.io/endpointslice}'s reconciler):
 * one group a family and list of ports, for pods may call different numbers by one name, and at
 * most a hundred endpoints a slice. A pod that has no port by the name that the Service targets is
 * listed without that port; kube-proxy then passes it over without a word.
 */
final class SliceBuilder {

    /** KEP-4444: on by default since Kubernetes 1.31. */
    private static final int HINTS_MINOR = 31;

    private final long seed;
    private final int minorVersion;

    SliceBuilder(long seed, int minorVersion) {
        this.seed = seed;
        this.minorVersion = minorVersion;
    }

    /**
     * The slices of a Service, at least one for each family, in the order of its families.
     *
     * @param existing those that it has
     * @param mine those of them that were built for the Service as it is: what stays as it was is
     *        not made again
     */
    List<EndpointSlice> build(Service service, List<Pod> pods, Map<String, Node> nodes,
            List<EndpointSlice> existing, List<EndpointSlice> mine) {
        List<EndpointSlice> slices = new ArrayList<>();
        for (String family : service.spec().ipFamilies()) {
            List<EndpointSlice> known = existing.stream()
                    .filter(slice -> slice.addressType().equals(family)).toList();
            List<Part> parts = new ArrayList<>();
            group(service, pods, nodes, family).forEach((ports, endpoints) -> {
                sort(endpoints);
                parts.addAll(SlicePacker.pack(ports, endpoints,
                        known.stream().filter(slice -> slice.ports().equals(ports)).toList()));
            });
            if (parts.isEmpty()) {
                // A Service without endpoints has a slice that says so.
                parts.add(new Part(null, List.of()));
            }
            hint(service, parts, nodes);
            name(service, family, parts, known);
            for (Part part : parts) {
                slices.add(mine.stream().filter(slice -> isAs(slice, family, part)).findFirst()
                        .orElseGet(() -> slice(service, family, part)));
            }
        }
        return slices;
    }

    private static boolean isAs(EndpointSlice slice, String family, Part part) {
        return slice.metadata().name().equals(part.name) && slice.addressType().equals(family)
                && slice.ports().equals(part.ports)
                && slice.endpoints().equals(part.endpoints);
    }

    /** By address, each read once. */
    private static void sort(List<Endpoint> endpoints) {
        List<Addressed> addressed = new ArrayList<>(endpoints.stream()
                .map(e -> new Addressed(Addresses.of(e.addresses().getFirst()), e)).toList());
        addressed.sort(Comparator.comparing(Addressed::address));
        for (int i = 0; i < addressed.size(); i++) {
            endpoints.set(i, addressed.get(i).endpoint());
        }
    }

    private record Addressed(IpAddress address, Endpoint endpoint) {}

    /** The annotation goes before the field: {@code canUseTrafficDistribution}. */
    private void hint(Service service, List<Part> parts, Map<String, Node> nodes) {
        List<Endpoint> all = parts.stream().flatMap(p -> p.endpoints.stream()).toList();
        List<Endpoint> hinted = all;
        if (isTopologyAware(service)) {
            List<@Nullable String> zones = new ZoneShares(nodes.values()).hints(all);
            hinted = zones == null ? all : IntStream.range(0, all.size()).mapToObj(i -> {
                String zone = zones.get(i);
                return zone == null ? all.get(i) : all.get(i).withHints(List.of(zone), List.of());
            }).toList();
        } else if (service.spec().trafficDistribution() != null) {
            hinted = all.stream().map(endpoint -> hinted(service, endpoint)).toList();
        }
        int next = 0;
        for (Part part : parts) {
            List<Endpoint> own =
                    new ArrayList<>(hinted.subList(next, next + part.endpoints.size()));
            next += own.size();
            sort(own);
            part.endpoints.clear();
            part.endpoints.addAll(own);
        }
    }

    /** {@code hintsEnabled}. */
    static boolean isTopologyAware(Service service) {
        String mode = service.metadata().annotation("service.kubernetes.io/topology-mode");
        if (mode == null) {
            mode = service.metadata().annotation("service.kubernetes.io/topology-aware-hints");
        }
        return mode != null && mode.equalsIgnoreCase("auto");
    }

    /** A slice that is no more needed lends its name to a new one ({@code recycleSlices}). */
    private void name(Service service, String family, List<Part> parts,
            List<EndpointSlice> known) {
        Set<String> taken = parts.stream().map(part -> part.name).filter(Objects::nonNull)
                .collect(Collectors.toCollection(TreeSet::new));
        Iterator<String> spare = known.stream().map(slice -> slice.metadata().name())
                .filter(name -> !taken.contains(name)).toList().iterator();
        int number = 0;
        for (Part part : parts) {
            if (part.name == null) {
                String name = spare.hasNext() ? spare.next() : nameOf(service, family, number++);
                while (taken.contains(name)) {
                    name = nameOf(service, family, number++);
                }
                part.name = name;
                taken.add(name);
            }
        }
    }

    private String nameOf(Service service, String family, int number) {
        String name = service.metadata().name();
        return name + "-" + NameSuffix.of(seed,
                service.metadata().namespace() + "/" + name + "/" + family, number);
    }

    private Map<List<EndpointPort>, List<Endpoint>> group(Service service, List<Pod> pods,
            Map<String, Node> nodes, String family) {
        Map<List<EndpointPort>, List<Endpoint>> groups = new LinkedHashMap<>();
        for (Pod pod : pods) {
            Node node = nodes.get(pod.spec().nodeName());
            List<String> addresses = pod.addresses().stream()
                    .filter(a -> a.family().name().equals(family)).map(IpAddress::toString)
                    .toList();
            // ShouldPodBeInEndpoints; and a pod on a node that is gone waits for its node, unless
            // its address is wanted in any case.
            boolean listed = !pod.isFinished() && !addresses.isEmpty()
                    && (node != null || pod.spec().nodeName().isEmpty()
                            || service.spec().publishNotReadyAddresses());
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
        return new Endpoint(addresses, ready, serving, terminating,
                named ? pod.spec().hostname() : null, nodeName.isEmpty() ? null : nodeName, zone,
                List.of(), List.of(), new ObjectReference("Pod", pod.metadata().namespace(),
                        pod.metadata().name(), pod.metadata().uid()));
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

    private static EndpointSlice slice(Service service, String family, Part part) {
        return (EndpointSlice) ManifestReader.view(ApiKind.ENDPOINT_SLICE,
                SliceTree.write(service, Objects.requireNonNull(part.name),
                        EndpointSlice.CONTROLLER, family, part.ports, part.endpoints));
    }
}
