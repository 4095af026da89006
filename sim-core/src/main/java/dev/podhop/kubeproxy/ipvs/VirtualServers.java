package dev.podhop.kubeproxy.ipvs;

import dev.podhop.kubeproxy.EndpointSet;
import dev.podhop.kubeproxy.FamilyNode;
import dev.podhop.kubeproxy.ServedPort;
import dev.podhop.kubeproxy.ServicePortInfo;
import dev.podhop.kubeproxy.ServiceTable;
import dev.podhop.net.Endpoint;
import dev.podhop.net.IpAddress;
import dev.podhop.netstack.ipvs.Scheduler;
import dev.podhop.netstack.ipvs.VirtualService;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The virtual servers of one node and family, and the addresses that are bound for them
 * ({@code syncService}, {@code syncEndpoint}).
 *
 * <p>A Local policy without a local endpoint takes the endpoints of the whole cluster: who calls
 * from outside reaches one, and never gets its answer, which does not pass this node.
 */
final class VirtualServers {

    private final IpvsNode node;
    private final Scheduler scheduler;
    private final Map<String, VirtualService> services = new LinkedHashMap<>();
    private final Set<IpAddress> bound = new LinkedHashSet<>();

    VirtualServers(ServiceTable table, IpvsNode node, Scheduler scheduler) {
        this.node = node;
        this.scheduler = scheduler;
        table.ports().forEach(this::add);
    }

    List<VirtualService> services() {
        return List.copyOf(services.values());
    }

    /** What {@code kube-ipvs0} carries. */
    Set<IpAddress> bound() {
        return bound;
    }

    private void add(ServedPort served) {
        ServicePortInfo info = served.info();
        bound.add(info.clusterIp());
        add(served, info.clusterIp(), info.port(), info.internalPolicyLocal());
        List<IpAddress> external = new ArrayList<>(info.externalIps());
        external.addAll(info.loadBalancerVips());
        for (IpAddress address : external) {
            if (node.binds(address)) {
                bound.add(address);
            }
            add(served, address, info.port(), info.externalPolicyLocal());
        }
        if (info.nodePort() != 0) {
            node.nodeAddresses().forEach(address -> add(served, address, info.nodePort(),
                    info.externalPolicyLocal()));
        }
    }

    private void add(ServedPort served, IpAddress address, int port, boolean onlyLocal) {
        EndpointSet set = endpoints(served, node.node(), onlyLocal);
        List<Endpoint> servers = new ArrayList<>();
        for (int i = 0; i < set.size(); i++) {
            servers.add(set.get(i));
        }
        VirtualService service = new VirtualService(served.info().name().protocol(), address, port,
                scheduler, served.info().affinitySeconds(), servers);
        services.putIfAbsent(service.key(), service);
    }

    /** The real servers of a Service port's addresses of one policy. */
    static EndpointSet endpoints(ServedPort served, FamilyNode node, boolean onlyLocal) {
        EndpointSet local = onlyLocal ? served.local(node) : EndpointSet.EMPTY;
        return local.isEmpty() ? served.cluster(node) : local;
    }
}
