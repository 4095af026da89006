package dev.podhop.kubeproxy.ipvs;

import dev.podhop.kubeproxy.FamilyNode;
import dev.podhop.kubeproxy.ProxyConfig;
import dev.podhop.kubeproxy.ProxyNode;
import dev.podhop.net.IpAddress;
import dev.podhop.net.IpFamily;
import java.util.List;

/**
 * What one node's proxier of one family knows besides Services.
 *
 * @param nodeAddresses at which node ports are virtual servers: never loopback, never link-local
 * @param ownAddresses every address of the node's other devices: a Service's external address among
 *     them is not bound again
 */
record IpvsNode(FamilyNode node, List<IpAddress> nodeAddresses, List<IpAddress> ownAddresses) {

    static IpvsNode of(IpFamily family, ProxyNode facts, ProxyConfig config) {
        FamilyNode node = FamilyNode.of(family, facts, config);
        List<IpAddress> own = facts.interfaceAddresses().stream()
                .filter(address -> address.family() == family).distinct().toList();
        List<IpAddress> candidates = node.nodePortsMatchAll() ? own : node.nodePortTargets();
        return new IpvsNode(node, candidates.stream()
                .filter(address -> !address.isLoopback() && !address.isLinkLocal()).toList(),
                own);
    }

    /** Whether a Service's external address is bound to {@code kube-ipvs0}. */
    boolean binds(IpAddress address) {
        return ownAddresses.stream().noneMatch(address::same);
    }
}
