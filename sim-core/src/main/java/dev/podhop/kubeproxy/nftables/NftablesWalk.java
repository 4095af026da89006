package dev.podhop.kubeproxy.nftables;

import dev.podhop.kubeproxy.AffinityMemory;
import dev.podhop.kubeproxy.ClaimOrder;
import dev.podhop.kubeproxy.Decider;
import dev.podhop.kubeproxy.Decision;
import dev.podhop.kubeproxy.Decision.Gate;
import dev.podhop.kubeproxy.FamilyNode;
import dev.podhop.kubeproxy.ProxyConfig;
import dev.podhop.kubeproxy.Refusal;
import dev.podhop.kubeproxy.ServedPort;
import dev.podhop.kubeproxy.ServicePortName;
import dev.podhop.kubeproxy.ServiceTable;
import dev.podhop.kubeproxy.ServiceTable.CaptureKind;
import dev.podhop.kubeproxy.nftables.TableLayout.Base;
import dev.podhop.kubeproxy.nftables.TableLayout.Target;
import dev.podhop.net.Cidr;
import dev.podhop.net.IpAddress;
import dev.podhop.net.SocketAddress;
import dev.podhop.netstack.netfilter.PacketView;
import dev.podhop.netstack.netfilter.RuleLog;
import dev.podhop.netstack.netfilter.Verdict;
import dev.podhop.packet.CtState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A packet's way through the table's chains, without walking them.
 *
 * <p>Where iptables tries rule after rule, a map has one element for a key: a {@code goto} that
 * leads to no translation does not come back to try the next. Where several Services claim one
 * key, the element is of the one that was written last ({@link ClaimOrder}).
 */
final class NftablesWalk {

    /** Sets whose elements time out; the kernel's default size of a dynamic set. */
    private static final AffinityMemory.Lists SETS = new AffinityMemory.Lists() {
        @Override
        public String name(ServicePortName port, SocketAddress endpoint) {
            return NftablesState.affinitySet(port, endpoint);
        }

        @Override
        public int limit() {
            return 65_535;
        }

        @Override
        public boolean includesLastMoment() {
            return false;
        }
    };

    private final ServiceTable table;
    private final FamilyNode node;
    private final int mark;
    private final List<Cidr> serviceCidrs;
    private final ClaimOrder claims;
    private final Decider decider;
    private final Decision decision = new Decision();
    private final NftablesStory story;

    NftablesWalk(ServiceTable table, FamilyNode node, ProxyConfig config) {
        this.table = table;
        this.node = node;
        this.mark = config.masqueradeMark();
        this.serviceCidrs = new BaseChains(node, config).serviceCidrs();
        this.claims = new ClaimOrder(table);
        this.decider = new Decider(table, node, config, SETS);
        this.story = new NftablesStory(node, config, claims);
    }

    /** One of the base chains. */
    void ask(Base base, PacketView packet, Verdict verdict) {
        if (base.newOnly() && packet.ctState() != CtState.NEW) {
            return;
        }
        List<Target> targets = base.targets();
        for (int i = 0; i < targets.size() && verdict.action == Verdict.Action.CONTINUE; i++) {
            story.begin(base, targets.get(i));
            ask(targets.get(i), packet, verdict);
        }
    }

    private void ask(Target target, PacketView packet, Verdict verdict) {
        switch (target) {
            case FIREWALL_CHECK -> firewall(packet, verdict);
            case SERVICE_ENDPOINTS_CHECK -> serviceEndpoints(packet, verdict);
            case NODEPORT_ENDPOINTS_CHECK -> nodePortEndpoints(packet, verdict);
            case CLUSTER_IPS_CHECK -> clusterIps(packet, verdict);
            case SERVICES -> services(packet, verdict);
            case MASQUERADING -> masquerading(packet, verdict);
        }
    }

