package dev.podhop.cluster;

import dev.podhop.cloud.Cloud;
import dev.podhop.cloud.EdgeListeners;
import dev.podhop.cloud.EdgeProgram;
import dev.podhop.cloud.Instance;
import dev.podhop.cloud.Listener;
import dev.podhop.cloud.LoadBalancerSettings.Entry;
import dev.podhop.cluster.ClusterConfig.ExternalHost;
import dev.podhop.k8s.ApiKind;
import dev.podhop.k8s.Node;
import dev.podhop.net.Cidr;
import dev.podhop.net.IpAddress;
import dev.podhop.netstack.NetworkNamespace;
import dev.podhop.netstack.device.InterfaceAddress;
import dev.podhop.netstack.netfilter.RuleOwner;
import dev.podhop.netstack.route.Fib;
import dev.podhop.netstack.route.Route;
import dev.podhop.netstack.route.RouteType;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The cloud's load balancers in the data plane: the rules of its edge, and the nodes' routes. */
final class LoadBalancerEdge {

    /** RFC 1918, RFC 6598 and RFC 4193: no address on the internet. */
    private static final List<Cidr> PRIVATE = List.of(Cidr.of("10.0.0.0/8"),
            Cidr.of("172.16.0.0/12"), Cidr.of("192.168.0.0/16"), Cidr.of("100.64.0.0/10"),
            Cidr.of("fc00::/7"));

    private final Cloud cloud;
    private final NetworkNamespace edge;
    private final EdgeSessions sessions;
    private final Border border;
    private EdgeProgram program;
    /** Addresses of load balancers that the nodes hold as their own. */
    private List<IpAddress> localVips = List.of();
    private Set<IpAddress> ofNodes = Set.of();
    /** By node, the addresses that it answers for. */
    private Map<String, Set<IpAddress>> announcing = Map.of();
    /** Whether the edge is programmed with no load balancer at all. */
    private boolean bare;

    LoadBalancerEdge(Cloud cloud, NetworkNamespace edge, ClusterConfig config) {
        this.cloud = cloud;
        this.edge = edge;
        this.border = new Border(config);
        this.sessions = new EdgeSessions(Objects.requireNonNull(edge.conntrack()),
                edge.network().simulation());
        this.program = new EdgeProgram(new EdgeProgram.Surroundings(
                config.gateways().stream().map(InterfaceAddress::address).toList(),
                config.externalHosts().stream().map(ExternalHost::addresses)
                        .flatMap(List::stream).filter(LoadBalancerEdge::isPublic)
                        .collect(Collectors.toSet()),
                sessions));
    }

    private static boolean isPublic(IpAddress address) {
        return PRIVATE.stream().noneMatch(range -> range.contains(address));
    }

    /**
     * Follows the API's objects.
     *
     * @param changed the kinds of which something is another
     */
    void follow(ClusterObjects objects, ObjectIndex index, Set<ApiKind> changed) {
        border.follow(objects, index, changed);
        if (changed.contains(ApiKind.NODE)) {
            ofNodes = objects.nodes().stream().map(Node::internalAddresses)
                    .flatMap(List::stream).collect(Collectors.toSet());
        }
    }

    /** Programs the edge with what the cloud has now. */
    void program(Collection<NodeHost> hosts) {
        List<Listener> before = program.listeners();
        boolean none = cloud.instances().isEmpty();
        if (bare && none) {
            return;
        }
        bare = none;
        Set<IpAddress> vips = cloud.instances().stream().map(Instance::vips)
                .flatMap(List::stream).collect(Collectors.toSet());
        // A node's address that a load balancer uses too is still the node's on every other port.
        vips.removeIf(ofNodes::contains);
        border.balance(vips);
        edge.hooks().install(RuleOwner.BORDER, border);
        program = program.with(EdgeListeners.of(cloud), vips);
        edge.hooks().install(RuleOwner.EDGE, program);
        sessions.follow(before, program.listeners());
        routeLocally(hosts);
        announce(hosts);
    }

    /**
     * On the nodes' own segment an elected node answers for an address, and tells everybody when it
     * has become another (gratuitous ARP).
     */
    private void announce(Collection<NodeHost> hosts) {
        Map<String, Set<IpAddress>> elected = new HashMap<>();
        program.listeners().stream()
                .filter(listener -> listener.settings().entry() == Entry.ONE_NODE)
                .forEach(listener -> listener.targets().forEach(target -> elected
                        .computeIfAbsent(target.name(), node -> new HashSet<>())
                        .add(listener.vip().address())));
        hosts.forEach(host -> host.namespace()
                .announce(elected.getOrDefault(host.name(), Set.of())));
        if (elected.equals(announcing)) {
            return;
        }
        Stream.of(elected, announcing).flatMap(each -> each.values().stream())
                .flatMap(Set::stream).distinct().forEach(vip -> edge.network().namespaces()
                        .forEach(ns -> ns.neighbours().forget(vip)));
        announcing = elected;
    }

    /** Where the guest agent does so, every node holds the load balancers' addresses as its own. */
    private void routeLocally(Collection<NodeHost> hosts) {
        List<IpAddress> vips = program.listeners().stream()
                .filter(listener -> listener.settings().localRoute())
                .map(listener -> listener.vip().address()).distinct().toList();
        if (vips.isEmpty() && localVips.isEmpty()) {
            return;
        }
        for (NodeHost host : hosts) {
            Fib fib = host.namespace().fib();
            fib.removeIf(route -> localVips.contains(route.destination().base())
                    && route.type() == RouteType.LOCAL);
            vips.forEach(vip -> fib.add(Route.local(Cidr.host(vip), 0, "lo")));
        }
        localVips = vips;
    }

    /** Nothing is remembered of what was chosen. */
    void forget() {
        program = program.forgetful();
        sessions.forget();
        edge.hooks().install(RuleOwner.EDGE, program);
    }

    Collection<Instance> instances() {
        return cloud.instances();
    }

    List<Listener> listeners() {
        return program.listeners();
    }
}
