package dev.podhop.kubeproxy.iptables;

import dev.podhop.kubeproxy.ClaimOrder;
import dev.podhop.kubeproxy.Decider;
import dev.podhop.kubeproxy.FamilyNode;
import dev.podhop.kubeproxy.ProxyConfig;
import dev.podhop.kubeproxy.Refusal;
import dev.podhop.kubeproxy.ServedPort;
import dev.podhop.kubeproxy.ServiceTable;
import dev.podhop.kubeproxy.ServiceTable.CaptureKind;
import dev.podhop.net.L4Protocol;
import dev.podhop.netstack.netfilter.PacketView;
import dev.podhop.netstack.netfilter.Verdict;
import dev.podhop.packet.CtState;

/**
 * A packet's way through the filter table. It comes after the nat table, so a Service address that
 * is still the destination here was not translated: no endpoints, or not allowed.
 */
final class FilterWalk {

    private final ServiceTable table;
    private final FamilyNode node;
    private final boolean dropInvalid;
    private final int mark;
    private final WalkCost cost;
    private final ClaimOrder claims;
    private final FilterStory story;

    FilterWalk(ServiceTable table, FamilyNode node, ProxyConfig config, WalkCost cost) {
        this.table = table;
        this.node = node;
        this.dropInvalid = !config.tcpBeLiberal();
        this.mark = config.masqueradeMark();
        this.cost = cost;
        this.claims = new ClaimOrder(table);
        this.story = new FilterStory(node, config);
    }

    /** INPUT, FORWARD or OUTPUT of the filter table; other hooks have no rules. */
    void walk(PacketView packet, Verdict verdict) {
        switch (packet.hook()) {
            case INPUT -> input(packet, verdict);
            case FORWARD -> forward(packet, verdict);
            case OUTPUT -> output(packet, verdict);
            default -> {
            }
        }
    }

    private void input(PacketView packet, Verdict verdict) {
        boolean fresh = packet.ctState() == CtState.NEW;
        if (martianGuard(packet, verdict) || fresh && firewall(packet, verdict)
                || healthCheck(packet, verdict)) {
            return;
        }
        if (fresh) {
            verdict.costNanos = cost.of(table.rejectingCount());
            refuse(packet, verdict, false);
        }
    }

    private void forward(PacketView packet, Verdict verdict) {
        boolean fresh = packet.ctState() == CtState.NEW;
        if (fresh && firewall(packet, verdict) || forwardChain(packet, verdict)) {
            return;
        }
        if (fresh) {
            verdict.costNanos = cost.of(table.rejectingCount());
            if (!refuse(packet, verdict, true)) {
                refuse(packet, verdict, false);
            }
        }
    }

    private void output(PacketView packet, Verdict verdict) {
        if (martianGuard(packet, verdict) || packet.ctState() != CtState.NEW
                || firewall(packet, verdict)) {
            return;
        }
        verdict.costNanos = cost.of(table.rejectingCount());
        refuse(packet, verdict, true);
    }

    private boolean martianGuard(PacketView packet, Verdict verdict) {
        boolean martian = node.localhostNodePorts() && packet.destination().isLoopback()
                && !packet.source().isLoopback() && !packet.ctDnat()
                && packet.ctState() != CtState.ESTABLISHED && packet.ctState() != CtState.RELATED;
        if (martian) {
            verdict.action = Verdict.Action.DROP;
            if (packet.log() != null) {
                story.martianGuard(packet.log(), packet);
            }
        }
        return martian;
    }

    private boolean forwardChain(PacketView packet, Verdict verdict) {
        CtState state = packet.ctState();
        boolean invalid = dropInvalid && state == CtState.INVALID;
        boolean marked = (packet.mark() & mark) != 0;
        if (!invalid && !marked && state != CtState.ESTABLISHED && state != CtState.RELATED) {
            return false;
        }
        verdict.action = invalid ? Verdict.Action.DROP : Verdict.Action.ACCEPT;
        if (packet.log() != null) {
            story.forwardChain(packet.log(), packet, invalid, marked);
        }
        return true;
    }

    /** A VIP with source ranges is never a destination here, unless the source is in none. */
    private boolean firewall(PacketView packet, Verdict verdict) {
        for (int c = claims.first(packet); c != ServiceTable.NONE; c = claims.next(packet)) {
            ServedPort served = table.port(c);
            if (table.kind(c) == CaptureKind.LOAD_BALANCER_VIP && served.selection().hasAny()
                    && served.info().hasSourceRanges()) {
                verdict.action = Verdict.Action.DROP;
                if (packet.log() != null) {
                    story.firewall(packet.log(), packet, served);
                }
                return true;
            }
        }
        return false;
    }

    private boolean healthCheck(PacketView packet, Verdict verdict) {
        if (packet.protocol() != L4Protocol.TCP) {
            return false;
        }
        ServedPort served = table.healthCheckPort(packet.destinationPort());
        if (served == null) {
            return false;
        }
        verdict.action = Verdict.Action.ACCEPT;
        if (packet.log() != null) {
            story.healthCheck(packet.log(), served);
        }
        return true;
    }

    /** The chain of ClusterIPs ({@code internal}), or that of external addresses and node ports. */
    private boolean refuse(PacketView packet, Verdict verdict, boolean internal) {
        for (int c = claims.first(packet); c != ServiceTable.NONE; c = claims.next(packet)) {
            CaptureKind kind = table.kind(c);
            if (kind == CaptureKind.CLUSTER_IP == internal
                    && refuse(kind, table.port(c), packet, verdict)) {
                return true;
            }
        }
        if (internal) {
            return false;
        }
        int place = table.findNodePort(packet.protocol(), packet.destinationPort());
        return place != ServiceTable.NONE && packet.isLocalAddress(packet.destination())
                && refuse(CaptureKind.NODE_PORT, table.nodePortOwner(place), packet, verdict);
    }

    private boolean refuse(CaptureKind kind, ServedPort served, PacketView packet,
            Verdict verdict) {
        Refusal refusal = Decider.refusal(kind, served, node);
        if (refusal == Refusal.NONE) {
            return false;
        }
        refusal.into(verdict);
        if (packet.log() != null) {
            story.refuse(packet.log(), packet, kind, served, refusal);
        }
        return true;
    }
}
