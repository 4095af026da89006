package dev.podhop.scenario.load;

import dev.podhop.k8s.Addresses;
import dev.podhop.k8s.ApiKind;
import dev.podhop.k8s.ApiObject;
import dev.podhop.k8s.EndpointSlice;
import dev.podhop.k8s.ManifestReader;
import dev.podhop.k8s.Node;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.Service;
import dev.podhop.k8s.Workload;
import dev.podhop.k8s.source.Location;
import dev.podhop.k8s.source.TreeBuilder;
import dev.podhop.net.Cidr;
import dev.podhop.net.IpAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Nodes for a file that has none, or not all of them: plain manifests, and the dump of a namespace.
 * Those that its pods name, at the addresses that these name; else three.
 */
final class MadeNodes {

    private static final int ASSUMED = 3;
    private static final int FIRST_HOST = 11;
    private static final int SUBNET_V4 = 24;
    private static final int SUBNET_V6 = 64;
    /** Where made nodes may stand: the first of these in which the file has no address. */
    private static final List<Cidr> SUBNETS = List.of(Cidr.of("10.0.0.0/24"),
            Cidr.of("192.168.0.0/24"), Cidr.of("172.31.255.0/24"));
    private static final Cidr SUBNET_OF_V6 = Cidr.of("fd00:10::/64");
    private static final List<String> POD_RANGES = List.of("10.244", "10.42", "172.29");
    private static final String POD_RANGE_V6 = "fd00:10:244:";

    private final Location where;
    private final List<ApiObject> objects;
    private final Set<IpAddress> known = new LinkedHashSet<>();
    private final List<String> made = new ArrayList<>();
    private String why = "";

    private MadeNodes(Location where, List<ApiObject> objects) {
        this.where = where;
        this.objects = objects;
        objects.forEach(object -> texts(object)
                .flatMap(text -> Addresses.parse(text).stream()).forEach(known::add));
    }

    /** What was made, and why, for one line; empty if nothing was. */
    record Made(List<ApiObject> objects, List<String> names, String why) {}

    /**
     * The objects, with nodes before them where some are missing.
     *
     * @param evenIfNone whether a file that has no node at all is given some
     */
    static Made with(List<ApiObject> objects, boolean evenIfNone, Location where) {
        MadeNodes nodes = new MadeNodes(where, objects);
        List<ApiObject> all = new ArrayList<>(nodes.make(evenIfNone));
        all.addAll(objects);
        return new Made(List.copyOf(all), List.copyOf(nodes.made), nodes.why);
    }

    private List<Node> make(boolean evenIfNone) {
        Set<String> there = of(Node.class).map(node -> node.metadata().name())
                .collect(Collectors.toSet());
        boolean none = there.isEmpty();
        if (none && (!evenIfNone || objects.stream().noneMatch(MadeNodes::needsNodes))) {
            return List.of();
        }
        Map<String, List<Pod>> missing = new LinkedHashMap<>();
        of(Pod.class).filter(pod -> !pod.spec().nodeName().isEmpty()
                && !there.contains(pod.spec().nodeName()) && (none || pod.isPrinted()))
                .forEach(pod -> missing
                        .computeIfAbsent(pod.spec().nodeName(), name -> new ArrayList<>())
                        .add(pod));
        if (!missing.isEmpty()) {
            why = "named by pods, and not in the file";
        } else if (none) {
            why = "the file has none";
            IntStream.rangeClosed(1, ASSUMED)
                    .forEach(i -> missing.put("node-" + i, List.of()));
        }
        List<Node> nodes = new ArrayList<>();
        missing.forEach((name, pods) -> nodes.add(node(name, pods, nodes.size())));
        return nodes;
    }

    private static boolean needsNodes(ApiObject object) {
        return object instanceof Pod || object instanceof Workload || object instanceof Service;
    }

