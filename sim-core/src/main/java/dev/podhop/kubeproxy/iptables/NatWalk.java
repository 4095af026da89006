package dev.podhop.kubeproxy.iptables;

import dev.podhop.engine.Keys;
import dev.podhop.kubeproxy.DirectEndpoints;
import dev.podhop.kubeproxy.EndpointSet;
import dev.podhop.kubeproxy.FamilyNode;
import dev.podhop.kubeproxy.ProxyConfig;
import dev.podhop.kubeproxy.ServedPort;
import dev.podhop.kubeproxy.ServicePortInfo;
import dev.podhop.kubeproxy.ServiceTable;
import dev.podhop.net.Cidr;
import dev.podhop.net.IpAddress;
import dev.podhop.netstack.netfilter.PacketView;
import dev.podhop.netstack.netfilter.RuleLog;
import dev.podhop.netstack.netfilter.Verdict;
import java.util.List;

/**
 * The way of a new connection through the nat table's chains, without walking them.
 *
 * <pre>
 *   KUBE-SERVICES -- ClusterIP ---------------------> KUBE-SVC / KUBE-SVL --> KUBE-SEP: DNAT
 *         |      +-- external IP, VIP --> KUBE-EXT ------^
 *         |      +-- VIP with ranges ---> KUBE-FW --> KUBE-EXT
 *         +-- node port ----------------> KUBE-EXT
 * </pre>
 *
 * <p>A chain that comes to its end without a translation returns to {@code KUBE-SERVICES}, whose
 * later rules may still match: hence the answers true (translated) and false (go on).
 */
final class NatWalk {

    private final ServiceTable table;
    private final DirectEndpoints direct;
    private final FamilyNode node;
    private final boolean masqueradeAll;
    private final int mark;
    private final WalkCost cost;
    private final long nodeKey;
    private final AffinityLists affinity = new AffinityLists();
    private final NatStory story;

    NatWalk(ServiceTable table, FamilyNode node, ProxyConfig config, WalkCost cost) {
        this.table = table;
        this.direct = table.direct();
        this.node = node;
        this.masqueradeAll = config.masqueradeAll();
        this.mark = config.masqueradeMark();
        this.cost = cost;
        this.nodeKey = Keys.of(node.name());
        this.story = new NatStory(table, node, config);
    }

    /** PREROUTING or OUTPUT of the nat table. */
    void walk(PacketView packet, Verdict verdict) {
        int capture = table.find(packet.destination(), packet.protocol(),
                packet.destinationPort());
        if (packet.log() == null && capture != ServiceTable.NONE && direct.size(capture) != 0) {
            verdict.costNanos = cost.of(capture);
            direct(capture, packet, verdict);
            return;
        }
        story.begin();
        for (; capture != ServiceTable.NONE; capture = table.next(capture)) {
            if (capture(capture, packet, verdict)) {
                verdict.costNanos = cost.of(capture);
                return;
            }
        }
        int passed = table.captureCount() - table.rejectingCount();
        if (node.isNodePortTarget(packet)) {
            passed += nodePort(packet, verdict);
        }
        verdict.costNanos = cost.of(passed);
    }

    /** {@link #internal} and {@link #choose} in one, where they need no more than this. */
    private void direct(int capture, PacketView packet, Verdict verdict) {
        if (isMasqueraded(packet)) {
            mark(verdict);
        }
        int index = packet.chooseUniform(Keys.of(direct.key(capture), nodeKey),
                direct.size(capture));
        int at = direct.at(capture, index);
        if (direct.is(at, packet.source())) {
            mark(verdict);
        }
        verdict.action = Verdict.Action.DNAT;
        verdict.address = direct.address(at);
        verdict.port = direct.port(capture);
    }

    /** Whether what comes for a ClusterIP is marked before an endpoint is chosen. */
    private boolean isMasqueraded(PacketView packet) {
        return masqueradeAll || node.detector().isImplemented() && !node.detector().isLocal(packet);
    }

    /** Follows the rule of a capture, if this node has it. */
    private boolean capture(int capture, PacketView packet, Verdict verdict) {
        ServedPort served = table.port(capture);
        return switch (table.kind(capture)) {
            case CLUSTER_IP -> internal(capture, served, packet, verdict);
            case EXTERNAL_IP -> {
                if (!served.selection().hasAny()) {
                    yield false;
                }
                tellCapture(capture, packet);
                yield external(served, packet, verdict);
            }
            case LOAD_BALANCER_VIP -> {
                if (!served.selection().hasAny()) {
                    yield false;
                }
                tellCapture(capture, packet);
                yield served.info().hasSourceRanges() ? firewall(served, packet, verdict)
                        : external(served, packet, verdict);
            }
        };
    }

