package dev.podhop.cluster;

import dev.podhop.cluster.ClusterConfig.Announce;
import dev.podhop.cluster.ClusterConfig.ExternalHost;
import dev.podhop.engine.Keys;
import dev.podhop.k8s.Addresses;
import dev.podhop.k8s.Endpoint;
import dev.podhop.k8s.EndpointSlice;
import dev.podhop.k8s.Node;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.Service;
import dev.podhop.net.Cidr;
import dev.podhop.net.Hook;
import dev.podhop.net.IpAddress;
import dev.podhop.netstack.netfilter.BaseChain;
import dev.podhop.netstack.netfilter.IptablesTable;
import dev.podhop.netstack.netfilter.PacketView;
import dev.podhop.netstack.netfilter.RuleLog;
import dev.podhop.netstack.netfilter.RuleProgram;
import dev.podhop.netstack.netfilter.Verdict;
import dev.podhop.netstack.netfilter.Verdict.Action;
import dev.podhop.trace.DropReason;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Between the cluster's network and the world: which of its addresses mean something outside, and
 * what a Node's ExternalIP stands for. Clouds translate it one to one, statefully, at their edge
 * (AWS internet gateway, GCP, Azure), which is why the node itself does not have it.
 */
final class Border implements RuleProgram {

    private static final long WAY = Keys.of("announced way");
    /** What the internet does not route: RFC 1918, 6598, 3927, 4193, 4291. */
    private static final List<Cidr> PRIVATE = Stream.of("10.0.0.0/8", "172.16.0.0/12",
            "192.168.0.0/16", "100.64.0.0/10", "169.254.0.0/16", "127.0.0.0/8", "fc00::/7",
            "fe80::/10").map(Cidr::of).toList();

    private final Set<Announce> announced;
    /** Where hosts of the internet come in: the edge's devices that lead to them. */
    private final Set<String> internet;
    private final Set<String> outside;
    private Set<IpAddress> vips = Set.of();
    private Map<IpAddress, IpAddress> toInternal = Map.of();
    private Map<IpAddress, IpAddress> toExternal = Map.of();
    private Map<IpAddress, Virtual> virtuals = Map.of();
    private Map<IpAddress, String> names = Map.of();
    private List<Cidr> podRanges = List.of();

    /**
     * An address that no machine has.
     *
     * @param reason what is to be said where nothing routes it
     * @param nodes own addresses of those that announce it; empty where nobody does
     */
    private record Virtual(BorderReason reason, String service, List<IpAddress> nodes) {}

    Border(ClusterConfig config) {
        this.announced = config.announced();
        this.internet = config.externalHosts().stream().filter(ExternalHost::internet)
                .map(host -> Underlay.portOf(host.name())).collect(Collectors.toSet());
        this.outside = config.externalHosts().stream()
                .map(host -> Underlay.portOf(host.name())).collect(Collectors.toSet());
    }

    /** Follows the objects. */
    void follow(ClusterObjects objects, Set<IpAddress> loadBalancers) {
        Set<IpAddress> all = new HashSet<>(loadBalancers);
        // An ingress address that is a node's own is that node's door (k3s, kube-vip).
        objects.services().stream().flatMap(service -> service.ingress().stream())
                .flatMap(ingress -> Addresses.parse(ingress.ip()).stream()).forEach(all::add);
        vips = all;
        Map<IpAddress, IpAddress> inward = new HashMap<>();
        Map<IpAddress, IpAddress> outward = new HashMap<>();
        Map<IpAddress, String> known = new HashMap<>();
        for (Node node : objects.nodes()) {
            for (IpAddress external : node.externalAddresses()) {
                node.internalAddresses().stream()
                        .filter(own -> own.family() == external.family() && !own.equals(external))
                        .findFirst().ifPresent(own -> {
                            inward.put(external, own);
                            outward.putIfAbsent(own, external);
                        });
            }
            node.internalAddresses().forEach(own -> known.put(own, "node/"
                    + node.metadata().name()));
        }
        for (Pod pod : objects.pods()) {
            pod.addresses().forEach(own -> known.putIfAbsent(own, Labels.pod(pod.metadata())));
        }
        toInternal = inward;
        toExternal = outward;
        names = known;
        podRanges = objects.nodes().stream().flatMap(node -> node.podRanges().stream()).toList();
        virtuals = virtuals(objects);
    }