    private void services(PacketView packet, Verdict verdict) {
        int capture = table.find(packet.destination(), packet.protocol(),
                packet.destinationPort());
        if (packet.log() == null && capture != ServiceTable.NONE && decider.isDirect(capture)
                && table.next(capture) == ServiceTable.NONE) {
            decider.direct(capture, packet, verdict);
            return;
        }
        for (capture = claims.first(packet); capture != ServiceTable.NONE; capture =
                claims.next(packet)) {
            decider.decide(table.kind(capture), table.port(capture), packet, decision);
            if (decision.outcome() != Decision.Outcome.NOT_SERVED) {
                follow(packet, verdict);
                return;
            }
        }
        int place = node.isNodePortTarget(packet)
                ? table.findNodePort(packet.protocol(), packet.destinationPort())
                : ServiceTable.NONE;
        if (place != ServiceTable.NONE) {
            decider.decide(CaptureKind.NODE_PORT, table.nodePortOwner(place), packet, decision);
            if (decision.outcome() != Decision.Outcome.NOT_SERVED) {
                follow(packet, verdict);
            }
        }
    }

    private void follow(PacketView packet, Verdict verdict) {
        RuleLog log = packet.log();
        if (log != null) {
            story.tell(log, packet, decision);
        }
        if (decision.isTranslated()) {
            decider.follow(decision, verdict);
        }
    }

    private void serviceEndpoints(PacketView packet, Verdict verdict) {
        for (int c = claims.first(packet); c != ServiceTable.NONE; c = claims.next(packet)) {
            if (refuse(table.kind(c), table.port(c), packet, verdict)) {
                return;
            }
        }
    }

    private void nodePortEndpoints(PacketView packet, Verdict verdict) {
        int place = node.isNodePortTarget(packet)
                ? table.findNodePort(packet.protocol(), packet.destinationPort())
                : ServiceTable.NONE;
        if (place != ServiceTable.NONE) {
            refuse(CaptureKind.NODE_PORT, table.nodePortOwner(place), packet, verdict);
        }
    }

    private boolean refuse(CaptureKind kind, ServedPort served, PacketView packet,
            Verdict verdict) {
        Refusal refusal = Decider.refusal(kind, served, node);
        if (refusal == Refusal.NONE) {
            return false;
        }
        refusal.into(verdict);
        RuleLog log = packet.log();
        if (log != null) {
            story.refuse(log, packet, kind, served, refusal);
        }
        return true;
    }

    /** Source ranges, whether there are endpoints or not. */
    private void firewall(PacketView packet, Verdict verdict) {
        for (int c = claims.first(packet); c != ServiceTable.NONE; c = claims.next(packet)) {
            ServedPort served = table.port(c);
            if (table.kind(c) == CaptureKind.LOAD_BALANCER_VIP
                    && served.info().hasSourceRanges()) {
                decider.gate(served, packet, decision);
                if (decision.gate() == Gate.SHUT) {
                    verdict.action = Verdict.Action.DROP;
                    RuleLog log = packet.log();
                    if (log != null) {
                        story.shut(log, packet, served);
                    }
                }
                return;
            }
        }
    }

    /** What is still for a ClusterIP after translation called a port that the Service lacks. */
    private void clusterIps(PacketView packet, Verdict verdict) {
        IpAddress destination = packet.destination();
        RuleLog log = packet.log();
        if (table.isClusterIp(destination)) {
            verdict.action = Verdict.Action.REJECT;
            verdict.rejectWith = Verdict.RejectWith.ICMP_PORT_UNREACHABLE;
            if (log != null) {
                story.wrongPort(log, packet);
            }
            return;
        }
        Cidr range = serviceRange(destination);
        if (range != null) {
            verdict.action = Verdict.Action.DROP;
            if (log != null) {
                story.unallocated(log, packet, range);
            }
        }
    }

    private @Nullable Cidr serviceRange(IpAddress address) {
        for (int i = 0; i < serviceCidrs.size(); i++) {
            if (serviceCidrs.get(i).contains(address)) {
                return serviceCidrs.get(i);
            }
        }
        return null;
    }

    private void masquerading(PacketView packet, Verdict verdict) {
        if ((packet.mark() & mark) == 0) {
            return;
        }
        verdict.mark = packet.mark() ^ mark;
        verdict.action = Verdict.Action.MASQUERADE;
        verdict.randomFully = true;
        RuleLog log = packet.log();
        if (log != null) {
            story.masquerade(log, packet);
        }
    }
}