    private Node node(String name, List<Pod> pods, int index) {
        List<String> addresses = addresses(pods, index);
        List<String> ranges = ranges(name, pods, index);
        TreeBuilder spec = new TreeBuilder(where);
        if (!ranges.isEmpty()) {
            spec.text("podCIDR", ranges.getFirst()).texts("podCIDRs", ranges);
        }
        made.add(name + " at " + String.join(", ", addresses));
        return (Node) ManifestReader.view(ApiKind.NODE, new TreeBuilder(where)
                .text("apiVersion", "v1").text("kind", "Node")
                .object("metadata", new TreeBuilder(where).text("name", name).build())
                .object("spec", spec.build())
                .object("status", new TreeBuilder(where).list("addresses", addresses.stream()
                        .map(text -> new TreeBuilder(where).text("type", "InternalIP")
                                .text("address", text).build())
                        .toList()).build())
                .build());
    }

    /** Where its pods say that it is; else an address that nothing in the file is near to. */
    private List<String> addresses(List<Pod> pods, int index) {
        for (Pod pod : pods) {
            String host = pod.status().hostIP();
            if (Addresses.parse(host).isPresent()) {
                return List.of(host);
            }
        }
        Cidr subnet = SUBNETS.stream().filter(range -> known.stream().noneMatch(range::contains))
                .findFirst().orElse(SUBNETS.getLast());
        String v4 = subnet.address(FIRST_HOST + index).toString();
        return dualStack() ? List.of(v4, SUBNET_OF_V6.address(FIRST_HOST + index).toString())
                : List.of(v4);
    }

    private boolean dualStack() {
        return of(Service.class).anyMatch(service -> service.spec().ipFamilies().contains("IPv6")
                || "RequireDualStack".equals(service.spec().ipFamilyPolicy()))
                || known.stream().anyMatch(address -> !address.isV4());
    }

    /**
     * The subnet that its pods alone live in; none where their addresses are mixed with others'; a
     * range of its own where no pod of the file has an address yet.
     */
    private List<String> ranges(String name, List<Pod> pods, int index) {
        boolean addressed = of(Pod.class).anyMatch(pod -> !pod.status().podIPs().isEmpty());
        if (!addressed) {
            String prefix = POD_RANGES.stream()
                    .filter(range -> known.stream().noneMatch(
                            address -> address.toString().startsWith(range + ".")))
                    .findFirst().orElse(POD_RANGES.getLast());
            String v4 = prefix + "." + (index + 1) % 256 + ".0/24";
            return dualStack() ? List.of(v4, POD_RANGE_V6 + (index + 1) + "::/64") : List.of(v4);
        }
        List<String> ranges = new ArrayList<>();
        Set<Cidr> own = pods.stream().flatMap(MadeNodes::subnets)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        boolean shared = of(Pod.class).filter(pod -> !pod.spec().nodeName().equals(name))
                .flatMap(MadeNodes::subnets).anyMatch(own::contains);
        boolean nodesToo = of(Pod.class).flatMap(pod -> Addresses.parse(pod.status().hostIP())
                .stream()).anyMatch(host -> own.stream().anyMatch(range -> range.contains(host)));
        long families = own.stream().map(Cidr::family).distinct().count();
        if (!shared && !nodesToo && families == own.size()) {
            own.forEach(range -> ranges.add(range.toString()));
        }
        return ranges;
    }

    private static Stream<Cidr> subnets(Pod pod) {
        return pod.spec().hostNetwork() ? Stream.of()
                : pod.status().podIPs().stream()
                        .map(Addresses::parse).flatMap(Optional::stream)
                        .map(ip -> new Cidr(ip, ip.isV4() ? SUBNET_V4 : SUBNET_V6));
    }

    private static Stream<String> texts(ApiObject object) {
        return switch (object) {
            case Node node -> node.addresses().stream().map(Node.NodeAddress::address);
            case Pod pod -> Stream.concat(pod.status().podIPs().stream(),
                    Stream.of(pod.status().hostIP()));
            case Service service -> Stream.of(service.spec().clusterIPs(),
                    List.of(service.spec().clusterIP()), service.spec().externalIPs(),
                    service.ingress().stream().map(entry -> entry.ip()).toList())
                    .flatMap(List::stream);
            case EndpointSlice slice -> slice.endpoints().stream()
                    .flatMap(endpoint -> endpoint.addresses().stream());
            default -> Stream.of();
        };
    }

    private <T extends ApiObject> Stream<T> of(Class<T> kind) {
        return objects.stream().filter(kind::isInstance).map(kind::cast);
    }
}