    private Map<IpAddress, Virtual> virtuals(ClusterObjects objects) {
        Map<IpAddress, Virtual> all = new HashMap<>();
        for (Service service : objects.services()) {
            String name = "service/" + Labels.qualified(service.metadata());
            List<IpAddress> nodes = announcers(service, objects);
            service.spec().clusterAddresses().forEach(address -> all.put(address,
                    new Virtual(BorderReason.CLUSTER_IP, name,
                            announced.contains(Announce.CLUSTER_IPS) ? of(address, nodes)
                                    : List.of())));
            service.spec().externalIPs().stream()
                    .flatMap(text -> Addresses.parse(text).stream())
                    .forEach(address -> all.putIfAbsent(address,
                            new Virtual(BorderReason.EXTERNAL_IP, name,
                                    announced.contains(Announce.EXTERNAL_IPS) ? of(address, nodes)
                                            : List.of())));
        }
        return all;
    }

    private static List<IpAddress> of(IpAddress address, List<IpAddress> nodes) {
        return nodes.stream().filter(node -> node.family() == address.family()).toList();
    }

    /**
     * All nodes announce a Service's addresses; where only local endpoints may serve, those that
     * have one (Calico's, MetalLB's and kube-router's rule).
     */
    private static List<IpAddress> announcers(Service service, ClusterObjects objects) {
        if (!service.spec().isExternalLocal()) {
            return objects.nodes().stream().flatMap(node -> node.internalAddresses().stream())
                    .toList();
        }
        Set<String> local = new HashSet<>();
        for (EndpointSlice slice : objects.slices()) {
            if (slice.metadata().namespace().equals(service.metadata().namespace())
                    && slice.serviceName().equals(service.metadata().name())) {
                slice.endpoints().stream().filter(Endpoint::isReady)
                        .forEach(endpoint -> local.add(String.valueOf(endpoint.nodeName())));
            }
        }
        return objects.nodes().stream().filter(node -> local.contains(node.metadata().name()))
                .flatMap(node -> node.internalAddresses().stream()).toList();
    }

    @Override
    public List<BaseChain> chains() {
        return List.of(BaseChain.of(IptablesTable.NAT, Hook.PREROUTING, this::translate),
                BaseChain.of(IptablesTable.NAT, Hook.POSTROUTING, this::source));
    }

    private void translate(PacketView packet, Verdict verdict) {
        IpAddress to = packet.destination();
        if (vips.contains(to)) {
            return;
        }
        IpAddress node = toInternal.get(to);
        if (node != null) {
            verdict.action = Action.DNAT;
            verdict.address = node;
            tell(packet, BorderReason.NODE_EXTERNAL_IP, to, nameOf(node));
            return;
        }
        String from = packet.inputDevice();
        Virtual virtual = virtuals.get(to);
        if (virtual != null && !names.containsKey(to)) {
            announced(virtual, packet, verdict);
        } else if (from != null && internet.contains(from) && !isRouted(to)) {
            drop(packet, verdict, names.containsKey(to) ? BorderReason.PRIVATE_OF
                    : BorderReason.PRIVATE, nameOf(to));
        }
    }

    private void announced(Virtual virtual, PacketView packet, Verdict verdict) {
        List<IpAddress> nodes = virtual.nodes;
        if (!nodes.isEmpty()) {
            verdict.action = Action.ROUTE_VIA;
            verdict.address = nodes.get(packet.chooseUniform(WAY, nodes.size()));
            tell(packet, BorderReason.ANNOUNCED, packet.destination(), nameOf(verdict.address));
        } else if (outside.contains(String.valueOf(packet.inputDevice()))) {
            drop(packet, verdict, virtual.reason, virtual.service);
        }
    }

    /** Whether the internet has a way there. */
    private boolean isRouted(IpAddress address) {
        return PRIVATE.stream().noneMatch(range -> range.contains(address))
                || announced.contains(Announce.POD_CIDRS)
                        && podRanges.stream().anyMatch(range -> range.contains(address));
    }

    private String nameOf(IpAddress address) {
        return names.getOrDefault(address, address.toString());
    }

    /** Outside, a node is known by its ExternalIP alone. */
    private void source(PacketView packet, Verdict verdict) {
        String out = packet.outputDevice();
        IpAddress external = toExternal.get(packet.source());
        if (external != null && out != null && internet.contains(out)) {
            verdict.action = Action.SNAT;
            verdict.address = external;
            tell(packet, BorderReason.NODE_SOURCE, packet.source(), external.toString());
        }
    }

    private static void drop(PacketView packet, Verdict verdict, BorderReason reason,
            String what) {
        verdict.action = Action.DROP;
        verdict.dropReason = DropReason.IP_INNOROUTES;
        tell(packet, reason, packet.destination(), what);
    }

    private static void tell(PacketView packet, BorderReason reason, IpAddress address,
            String what) {
        RuleLog log = packet.log();
        if (log != null) {
            log.matched("edge", "routes", address.toString(), reason.code(), "address",
                    address.toString(), "what", what);
        }
    }
}
