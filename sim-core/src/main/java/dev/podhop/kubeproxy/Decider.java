package dev.podhop.kubeproxy;

import dev.podhop.engine.Keys;
import dev.podhop.kubeproxy.Decision.Gate;
import dev.podhop.kubeproxy.Decision.Outcome;
import dev.podhop.kubeproxy.Decision.Policy;
import dev.podhop.kubeproxy.ServiceTable.CaptureKind;
import dev.podhop.net.Cidr;
import dev.podhop.net.IpAddress;
import dev.podhop.netstack.netfilter.PacketView;
import dev.podhop.netstack.netfilter.Verdict;
import java.util.List;

/**
 * Decides what kube-proxy does with a new connection on one node, the same for the modes that write
 * it down as rules of netfilter.
 *
 * <pre>
 *   ClusterIP ----------------------------> internal policy --+
 *   external IP, VIP, node port -+- pod, node (Local policy) -+--> a set --> remembered or drawn
 *                                +- external policy ----------+
 * </pre>
 *
 * <p>Where source ranges are asked, and in which order a packet meets the addresses, is the mode's.
 */
public final class Decider {

    private final DirectEndpoints direct;
    private final FamilyNode node;
    private final boolean masqueradeAll;
    private final int mark;
    private final long nodeKey;
    private final AffinityMemory affinity;

    public Decider(ServiceTable table, FamilyNode node, ProxyConfig config,
            AffinityMemory.Lists lists) {
        this.direct = table.direct();
        this.node = node;
        this.masqueradeAll = config.masqueradeAll();
        this.mark = config.masqueradeMark();
        this.nodeKey = Keys.of(node.name());
        this.affinity = new AffinityMemory(lists);
    }

    /** For a mode that asks it of source ranges only. */
    public Decider(ServiceTable table, FamilyNode node, ProxyConfig config) {
        this(table, node, config, AffinityMemory.Lists.NONE);
    }

    /** Whether a capture's connections can be decided by {@link #direct}. */
    public boolean isDirect(int capture) {
        return direct.page(capture).size(capture) != 0;
    }

    /** All of {@link #decide} and {@link #follow} in one, where they need no more than this. */
    public void direct(int capture, PacketView packet, Verdict verdict) {
        if (isMasqueraded(packet)) {
            verdict.mark |= mark;
        }
        DirectEndpoints.Page page = direct.page(capture);
        int index = packet.chooseUniform(Keys.of(page.key(capture), nodeKey),
                page.size(capture));
        int at = page.at(capture, index);
        if (page.is(at, packet.source())) {
            verdict.mark |= mark;
        }
        verdict.action = Verdict.Action.DNAT;
        verdict.address = page.address(at);
        verdict.port = page.port(capture);
    }

    /** Whether what comes for a ClusterIP is marked before an endpoint is chosen. */
    private boolean isMasqueraded(PacketView packet) {
        return masqueradeAll || node.detector().isImplemented() && !node.detector().isLocal(packet);
    }

    /** Decides about a connection that called an address of that kind. Asks no source ranges. */
    public void decide(CaptureKind kind, ServedPort served, PacketView packet, Decision decision) {
        decision.begin(kind, served);
        if (kind == CaptureKind.CLUSTER_IP) {
            internal(served, packet, decision);
        } else if (served.selection().hasAny()) {
            external(served, packet, decision);
        }
    }

    /** The same for a virtual address with source ranges, where these are asked first. */
    public void decideGated(ServedPort served, PacketView packet, Decision decision) {
        decision.begin(CaptureKind.LOAD_BALANCER_VIP, served);
        if (!served.selection().hasAny()) {
            return;
        }
        gate(served, packet, decision);
        if (decision.gate == Gate.SHUT) {
            decision.outcome = Outcome.UNTRANSLATED;
        } else {
            external(served, packet, decision);
        }
    }

