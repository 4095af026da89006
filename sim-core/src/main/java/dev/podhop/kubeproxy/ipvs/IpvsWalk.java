package dev.podhop.kubeproxy.ipvs;

import dev.podhop.kubeproxy.Decider;
import dev.podhop.kubeproxy.Decision;
import dev.podhop.kubeproxy.EndpointInfo;
import dev.podhop.kubeproxy.EndpointSet;
import dev.podhop.kubeproxy.FamilyNode;
import dev.podhop.kubeproxy.ProxyConfig;
import dev.podhop.kubeproxy.ServedPort;
import dev.podhop.kubeproxy.ServicePortInfo;
import dev.podhop.kubeproxy.ServiceTable;
import dev.podhop.kubeproxy.ServiceTable.CaptureKind;
import dev.podhop.net.IpAddress;
import dev.podhop.net.L4Protocol;
import dev.podhop.netstack.netfilter.PacketView;
import dev.podhop.netstack.netfilter.RuleLog;
import dev.podhop.netstack.netfilter.Verdict;
import dev.podhop.packet.CtState;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A packet's way through the rules of iptables around IPVS, without walking them: sets are what the
 * Services' table says.
 */
final class IpvsWalk {

    private final ServiceTable table;
    private final IpvsNode facts;
    private final FamilyNode node;
    private final ProxyConfig config;
    private final int mark;
    private final Set<IpAddress> bound;
    /** {@code KUBE-LOOP-BACK}, by endpoint and protocol; made when a packet could be in it. */
    private @Nullable Set<String> loopBack;
    private final Decision gate = new Decision();
    private final Decider decider;
    private final IpvsStory story;

    IpvsWalk(ServiceTable table, IpvsNode facts, ProxyConfig config, Set<IpAddress> bound) {
        this.table = table;
        this.facts = facts;
        this.node = facts.node();
        this.config = config;
        this.mark = config.masqueradeMark();
        this.bound = bound;
        this.decider = new Decider(table, node, config);
        this.story = new IpvsStory(node, config);
    }

    private boolean isLoopBack(PacketView packet) {
        if (!packet.source().same(packet.destination())) {
            return false;
        }
        Set<String> set = loopBack;
        if (set == null) {
            set = new HashSet<>();
            for (ServedPort served : table.ports()) {
                for (EndpointInfo endpoint : served.endpoints()) {
                    if (endpoint.isLocal(node.name())) {
                        set.add(served.info().name().protocol() + " " + endpoint.endpoint());
                    }
                }
            }
            loopBack = set;
        }
        return set.contains(packet.protocol() + " "
                + packet.destination().withPort(packet.destinationPort()));
    }

    /** The Service port that has this address, with the packet's port, as one of that kind. */
    private @Nullable ServedPort member(IpAddress address, PacketView packet, CaptureKind kind) {
        for (int c = table.find(address, packet.protocol(),
                packet.destinationPort()); c != ServiceTable.NONE; c = table.next(c)) {
            if (table.kind(c) == kind) {
                return table.port(c);
            }
        }
        return null;
    }

    /** Whether a Service with that policy claims the destination: its entry is in the set. */
    private boolean isAny(PacketView packet, CaptureKind kind, boolean local) {
        for (int c = table.find(packet.destination(), packet.protocol(),
                packet.destinationPort()); c != ServiceTable.NONE; c = table.next(c)) {
            if (table.kind(c) == kind && table.port(c).info().externalPolicyLocal() == local) {
                return true;
            }
        }
        return false;
    }

    /** PREROUTING and OUTPUT of the nat table: only marks are set; IPVS translates, later. */
    void mark(PacketView packet, Verdict verdict) {
        RuleLog log = packet.log();
        IpAddress destination = packet.destination();
        story.begin(packet.hook());
        if (packet.source().isLoopback()) {
            return;
        }
        @Nullable ServedPort balancer = member(destination, packet, CaptureKind.LOAD_BALANCER_VIP);
        if (balancer != null) {
            boolean local = isAny(packet, CaptureKind.LOAD_BALANCER_VIP, true);
            if (!local) {
                verdict.mark |= mark;
            }
            if (log != null) {
                story.balancer(log, packet, balancer, local);
            }
        }
        @Nullable ServedPort clusterIp = member(destination, packet, CaptureKind.CLUSTER_IP);
        ServedPort marked = markedAs(packet, clusterIp);
        if (marked != null) {
            verdict.mark |= mark;
            if (log != null) {
                story.markClusterIp(log, packet, marked);
            }
        }
        @Nullable ServedPort external = member(destination, packet, CaptureKind.EXTERNAL_IP);
        if (external != null) {
            external(packet, external, verdict);
            return;
        }
        if (packet.isLocalAddress(destination)) {
            nodePort(packet, verdict);
        }
        if (clusterIp != null || balancer != null) {
            verdict.action = Verdict.Action.ACCEPT;
            if (log != null) {
                story.accept(log, packet, clusterIp, balancer);
            }
        }
    }

    /** The Service port for whose ClusterIP the packet is marked; null for none. */
    private @Nullable ServedPort markedAs(PacketView packet, @Nullable ServedPort called) {
        if (config.masqueradeAll()) {
            return called;
        }
        if (!node.detector().isImplemented()) {
            return member(packet.source(), packet, CaptureKind.CLUSTER_IP);
        }
        return node.detector().isLocal(packet) ? null : called;
    }

