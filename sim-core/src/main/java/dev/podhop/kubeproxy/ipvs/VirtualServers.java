package dev.podhop.kubeproxy.ipvs;

import dev.podhop.kubeproxy.EndpointSet;
import dev.podhop.kubeproxy.FamilyNode;
import dev.podhop.kubeproxy.PortChange;
import dev.podhop.kubeproxy.ServedPort;
import dev.podhop.kubeproxy.ServicePortInfo;
import dev.podhop.kubeproxy.ServiceTable;
import dev.podhop.net.IpAddress;
import dev.podhop.net.SocketAddress;
import dev.podhop.netstack.ipvs.IpvsScheduler;
import dev.podhop.netstack.ipvs.VirtualService;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The virtual servers of one node and family, and the addresses that are bound for them
 * ({@code syncService}, {@code syncEndpoint}).
 *
 * <p>A Local policy without a local endpoint takes the endpoints of the whole cluster: who calls
 * from outside reaches one, and never gets its answer, which does not pass this node.
 */
final class VirtualServers {

    private final ServiceTable table;
    private final IpvsNode node;
    private final IpvsScheduler scheduler;
    private final Set<IpAddress> bound;

    /** @param before the same node's, of an earlier table; null for none */
    VirtualServers(ServiceTable table, IpvsNode node, IpvsScheduler scheduler,
            @Nullable VirtualServers before) {
        this.table = table;
        this.node = node;
        this.scheduler = scheduler;
        this.bound = before != null && table.isOfServicesOf(before.table) ? before.bound
                : bound(table, node);
    }

    private static Set<IpAddress> bound(ServiceTable table, IpvsNode node) {
        Set<IpAddress> bound = new LinkedHashSet<>();
        for (ServedPort served : table.ports()) {
            bound.add(served.info().clusterIp());
            external(served.info()).filter(node::binds).forEach(bound::add);
        }
        return bound;
    }

    private static Stream<IpAddress> external(ServicePortInfo info) {
        return Stream.concat(info.externalIps().stream(), info.loadBalancerVips().stream());
    }

    /** What {@code kube-ipvs0} carries. */
    Set<IpAddress> bound() {
        return bound;
    }

    /**
     * All of them. Several Service ports may claim one, each with servers of its own; where one of
     * them claims it as a node port, the first has it.
     */
    List<VirtualService> services() {
        Map<String, VirtualService> services = new LinkedHashMap<>();
        for (ServedPort served : table.ports()) {
            of(served).forEach(
                    service -> services.putIfAbsent(place(service, served), service));
        }
        return List.copyOf(services.values());
    }

    private String place(VirtualService service, ServedPort served) {
        boolean contested = table.isContested() && service.port() == served.info().port()
                && table.isContested(service.address(), service.protocol(), service.port());
        return contested ? service.key() + " of " + served.info().name() : service.key();
    }

    /** Those of Service ports that are not as they were, of the same Services. */
    List<VirtualService> changedSince(VirtualServers before) {
        List<VirtualService> changed = new ArrayList<>();
        for (PortChange change : table.changesSince(before.table)) {
            ServedPort served = Objects.requireNonNull(change.after());
            of(served).stream().filter(service -> owner(service) == served).forEach(changed::add);
        }
        return changed;
    }

    /** Who has a virtual server that several may claim: the first in name order. */
    private @Nullable ServedPort owner(VirtualService service) {
        int capture = table.find(service.address(), service.protocol(), service.port());
        ServedPort caught = capture == ServiceTable.NONE ? null : table.port(capture);
        int place = node.nodeAddresses().stream().anyMatch(service.address()::same)
                ? table.findNodePort(service.protocol(), service.port())
                : ServiceTable.NONE;
        ServedPort owner = place == ServiceTable.NONE ? null : table.nodePortOwner(place);
        return owner == null || caught != null
                && caught.info().name().compareTo(owner.info().name()) <= 0 ? caught : owner;
    }

    private List<VirtualService> of(ServedPort served) {
        ServicePortInfo info = served.info();
        List<SocketAddress> internal = servers(served, info.internalPolicyLocal());
        List<SocketAddress> external = servers(served, info.externalPolicyLocal());
        List<VirtualService> services = new ArrayList<>();
        services.add(service(info, info.clusterIp(), info.port(), internal));
        external(info).map(address -> service(info, address, info.port(), external))
                .forEach(services::add);
        if (info.nodePort() != 0) {
            node.nodeAddresses().forEach(
                    address -> services.add(service(info, address, info.nodePort(), external)));
        }
        return services;
    }

    private VirtualService service(ServicePortInfo info, IpAddress address, int port,
            List<SocketAddress> servers) {
        return new VirtualService(info.name().protocol(), address, port, scheduler,
                info.affinitySeconds(), servers);
    }

    private List<SocketAddress> servers(ServedPort served, boolean onlyLocal) {
        EndpointSet set = endpoints(served, node.node(), onlyLocal);
        return IntStream.range(0, set.size()).mapToObj(set::get).toList();
    }

    /** The real servers of a Service port's addresses of one policy. */
    static EndpointSet endpoints(ServedPort served, FamilyNode node, boolean onlyLocal) {
        EndpointSet local = onlyLocal ? served.local(node) : EndpointSet.EMPTY;
        return local.isEmpty() ? served.cluster(node) : local;
    }
}
