package dev.podhop.scenario.load;

import dev.podhop.k8s.Addresses;
import dev.podhop.k8s.ApiObject;
import dev.podhop.k8s.LoadBalancerIngress;
import dev.podhop.k8s.Node;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.Service;
import dev.podhop.k8s.ServicePort;
import dev.podhop.net.Cidr;
import dev.podhop.net.IpAddress;
import dev.podhop.scenario.NetworkSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What no API server minds and no network can do: addresses that two have, or that nobody can have,
 * and ports that two want. Told, a line each, for it decides the answers.
 */
final class SuspectAddresses {

    private final List<ApiObject> objects;
    private final Map<IpAddress, String> holders = new HashMap<>();
    private final List<String> warnings = new ArrayList<>();

    private SuspectAddresses(List<ApiObject> objects, NetworkSpec network) {
        this.objects = objects;
        network.gateway().forEach(gateway -> holders.put(gateway.address(), "the edge"));
        of(Node.class).forEach(node -> read(node.ownAddresses().stream())
                .forEach(address -> holders.putIfAbsent(address, node.key().toString())));
        of(Pod.class).filter(pod -> !pod.isFinished() && !pod.spec().hostNetwork())
                .forEach(pod -> read(pod.status().podIPs().stream())
                        .forEach(address -> holders.putIfAbsent(address, pod.key().toString())));
    }

    /** A line for each thing that is suspect. */
    static List<String> warnings(List<ApiObject> objects, NetworkSpec network) {
        SuspectAddresses suspects = new SuspectAddresses(objects, network);
        suspects.virtualAddresses();
        suspects.podAddresses();
        suspects.podRanges();
        suspects.nodePorts();
        suspects.shared();
        return suspects.warnings;
    }

    private void virtualAddresses() {
        of(Service.class).forEach(service -> {
            // A dump shows that it works so: k3s gives Services its nodes' own addresses.
            Stream<String> own = Stream.concat(service.spec().externalIPs().stream(),
                    service.isPrinted() ? Stream.of()
                            : service.ingress().stream().map(LoadBalancerIngress::ip));
            read(own).filter(holders::containsKey).forEach(address -> warnings.add(service.key()
                    + " has the address " + address + " of " + holders.get(address)
                    + ": its ports are the Service's on every node, and no others answer there"
                    + " from within"));
        });
    }

    private void podAddresses() {
        Map<String, List<Cidr>> ranges = new HashMap<>();
        of(Node.class).forEach(node -> ranges.put(node.metadata().name(), ranges(node)));
        of(Pod.class).filter(pod -> !pod.isFinished()).forEach(pod -> read(
                pod.status().podIPs().stream()).forEach(address -> {
                    String what = address.isLoopback() ? "a loopback address"
                            : isMulticast(address) ? "a multicast address"
                            : ranges.getOrDefault(pod.spec().nodeName(), List.of()).stream()
                                    .anyMatch(range -> isBorder(range, address))
                                    ? "no host's address, but its podCIDR's own"
                            : "";
                    if (!what.isEmpty()) {
                        warnings.add(pod.key() + " has the address " + address + ", " + what);
                    }
                }));
    }

    private static boolean isMulticast(IpAddress address) {
        return address.isV4() ? (address.low() >>> 28 & 0xf) == 0xe
                : address.high() >>> 56 == 0xff;
    }

    /** The network's own address, or IPv4's for all its hosts. */
    private static boolean isBorder(Cidr range, IpAddress address) {
        int bits = range.family().bits() - range.prefixLength();
        boolean last = range.base().isV4() && bits > 1
                && address.equals(range.address((1L << bits) - 1));
        return bits > 1 && (address.equals(range.base()) || last);
    }

    private void podRanges() {
        List<Node> nodes = of(Node.class).toList();
        Map<Cidr, String> seen = new LinkedHashMap<>();
        for (Node node : nodes) {
            for (Cidr range : ranges(node)) {
                Optional<Map.Entry<Cidr, String>> other = seen.entrySet().stream()
                        .filter(entry -> entry.getKey().contains(range.base())
                                || range.contains(entry.getKey().base()))
                        .findFirst();
                other.ifPresent(entry -> warnings.add("podCIDR " + range + " of " + node.key()
                        + " overlaps " + entry.getKey() + " of " + entry.getValue()
                        + ": what is sent to pods of one may arrive at the other"));
                seen.putIfAbsent(range, node.key().toString());
            }
        }
    }

    private void nodePorts() {
        Map<String, String> listening = new HashMap<>();
        of(Pod.class).filter(pod -> pod.spec().hostNetwork() && !pod.isFinished())
                .forEach(pod -> pod.spec().containers().forEach(container -> container.ports()
                        .forEach(port -> listening.putIfAbsent(
                                port.protocol() + " " + port.containerPort(),
                                pod.key().toString()))));
        of(Service.class).forEach(service -> service.spec().ports().forEach(port -> {
            String key = protocol(port) + " " + port.nodePort();
            if (port.nodePort() != 0 && listening.containsKey(key)) {
                warnings.add(service.key() + " has node port " + key + ", on which "
                        + listening.get(key) + " listens in its node's network: kube-proxy's rules"
                        + " come first");
            }
        }));
    }

    /** kube-proxy writes its Services from a map of Go, whose order is another each time. */
    private void shared() {
        Map<String, Set<String>> doors = new LinkedHashMap<>();
        of(Service.class).forEach(service -> addresses(service).distinct().forEach(
                address -> service.spec().ports().forEach(port -> doors.computeIfAbsent(
                        protocol(port) + " port " + port.port() + " of " + address,
                        door -> new LinkedHashSet<>()).add(service.key().toString()))));
        doors.forEach((door, services) -> {
            if (services.size() > 1) {
                warnings.add(String.join(", ", services) + " share " + door + ": which of them"
                        + " answers depends on the order in which kube-proxy writes them, which is"
                        + " random on each node, at each sync");
            }
        });
    }

    private static Stream<IpAddress> addresses(Service service) {
        if (service.spec().isType("ExternalName")) {
            return Stream.of();
        }
        return read(Stream.of(List.of(service.spec().clusterIP()), service.spec().externalIPs(),
                service.ingress().stream().map(LoadBalancerIngress::ip).toList())
                .flatMap(List::stream));
    }

    private static String protocol(ServicePort port) {
        return port.protocol().isEmpty() ? "TCP" : port.protocol();
    }

    private static List<Cidr> ranges(Node node) {
        return node.podCIDRs().stream().flatMap(text -> Addresses.parseCidr(text).stream())
                .toList();
    }

    private static Stream<IpAddress> read(Stream<String> texts) {
        return texts.flatMap(text -> Addresses.parse(text).stream());
    }

    private <T extends ApiObject> Stream<T> of(Class<T> kind) {
        return objects.stream().filter(kind::isInstance).map(kind::cast);
    }
}
