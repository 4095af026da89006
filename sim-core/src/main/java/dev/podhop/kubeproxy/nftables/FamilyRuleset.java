package dev.podhop.kubeproxy.nftables;

import dev.podhop.kubeproxy.Decider;
import dev.podhop.kubeproxy.EndpointSet;
import dev.podhop.kubeproxy.FamilyNode;
import dev.podhop.kubeproxy.ProxyConfig;
import dev.podhop.kubeproxy.Refusal;
import dev.podhop.kubeproxy.ServedPort;
import dev.podhop.kubeproxy.ServicePortInfo;
import dev.podhop.kubeproxy.ServiceTable;
import dev.podhop.kubeproxy.ServiceTable.CaptureKind;
import dev.podhop.kubeproxy.nftables.TableLayout.Base;
import dev.podhop.net.IpAddress;
import dev.podhop.net.SocketAddress;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The rules of one node and family ({@code syncProxyRules}), collected for {@link TableText}: for
 * each Service port first the elements that catch or refuse it, then its endpoints' chains, then
 * its own.
 */
final class FamilyRuleset {

    private final FamilyNode node;
    private final ProxyConfig config;
    private final BaseChains base;
    private final TableText text;
    private final Set<String> clusterIps = new LinkedHashSet<>();
    private final Map<String, String> serviceIps = new LinkedHashMap<>();
    private final Set<String> serviceNodePorts = new LinkedHashSet<>();
    private final Map<String, String> noEndpointServices = new LinkedHashMap<>();
    private final Set<String> noEndpointNodePorts = new LinkedHashSet<>();
    private final Map<String, String> firewallIps = new LinkedHashMap<>();
    private final Map<String, Integer> affinity = new LinkedHashMap<>();

    private FamilyRuleset(FamilyNode node, ProxyConfig config) {
        this.node = node;
        this.config = config;
        this.base = new BaseChains(node, config);
        this.text = new TableText(node.family());
    }

    /** {@code table ip kube-proxy { ... }}. */
    static String text(ServiceTable table, FamilyNode node, ProxyConfig config,
            AffinityElements elements) {
        FamilyRuleset ruleset = new FamilyRuleset(node, config);
        ruleset.baseChains();
        table.ports().forEach(ruleset::servicePort);
        return ruleset.save(elements);
    }

    private String save(AffinityElements elements) {
        text.set("cluster-ips", "Active ClusterIPs", clusterIps);
        if (!node.nodePortsMatchAll()) {
            text.set("nodeport-ips", "IPs that accept NodePort traffic",
                    node.nodePortTargets().stream().map(IpAddress::toString).toList());
        }
        text.addressMap("no-endpoint-services",
                "vmap to drop or reject packets to services with no endpoints",
                noEndpointServices.values());
        text.portMap("no-endpoint-nodeports",
                "vmap to drop or reject packets to service nodeports with no endpoints",
                noEndpointNodePorts);
        text.addressMap("firewall-ips", "destinations that are subject to LoadBalancerSourceRanges",
                firewallIps.values());
        text.addressMap("service-ips", "ClusterIP, ExternalIP and LoadBalancer IP traffic",
                serviceIps.values());
        text.portMap("service-nodeports", "NodePort traffic", serviceNodePorts);
        affinity.forEach((name, seconds) -> text.affinitySet(name, seconds,
                elements.of(name, seconds)));
        return text.save();
    }

    private void baseChains() {
        for (Base chain : TableLayout.of(config.version()).chains()) {
            text.chain(chain.name(), chain.declaration());
            chain.targets().forEach(to -> text.rule(new NftRule(chain.name(), chain.jump(to))));
        }
        for (NftRule rule : List.of(base.noEndpointNodePorts(), base.noEndpointServices(),
                base.firewallIps(), base.serviceIps(), base.serviceNodePorts(),
                base.returnUnmarked(), base.clearMark(), base.masquerade())) {
            text.rule(rule);
        }
        base.clusterIpsCheck().forEach(text::rule);
        text.rule(base.setMark());
        text.chain(BaseChains.REJECT_CHAIN,
                "comment \"helper for @no-endpoint-services / @no-endpoint-nodeports\"");
        text.rule(base.reject());
    }

