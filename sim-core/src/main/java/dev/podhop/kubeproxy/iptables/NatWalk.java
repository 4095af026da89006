package dev.podhop.kubeproxy.iptables;

import dev.podhop.kubeproxy.AffinityMemory;
import dev.podhop.kubeproxy.ClaimOrder;
import dev.podhop.kubeproxy.Decider;
import dev.podhop.kubeproxy.Decision;
import dev.podhop.kubeproxy.Decision.Outcome;
import dev.podhop.kubeproxy.FamilyNode;
import dev.podhop.kubeproxy.ProxyConfig;
import dev.podhop.kubeproxy.ServedPort;
import dev.podhop.kubeproxy.ServicePortName;
import dev.podhop.kubeproxy.ServiceTable;
import dev.podhop.kubeproxy.ServiceTable.CaptureKind;
import dev.podhop.net.SocketAddress;
import dev.podhop.netstack.netfilter.PacketView;
import dev.podhop.netstack.netfilter.RecentLists;
import dev.podhop.netstack.netfilter.RuleLog;
import dev.podhop.netstack.netfilter.Verdict;

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

    /** {@code xt_recent}: one list an endpoint, named like its chain. */
    private static final AffinityMemory.Lists RECENT = new AffinityMemory.Lists() {
        @Override
        public String name(ServicePortName port, SocketAddress endpoint) {
            return ChainNames.endpoint(port, endpoint.toString());
        }

        @Override
        public int limit() {
            return RecentLists.DEFAULT_LIST_SIZE;
        }

        @Override
        public boolean includesLastMoment() {
            return true;
        }
    };

    private final ServiceTable table;
    private final FamilyNode node;
    private final WalkCost cost;
    private final ClaimOrder claims;
    private final Decider decider;
    private final Decision decision = new Decision();
    private final NatStory story;

    NatWalk(ServiceTable table, FamilyNode node, ProxyConfig config, WalkCost cost) {
        this.table = table;
        this.node = node;
        this.cost = cost;
        this.claims = new ClaimOrder(table);
        this.decider = new Decider(table, node, config, RECENT);
        this.story = new NatStory(table, node, config, claims);
    }

    /** PREROUTING or OUTPUT of the nat table. */
    void walk(PacketView packet, Verdict verdict) {
        int capture = table.find(packet.destination(), packet.protocol(),
                packet.destinationPort());
        if (packet.log() == null && capture != ServiceTable.NONE && decider.isDirect(capture)
                && table.next(capture) == ServiceTable.NONE) {
            verdict.costNanos = cost.of(capture);
            decider.direct(capture, packet, verdict);
            return;
        }
        story.begin();
        for (capture = claims.first(packet); capture != ServiceTable.NONE; capture =
                claims.next(packet)) {
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

    /** Follows the rule of a capture, if this node has it. */
    private boolean capture(int capture, PacketView packet, Verdict verdict) {
        ServedPort served = table.port(capture);
        CaptureKind kind = table.kind(capture);
        if (kind == CaptureKind.LOAD_BALANCER_VIP && served.info().hasSourceRanges()) {
            decider.decideGated(served, packet, decision);
        } else {
            decider.decide(kind, served, packet, decision);
        }
        return follow(packet, verdict);
    }

    /** Returns how many rules of {@code KUBE-NODEPORTS} were passed. */
    private int nodePort(PacketView packet, Verdict verdict) {
        int place = table.findNodePort(packet.protocol(), packet.destinationPort());
        if (place == ServiceTable.NONE) {
            return table.nodePortCount();
        }
        decider.decide(CaptureKind.NODE_PORT, table.nodePortOwner(place), packet, decision);
        follow(packet, verdict);
        return place;
    }

    private boolean follow(PacketView packet, Verdict verdict) {
        RuleLog log = packet.log();
        if (log != null && decision.outcome() != Outcome.NOT_SERVED) {
            story.tell(log, packet, decision);
        }
        if (!decision.isTranslated()) {
            return false;
        }
        decider.follow(decision, verdict);
        return true;
    }
}
