package dev.podhop.cluster;

import dev.podhop.cluster.ClusterConfig.Announce;
import dev.podhop.cluster.ClusterConfig.ExternalHost;
import dev.podhop.engine.Keys;
import dev.podhop.k8s.Addresses;
import dev.podhop.k8s.ApiKind;
import dev.podhop.k8s.Endpoint;
import dev.podhop.k8s.Node;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.Service;
import dev.podhop.net.Cidr;
import dev.podhop.net.Hook;
import dev.podhop.net.IpAddress;
import dev.podhop.net.IpFamily;
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
    /** An ingress address that is a node's own is that node's door (k3s, kube-vip). */
    private Set<IpAddress> ingresses = Set.of();
    private List<Node> all = List.of();
    private ObjectIndex index = new ObjectIndex();

    /**
     * An address that no machine has.
     *
     * @param reason what is to be said where nothing routes it
     * @param announced what a node must announce to get its packets
     */
    private record Virtual(BorderReason reason, Announce announced, Service service) {

        String name() {
            return "service/" + Labels.qualified(service.metadata());
        }
    }

    Border(ClusterConfig config) {
        this.announced = config.announced();
        this.internet = config.externalHosts().stream().filter(ExternalHost::internet)
                .map(host -> Underlay.portOf(host.name())).collect(Collectors.toSet());
        this.outside = config.externalHosts().stream()
                .map(host -> Underlay.portOf(host.name())).collect(Collectors.toSet());
    }

    /**
     * Follows the objects.
     *
     * @param changed the kinds of which something is another
     */
    void follow(ClusterObjects objects, ObjectIndex now, Set<ApiKind> changed) {
        index = now;
        if (changed.contains(ApiKind.NODE)) {
            nodes(objects.nodes());
        }
        if (changed.contains(ApiKind.SERVICE)) {
            ingresses = objects.services().stream().flatMap(service -> service.ingress().stream())
                    .flatMap(ingress -> Addresses.parse(ingress.ip()).stream())
                    .collect(Collectors.toSet());
            virtuals = virtuals(objects.services());
        }
    }

    /** From now on these are the load balancers' addresses. */
    void balance(Set<IpAddress> loadBalancers) {
        vips = Set.copyOf(loadBalancers);
    }

    private void nodes(List<Node> nodes) {
        Map<IpAddress, IpAddress> inward = new HashMap<>();
        Map<IpAddress, IpAddress> outward = new HashMap<>();
        Map<IpAddress, String> known = new HashMap<>();
        for (Node node : nodes) {
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
        all = nodes;
        toInternal = inward;
        toExternal = outward;
        names = known;
        podRanges = nodes.stream().flatMap(node -> node.podRanges().stream()).toList();
    }

    private static Map<IpAddress, Virtual> virtuals(List<Service> services) {
        Map<IpAddress, Virtual> all = new HashMap<>();
        for (Service service : services) {
            service.spec().clusterAddresses().forEach(address -> all.put(address,
                    new Virtual(BorderReason.CLUSTER_IP, Announce.CLUSTER_IPS, service)));
            service.spec().externalIPs().stream()
                    .flatMap(text -> Addresses.parse(text).stream())
                    .forEach(address -> all.putIfAbsent(address, new Virtual(
                            BorderReason.EXTERNAL_IP, Announce.EXTERNAL_IPS, service)));
        }
        return all;
    }

    /**
     * All nodes announce a Service's addresses; where only local endpoints may serve, those that
     * have one (Calico's, MetalLB's and kube-router's rule).
     */
    private List<IpAddress> announcers(Virtual virtual, IpFamily family) {
        if (!announced.contains(virtual.announced)) {
            return List.of();
        }
        Set<String> local = new HashSet<>();
        boolean everywhere = !virtual.service.spec().isExternalLocal();
        if (!everywhere) {
            index.slicesOf(Labels.qualified(virtual.service.metadata())).stream()
                    .flatMap(slice -> slice.endpoints().stream()).filter(Endpoint::isReady)
                    .forEach(endpoint -> local.add(String.valueOf(endpoint.nodeName())));
        }
        return all.stream().filter(node -> everywhere || local.contains(node.metadata().name()))
                .flatMap(node -> node.internalAddresses().stream())
                .filter(address -> address.family() == family).toList();
    }

    @Override
    public List<BaseChain> chains() {
        return List.of(BaseChain.of(IptablesTable.NAT, Hook.PREROUTING, this::translate),
                BaseChain.of(IptablesTable.NAT, Hook.POSTROUTING, this::source));
    }

    private void translate(PacketView packet, Verdict verdict) {
        IpAddress to = packet.destination();
        if (vips.contains(to) || ingresses.contains(to)) {
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
        if (virtual != null && !isKnown(to)) {
            announced(virtual, packet, verdict);
        } else if (from != null && internet.contains(from) && !isRouted(to)) {
            drop(packet, verdict, isKnown(to) ? BorderReason.PRIVATE_OF
                    : BorderReason.PRIVATE, nameOf(to));
        }
    }

    private void announced(Virtual virtual, PacketView packet, Verdict verdict) {
        List<IpAddress> nodes = announcers(virtual, packet.destination().family());
        if (!nodes.isEmpty()) {
            verdict.action = Action.ROUTE_VIA;
            verdict.address = nodes.get(packet.chooseUniform(WAY, nodes.size()));
            tell(packet, BorderReason.ANNOUNCED, packet.destination(), nameOf(verdict.address));
        } else if (outside.contains(String.valueOf(packet.inputDevice()))) {
            drop(packet, verdict, virtual.reason, virtual.name());
        }
    }

    /** Whether the internet has a way there. */
    private boolean isRouted(IpAddress address) {
        return PRIVATE.stream().noneMatch(range -> range.contains(address))
                || announced.contains(Announce.POD_CIDRS)
                        && podRanges.stream().anyMatch(range -> range.contains(address));
    }

    private boolean isKnown(IpAddress address) {
        return names.containsKey(address) || !index.pods().at(address).isEmpty();
    }

    private String nameOf(IpAddress address) {
        String node = names.get(address);
        List<Pod> pods = node == null ? index.pods().at(address) : List.of();
        return node != null ? node
                : pods.isEmpty() ? address.toString()
                : Labels.pod(pods.getFirst().metadata());
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
            log.matched("edge", "routes", address.toString(), reason.of(address, what));
        }
    }
}