    private void servicePort(ServedPort served) {
        ServiceChains chains = new ServiceChains(served, node, config);
        ServicePortInfo info = served.info();
        clusterIps.add(info.clusterIp().toString());
        address(served, chains, CaptureKind.CLUSTER_IP, info.clusterIp());
        info.externalIps().forEach(ip -> address(served, chains, CaptureKind.EXTERNAL_IP, ip));
        info.loadBalancerVips()
                .forEach(ip -> address(served, chains, CaptureKind.LOAD_BALANCER_VIP, ip));
        nodePort(served, chains);
        if (info.hasSourceRanges()) {
            info.loadBalancerVips().forEach(vip -> firewallIps.putIfAbsent(chains.key(vip),
                    chains.gate(vip)));
        }
        endpoints(served, chains);
        balance(served, chains);
        if (served.selection().hasAny() && info.externallyAccessible()) {
            external(served, chains);
        }
        if (info.hasSourceRanges()) {
            text.rule(chains.dropUnallowed());
        }
    }

    private void address(ServedPort served, ServiceChains chains, CaptureKind kind,
            IpAddress address) {
        boolean internal = kind == CaptureKind.CLUSTER_IP;
        boolean captured = internal ? !served.internal(node).isEmpty()
                : served.selection().hasAny();
        if (captured) {
            serviceIps.putIfAbsent(chains.key(address), chains.capture(address, internal));
        }
        Refusal refusal = Decider.refusal(kind, served, node);
        if (refusal != Refusal.NONE) {
            noEndpointServices.putIfAbsent(chains.key(address),
                    chains.refuse(address, refusal == Refusal.NO_LOCAL_ENDPOINTS));
        }
    }

    private void nodePort(ServedPort served, ServiceChains chains) {
        if (served.info().nodePort() == 0) {
            return;
        }
        if (served.selection().hasAny()) {
            serviceNodePorts.add(chains.captureNodePort());
        }
        Refusal refusal = Decider.refusal(CaptureKind.NODE_PORT, served, node);
        if (refusal != Refusal.NONE) {
            noEndpointNodePorts.add(
                    chains.refuseNodePort(refusal == Refusal.NO_LOCAL_ENDPOINTS));
        }
    }

    /** All that this node may choose, each once. */
    private void endpoints(ServedPort served, ServiceChains chains) {
        Map<SocketAddress, EndpointChains> reachable = new LinkedHashMap<>();
        if (served.info().usesClusterEndpoints()) {
            add(chains.endpoints(served.cluster(node)), reachable);
        }
        if (served.info().usesLocalEndpoints()) {
            add(chains.endpoints(served.local(node)), reachable);
        }
        boolean sticky = served.info().hasAffinity();
        for (EndpointChains own : reachable.values()) {
            if (sticky) {
                affinity.put(own.affinitySet(), served.info().affinitySeconds());
            }
            text.rule(own.markHairpin());
            if (sticky) {
                text.rule(own.remember());
            }
            text.rule(own.translate());
        }
    }

    private static void add(EndpointChains[] chains, Map<SocketAddress, EndpointChains> reachable) {
        for (EndpointChains each : chains) {
            reachable.putIfAbsent(each.endpoint(), each);
        }
    }

    private void balance(ServedPort served, ServiceChains chains) {
        ServicePortInfo info = served.info();
        boolean marks = !served.internal(node).isEmpty()
                && (config.masqueradeAll() || node.detector().isImplemented());
        if (info.usesClusterEndpoints() && !served.cluster(node).isEmpty()) {
            balance(served, chains, served.cluster(node), false,
                    marks && !info.internalPolicyLocal());
        }
        if (info.usesLocalEndpoints() && !served.local(node).isEmpty()) {
            balance(served, chains, served.local(node), true,
                    marks && info.internalPolicyLocal());
        }
    }

    private void balance(ServedPort served, ServiceChains chains, EndpointSet set, boolean local,
            boolean marks) {
        if (marks) {
            text.rule(chains.markInternal());
        }
        EndpointChains[] endpoints = chains.endpoints(set);
        if (served.info().hasAffinity()) {
            for (EndpointChains own : endpoints) {
                text.rule(own.affinity(chains.chainFor(local)));
            }
        }
        text.rule(chains.choose(set, local, endpoints));
    }

    private void external(ServedPort served, ServiceChains chains) {
        if (!served.info().externalPolicyLocal()) {
            text.rule(chains.markExternal());
        } else {
            if (node.detector().isImplemented()) {
                text.rule(chains.externalFromPod());
            }
            text.rule(chains.markExternalFromNode());
            text.rule(chains.externalFromNode());
        }
        if (served.hasExternalEndpoints(node)) {
            text.rule(chains.externalByPolicy());
        }
    }
}
