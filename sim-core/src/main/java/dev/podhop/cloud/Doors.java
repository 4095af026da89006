package dev.podhop.cloud;

import dev.podhop.cloud.LoadBalancerSettings.Entry;
import dev.podhop.k8s.EndpointSlice;
import dev.podhop.k8s.LoadBalancerIngress;
import dev.podhop.k8s.Node;
import dev.podhop.k8s.Service;
import dev.podhop.k8s.store.ApiStore;
import dev.podhop.net.IpAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A Service's addresses towards the world: those that its status shows, and which of them are
 * nodes' own.
 *
 * <p>A packet for an address that a node has goes to that node, whatever a status says of it: such
 * an address is that node's door, and no load balancer's (K3s's ServiceLB, kube-vip, a cluster of
 * one node).
 */
final class Doors {

    private final ApiStore store;

    Doors(ApiStore store) {
        this.store = store;
    }

    /** The addresses that a Service's status shows. */
    static List<IpAddress> inStatus(Service service) {
        return service.ingress().stream().map(LoadBalancerIngress::ip)
                .filter(ip -> !ip.isEmpty()).map(IpAddress::of).toList();
    }

    /** Those of them that are nodes' own. */
    List<IpAddress> own(Service service, LoadBalancerSettings settings) {
        if (!settings.nodesOwn()) {
            return List.of();
        }
        Set<IpAddress> ofNodes = new HashSet<>();
        for (Node node : store.list(Node.class)) {
            node.addresses().forEach(
                    address -> IpAddress.parse(address.address()).ifPresent(ofNodes::add));
        }
        return inStatus(service).stream().filter(ofNodes::contains).toList();
    }

    /** Those of them that are a load balancer's. */
    List<IpAddress> balanced(Service service, LoadBalancerSettings settings) {
        List<IpAddress> own = own(service, settings);
        return inStatus(service).stream().filter(address -> !own.contains(address)).toList();
    }

    /** Whether a Service needs no load balancer, because nodes are its doors. */
    boolean replace(Service service, LoadBalancerSettings settings) {
        List<IpAddress> shown = inStatus(service);
        return settings.entry() == Entry.EACH_NODE
                || !shown.isEmpty() && own(service, settings).equals(shown);
    }

    /**
     * The nodes' addresses that K3s's ServiceLB writes ({@code podIPs} in servicelb.go): with
     * policy Local of nodes with a ready endpoint; ExternalIPs where any of them has one.
     */
    List<IpAddress> ofNodes(Service service) {
        List<IpAddress> external = new ArrayList<>();
        List<IpAddress> internal = new ArrayList<>();
        for (Node node : store.list(Node.class)) {
            if (node.isReady() && (!service.spec().isExternalLocal()
                    || hasEndpoint(service, node.metadata().name()))) {
                external.addAll(node.externalAddresses());
                internal.addAll(node.internalAddresses());
            }
        }
        Set<String> families = new HashSet<>(service.spec().ipFamilies());
        return (external.isEmpty() ? internal : external).stream()
                .filter(address -> families.isEmpty()
                        || families.contains(address.family().toString()))
                .sorted(Comparator.comparing(IpAddress::toString)).toList();
    }

    private boolean hasEndpoint(Service service, String node) {
        return store.list(EndpointSlice.class).stream()
                .filter(slice -> slice.serviceName().equals(service.metadata().name())
                        && slice.metadata().namespace().equals(service.metadata().namespace()))
                .flatMap(slice -> slice.endpoints().stream())
                .anyMatch(e -> e.isReady() && node.equals(e.nodeName()));
    }
}