    private void external(PacketView packet, ServedPort served, Verdict verdict) {
        boolean local = !isAny(packet, CaptureKind.EXTERNAL_IP, false);
        if (!local) {
            verdict.mark |= mark;
        }
        verdict.action = Verdict.Action.ACCEPT;
        RuleLog log = packet.log();
        if (log != null) {
            story.external(log, packet, served, local);
        }
    }

    private void nodePort(PacketView packet, Verdict verdict) {
        int place = table.findNodePort(packet.protocol(), packet.destinationPort());
        if (place == ServiceTable.NONE || facts.nodeAddresses().isEmpty()
                || packet.protocol() == L4Protocol.SCTP && facts.nodeAddresses().stream()
                        .noneMatch(packet.destination()::same)) {
            return;
        }
        ServedPort served = table.nodePortOwner(place);
        boolean local = served.info().externalPolicyLocal();
        if (!local) {
            verdict.mark |= mark;
        }
        RuleLog log = packet.log();
        if (log != null) {
            story.nodePort(log, packet, served, local);
        }
    }

    /** POSTROUTING of the nat table. */
    void source(PacketView packet, Verdict verdict) {
        RuleLog log = packet.log();
        if (isLoopBack(packet)) {
            verdict.action = Verdict.Action.MASQUERADE;
            if (log != null) {
                story.hairpin(log, packet);
            }
        } else if ((packet.mark() & mark) != 0) {
            verdict.mark = packet.mark() ^ mark;
            verdict.action = Verdict.Action.MASQUERADE;
            verdict.randomFully = true;
            if (log != null) {
                story.masquerade(log, packet);
            }
        }
    }

    /** INPUT, FORWARD and OUTPUT of the filter table. */
    void filter(PacketView packet, Verdict verdict) {
        story.begin(packet.hook());
        switch (packet.hook()) {
            case INPUT -> {
                if (!access(packet, verdict) && !firewall(packet, verdict)) {
                    healthCheck(packet, verdict);
                }
            }
            case FORWARD -> {
                if (!firewall(packet, verdict)) {
                    forward(packet, verdict);
                }
            }
            case OUTPUT -> out(packet, verdict);
            case PREROUTING, POSTROUTING -> {
            }
        }
    }

    private boolean access(PacketView packet, Verdict verdict) {
        if (packet.ctState() != CtState.NEW || !bound.contains(packet.destination())
                || table.find(packet.destination(), packet.protocol(),
                        packet.destinationPort()) != ServiceTable.NONE
                || healthCheckOf(packet) != null) {
            return false;
        }
        verdict.action = Verdict.Action.REJECT;
        verdict.rejectWith = Verdict.RejectWith.ICMP_PORT_UNREACHABLE;
        RuleLog log = packet.log();
        if (log != null) {
            story.rejectOthers(log, packet);
        }
        return true;
    }

    private boolean firewall(PacketView packet, Verdict verdict) {
        @Nullable ServedPort served = null;
        for (int c = table.find(packet.destination(), packet.protocol(),
                packet.destinationPort()); c != ServiceTable.NONE; c = table.next(c)) {
            ServedPort each = table.port(c);
            if (table.kind(c) == CaptureKind.LOAD_BALANCER_VIP && each.info().hasSourceRanges()) {
                served = served == null ? each : served;
                decider.gate(each, packet, gate);
                if (gate.gate() != Decision.Gate.SHUT) {
                    return false; // one set has the ranges of all
                }
            }
        }
        if (served == null) {
            return false;
        }
        verdict.action = Verdict.Action.DROP;
        RuleLog log = packet.log();
        if (log != null) {
            story.firewall(log, packet, served);
        }
        return true;
    }

    /** A bitmap of ports takes TCP's and UDP's ({@code ip_set_get_ip_port}). */
    private @Nullable ServedPort healthCheckOf(PacketView packet) {
        return packet.protocol() == L4Protocol.TCP || packet.protocol() == L4Protocol.UDP
                ? table.healthCheckPort(packet.destinationPort())
                : null;
    }

    private void healthCheck(PacketView packet, Verdict verdict) {
        ServedPort served = healthCheckOf(packet);
        if (served != null) {
            verdict.action = Verdict.Action.ACCEPT;
            RuleLog log = packet.log();
            if (log != null) {
                story.healthCheck(log, served);
            }
        }
    }

    private void forward(PacketView packet, Verdict verdict) {
        CtState state = packet.ctState();
        boolean marked = (packet.mark() & mark) != 0;
        if (marked || state == CtState.ESTABLISHED || state == CtState.RELATED) {
            verdict.action = Verdict.Action.ACCEPT;
            RuleLog log = packet.log();
            if (log != null) {
                story.forward(log, packet, marked);
            }
        }
    }

    /** What IPVS has given another destination already: the node's own call to a closed address. */
    private void out(PacketView packet, Verdict verdict) {
        for (ServedPort served : table.guarded()) {
            ServicePortInfo info = served.info();
            if (!Decider.allowsNode(info, node) && info.loadBalancerVips().stream()
                    .anyMatch(packet.source()::same) && serves(served, packet)) {
                verdict.action = Verdict.Action.DROP;
                RuleLog log = packet.log();
                if (log != null) {
                    story.dropNode(log, packet, served);
                }
                return;
            }
        }
    }

    private boolean serves(ServedPort served, PacketView packet) {
        if (served.info().name().protocol() != packet.protocol()) {
            return false;
        }
        EndpointSet servers = VirtualServers.endpoints(served, node,
                served.info().externalPolicyLocal());
        for (int i = 0; i < servers.size(); i++) {
            if (servers.get(i).address().same(packet.destination())
                    && servers.get(i).port() == packet.destinationPort()) {
                return true;
            }
        }
        return false;
    }
}