    private void internal(ServedPort served, PacketView packet, Decision decision) {
        EndpointSet set = served.internal(node);
        if (!set.isEmpty()) {
            decision.policy = Policy.INTERNAL;
            decision.marked = isMasqueraded(packet);
            choose(served, set, served.info().internalPolicyLocal(), packet, decision);
        }
    }

    private void external(ServedPort served, PacketView packet, Decision decision) {
        if (!served.info().externalPolicyLocal()) {
            decision.policy = Policy.EXTERNAL_CLUSTER;
            decision.marked = true;
            choose(served, served.cluster(node), false, packet, decision);
            return;
        }
        boolean fromPod = node.detector().isLocal(packet);
        if (fromPod || packet.isLocalAddress(packet.source())) {
            decision.policy = fromPod ? Policy.SHORT_CIRCUIT_POD : Policy.SHORT_CIRCUIT_NODE;
            decision.marked = !fromPod;
            choose(served, served.cluster(node), false, packet, decision);
            return;
        }
        decision.policy = Policy.EXTERNAL_LOCAL;
        EndpointSet local = served.local(node);
        if (local.isEmpty()) {
            decision.outcome = Outcome.UNTRANSLATED;
        } else {
            choose(served, local, true, packet, decision);
        }
    }

    /** What the source ranges of a port that has some say of the packet's source. */
    public void gate(ServedPort served, PacketView packet, Decision decision) {
        ServicePortInfo info = served.info();
        List<Cidr> ranges = info.loadBalancerSourceRanges();
        decision.gate = Gate.SHUT;
        for (int i = 0; i < ranges.size(); i++) {
            if (ranges.get(i).contains(packet.source())) {
                decision.gate = Gate.RANGE;
                decision.range = ranges.get(i);
                return;
            }
        }
        if (allowsNode(info, node)) {
            List<IpAddress> vips = info.loadBalancerVips();
            for (int i = 0; i < vips.size(); i++) {
                if (vips.get(i).same(packet.source())) {
                    decision.gate = Gate.VIP;
                    return;
                }
            }
        }
    }

    /**
     * Whether the node itself may call: then the Service's virtual addresses may, too, for where
     * such an address is bound to the node it is the source that the node would use.
     */
    public static boolean allowsNode(ServicePortInfo info, FamilyNode node) {
        List<Cidr> ranges = info.loadBalancerSourceRanges();
        for (int i = 0; i < ranges.size(); i++) {
            if (ranges.get(i).contains(node.primaryAddress())) {
                return true;
            }
        }
        return false;
    }

    /** Why what called an address of that kind is refused if it was not translated. */
    public static Refusal refusal(CaptureKind kind, ServedPort served, FamilyNode node) {
        boolean refused = kind == CaptureKind.CLUSTER_IP ? served.internal(node).isEmpty()
                : !served.hasExternalEndpoints(node);
        if (!refused) {
            return Refusal.NONE;
        }
        return served.selection().hasAny() ? Refusal.NO_LOCAL_ENDPOINTS : Refusal.NO_ENDPOINTS;
    }

    private void choose(ServedPort served, EndpointSet set, boolean local, PacketView packet,
            Decision decision) {
        boolean sticky = served.info().hasAffinity();
        int index = sticky ? affinity.remembered(served, set, packet) : -1;
        decision.remembered = index >= 0;
        if (!decision.remembered) {
            // the chains of one Service port on one node are different deciders
            long who = Keys.of(served.key(), local ? ~nodeKey : nodeKey);
            index = packet.chooseUniform(who, set.size());
        }
        decision.outcome = Outcome.TRANSLATED;
        decision.set = set;
        decision.local = local;
        decision.index = index;
        decision.hairpin = set.address(index).same(packet.source());
        if (sticky) {
            affinity.remember(served, set, index, packet);
        }
    }

    /** Puts a decision to translate into a verdict. */
    public void follow(Decision decision, Verdict verdict) {
        if (decision.isMasqueraded()) {
            verdict.mark |= mark;
        }
        verdict.action = Verdict.Action.DNAT;
        verdict.address = decision.address();
        verdict.port = decision.port();
    }
}
