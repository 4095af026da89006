package dev.podhop.kubeproxy.iptables;

import dev.podhop.kubeproxy.FamilyNode;
import dev.podhop.kubeproxy.LocalTrafficDetector;
import dev.podhop.kubeproxy.Rule;
import dev.podhop.kubeproxy.ServedPort;
import dev.podhop.kubeproxy.ServicePortInfo;
import dev.podhop.kubeproxy.ServiceTable.CaptureKind;
import dev.podhop.net.Cidr;
import dev.podhop.net.IpAddress;
import dev.podhop.net.IpFamily;
import dev.podhop.net.L4Protocol;

/**
 * The rules of one Service port on one node, one method each: the renderer and the trace both take
 * their text from here, so that what a trace quotes is what {@code iptables-save} shows.
 */
final class ServiceRules {

    private final ServicePortInfo info;
    private final FamilyNode node;
    private final String name;
    private final String hash;

    ServiceRules(ServedPort served, FamilyNode node) {
        this.info = served.info();
        this.node = node;
        this.name = info.name().toString();
        this.hash = ChainNames.serviceHash(info.name());
    }

    /** The chain that balances over all endpoints. */
    String clusterChain() {
        return "KUBE-SVC-" + hash;
    }

    /** The chain that balances over this node's endpoints. */
    String localChain() {
        return "KUBE-SVL-" + hash;
    }

    /** The chain of everything that comes by an external address. */
    String externalChain() {
        return "KUBE-EXT-" + hash;
    }

    /** The chain that checks source ranges. */
    String firewallChain() {
        return "KUBE-FW-" + hash;
    }

    private String internalChain() {
        return info.internalPolicyLocal() ? localChain() : clusterChain();
    }

    private Rule.Draft toPort(Rule.Draft draft, IpAddress address) {
        return draft.to(address).port(info.name().protocol(), info.port());
    }

    /** Catches one of the port's addresses. */
    Rule capture(CaptureKind kind, IpAddress address) {
        Rule.Draft draft = Rule.nat(ChainNames.SERVICES);
        return switch (kind) {
            case CLUSTER_IP -> toPort(draft.comment(name + " cluster IP"), address)
                    .jump(internalChain());
            case EXTERNAL_IP -> toPort(draft.comment(name + " external IP"), address)
                    .jump(externalChain());
            case LOAD_BALANCER_VIP -> toPort(draft.comment(name + " loadbalancer IP"), address)
                    .jump(info.hasSourceRanges() ? firewallChain() : externalChain());
            case NODE_PORT -> nodePort();
        };
    }

    /** Catches the node port. */
    Rule nodePort() {
        return Rule.nat(ChainNames.NODE_PORTS).comment(name)
                .port(info.name().protocol(), info.nodePort()).jump(externalChain());
    }

    /** Drops or rejects what came for the ClusterIP and was not translated. */
    Rule refuseInternal(boolean somewhere) {
        Rule.Draft draft = Rule.filter(ChainNames.SERVICES).comment(refusal(somewhere));
        return toPort(draft, info.clusterIp()).jump(refusalTarget(somewhere));
    }

    /** Drops or rejects what came for an external address and was not translated. */
    Rule refuseExternal(IpAddress address, boolean somewhere) {
        Rule.Draft draft = Rule.filter(ChainNames.EXTERNAL_SERVICES).comment(refusal(somewhere));
        return toPort(draft, address).jump(refusalTarget(somewhere));
    }

    /** The same for the node port, at any local address whatever {@code nodePortAddresses} says. */
    Rule refuseNodePort(boolean somewhere) {
        return Rule.filter(ChainNames.EXTERNAL_SERVICES).comment(refusal(somewhere))
                .match("addrtype --dst-type LOCAL").port(info.name().protocol(), info.nodePort())
                .jump(refusalTarget(somewhere));
    }

    private String refusal(boolean somewhere) {
        return name + (somewhere ? " has no local endpoints" : " has no endpoints");
    }

    private String refusalTarget(boolean somewhere) {
        if (somewhere) {
            return "DROP";
        }
        return "REJECT --reject-with " + (node.family() == IpFamily.IPv4
                ? "icmp-port-unreachable"
                : "icmp6-port-unreachable");
    }

    Rule dropUnallowed(IpAddress vip) {
        Rule.Draft draft = Rule.filter(ChainNames.PROXY_FIREWALL)
                .comment(name + " traffic not accepted by " + firewallChain());
        return toPort(draft, vip).jump("DROP");
    }

    Rule acceptHealthCheck() {
        return Rule.filter(ChainNames.NODE_PORTS).comment(name + " health check node port")
                .port(L4Protocol.TCP, info.healthCheckNodePort()).jump("ACCEPT");
    }

    /** Marks what comes for the ClusterIP: all of it, or what is not from a pod. */
    Rule markInternal(boolean all) {
        Rule.Draft draft = toPort(Rule.nat(internalChain()).comment(name + " cluster IP"),
                info.clusterIp());
        return (all ? draft : fromPod(draft, false)).jump(ChainNames.MARK_MASQ);
    }

    private Rule.Draft fromPod(Rule.Draft draft, boolean wanted) {
        return switch (node.detector()) {
            case LocalTrafficDetector.None none -> draft;
            case LocalTrafficDetector.BySource source -> wanted ? draft.from(source.range())
                    : draft.notFrom(source.range());
            case LocalTrafficDetector.ByDevice device -> wanted ? draft.in(device.toString())
                    : draft.notIn(device.toString());
        };
    }

    private Rule.Draft external(String comment) {
        return Rule.nat(externalChain()).comment(comment);
    }

    Rule markExternal() {
        return external("masquerade traffic for " + name + " external destinations")
                .jump(ChainNames.MARK_MASQ);
    }

    Rule externalFromPod() {
        return fromPod(external("pod traffic for " + name + " external destinations"), true)
                .jump(clusterChain());
    }

    Rule markExternalFromNode() {
        return external("masquerade LOCAL traffic for " + name + " external destinations")
                .match("addrtype --src-type LOCAL").jump(ChainNames.MARK_MASQ);
    }

    Rule externalFromNode() {
        return external("route LOCAL traffic for " + name + " external destinations")
                .match("addrtype --src-type LOCAL").jump(clusterChain());
    }

    Rule externalByPolicy() {
        return Rule.nat(externalChain())
                .jump(info.externalPolicyLocal() ? localChain() : clusterChain());
    }

    /** Lets a source range, or the virtual address itself, pass the firewall. */
    Rule allow(Cidr range) {
        return Rule.nat(firewallChain()).from(range).comment(name + " loadbalancer IP")
                .jump(externalChain());
    }

    Rule firewallNote() {
        return Rule.nat(firewallChain()).comment(
                "other traffic to " + name + " will be dropped by " + ChainNames.PROXY_FIREWALL)
                .note();
    }
}