    private void tellCapture(int capture, PacketView packet) {
        RuleLog log = packet.log();
        if (log != null) {
            story.capture(log, packet, capture);
        }
    }

    /** Returns how many rules of {@code KUBE-NODEPORTS} were passed. */
    private int nodePort(PacketView packet, Verdict verdict) {
        int place = table.findNodePort(packet.protocol(), packet.destinationPort());
        if (place == ServiceTable.NONE) {
            return table.nodePortCount();
        }
        ServedPort served = table.nodePortOwner(place);
        if (served.selection().hasAny()) {
            RuleLog log = packet.log();
            if (log != null) {
                story.nodePort(log, packet, served);
            }
            external(served, packet, verdict);
        }
        return place;
    }

    private boolean internal(int capture, ServedPort served, PacketView packet, Verdict verdict) {
        EndpointSet set = served.internal(node);
        if (set.isEmpty()) {
            return false;
        }
        tellCapture(capture, packet);
        if (isMasqueraded(packet)) {
            mark(verdict);
            RuleLog log = packet.log();
            if (log != null) {
                story.markInternal(log, packet, served);
            }
        }
        choose(served, set, served.info().internalPolicyLocal(), packet, verdict);
        return true;
    }

    private boolean external(ServedPort served, PacketView packet, Verdict verdict) {
        RuleLog log = packet.log();
        if (!served.info().externalPolicyLocal()) {
            mark(verdict);
            if (log != null) {
                story.externalCluster(log, served);
            }
            choose(served, served.cluster(node), false, packet, verdict);
            return true;
        }
        boolean fromPod = node.detector().isLocal(packet);
        if (fromPod || packet.isLocalAddress(packet.source())) {
            if (!fromPod) {
                mark(verdict);
            }
            if (log != null) {
                story.shortCircuit(log, packet, served, fromPod);
            }
            choose(served, served.cluster(node), false, packet, verdict);
            return true;
        }
        EndpointSet local = served.local(node);
        if (local.isEmpty()) {
            return false;
        }
        if (log != null) {
            story.externalLocal(log, served);
        }
        choose(served, local, true, packet, verdict);
        return true;
    }

    /** Source ranges first; who is in none falls through and is dropped in the filter table. */
    private boolean firewall(ServedPort served, PacketView packet, Verdict verdict) {
        ServicePortInfo info = served.info();
        RuleLog log = packet.log();
        List<Cidr> ranges = info.loadBalancerSourceRanges();
        for (int i = 0; i < ranges.size(); i++) {
            if (ranges.get(i).contains(packet.source())) {
                if (log != null) {
                    story.rangeAllowed(log, packet, served, ranges.get(i));
                }
                if (external(served, packet, verdict)) {
                    return true;
                }
            }
        }
        List<IpAddress> vips = info.loadBalancerVips();
        if (SourceRanges.allowNode(info, node)) {
            for (int i = 0; i < vips.size(); i++) {
                if (vips.get(i).same(packet.source())) {
                    if (log != null) {
                        story.vipAllowed(log, packet, served);
                    }
                    if (external(served, packet, verdict)) {
                        return true;
                    }
                }
            }
        }
        if (log != null) {
            story.notInRanges(log, packet, served);
        }
        return false;
    }

    private void choose(ServedPort served, EndpointSet set, boolean local, PacketView packet,
            Verdict verdict) {
        RuleLog log = packet.log();
        boolean sticky = served.info().hasAffinity();
        int index = sticky ? affinity.remembered(served, set, packet) : -1;
        boolean remembered = index >= 0;
        if (!remembered) {
            // the chains of one Service port on one node are different deciders
            long who = Keys.of(served.key(), local ? ~nodeKey : nodeKey);
            index = packet.chooseUniform(who, set.size());
        }
        IpAddress address = set.address(index);
        boolean hairpin = address.same(packet.source());
        if (hairpin) {
            mark(verdict);
        }
        if (sticky) {
            affinity.remember(served, set, index, packet);
        }
        if (log != null) {
            story.endpoint(log, packet,
                    new NatStory.Choice(served, set, local, index, remembered, hairpin));
        }
        verdict.action = Verdict.Action.DNAT;
        verdict.address = address;
        verdict.port = set.port(index);
    }

    private void mark(Verdict verdict) {
        verdict.mark |= mark;
    }
}
