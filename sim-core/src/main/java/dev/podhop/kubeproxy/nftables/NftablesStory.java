package dev.podhop.kubeproxy.nftables;

import dev.podhop.kubeproxy.ClaimOrder;
import dev.podhop.kubeproxy.ClaimOrder.Place;
import dev.podhop.kubeproxy.Decision;
import dev.podhop.kubeproxy.FamilyNode;
import dev.podhop.kubeproxy.KubeProxyReason;
import dev.podhop.kubeproxy.ProxyConfig;
import dev.podhop.kubeproxy.Refusal;
import dev.podhop.kubeproxy.ServedPort;
import dev.podhop.kubeproxy.ServicePortInfo;
import dev.podhop.kubeproxy.ServiceTable.CaptureKind;
import dev.podhop.kubeproxy.nftables.TableLayout.Base;
import dev.podhop.kubeproxy.nftables.TableLayout.Target;
import dev.podhop.net.Cidr;
import dev.podhop.netstack.netfilter.PacketView;
import dev.podhop.netstack.netfilter.RuleLog;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Tells which rules a packet matched, for the trace: a {@link Decision} in the words of
 * {@code nft list ruleset}. Of a map only the element that decided is quoted.
 */
final class NftablesStory {

    private final FamilyNode node;
    private final ProxyConfig config;
    private final BaseChains base;
    private final String table;
    private final ClaimOrder claims;

    private @Nullable Base hook;
    private Target target = Target.SERVICES;

    NftablesStory(FamilyNode node, ProxyConfig config, ClaimOrder claims) {
        this.claims = claims;
        this.node = node;
        this.config = config;
        this.base = new BaseChains(node, config);
        this.table = base.table();
    }

    /** A base chain is about to jump. Its jump is told only if something comes of it. */
    void begin(Base from, Target to) {
        hook = from;
        target = to;
    }

    private void tell(RuleLog log, NftRule rule, KubeProxyReason reason, Object... values) {
        reason.log(log, table, rule.chain(), rule.text(), values);
    }

    private void enter(RuleLog log) {
        Base from = Objects.requireNonNull(hook);
        tell(log, new NftRule(from.name(), from.jump(target)), KubeProxyReason.CHAIN_ENTERED,
                target);
    }

    /** A rule that looks something up, with the element that was found. */
    private static NftRule found(NftRule rule, String element) {
        return new NftRule(rule.chain(), rule.text() + " { " + element + " }");
    }

    private ServiceChains chains(ServedPort served) {
        return new ServiceChains(served, node, config);
    }

    /** The rules by which a Service port that has endpoints somewhere took the packet. */
    void tell(RuleLog log, PacketView packet, Decision decision) {
        enter(log);
        ServedPort served = decision.served();
        ServiceChains chains = chains(served);
        if (decision.capture() == CaptureKind.NODE_PORT) {
            tell(log, found(base.serviceNodePorts(), chains.captureNodePort()),
                    KubeProxyReason.SERVICE_NODE_PORT, served.info().name(),
                    served.info().nodePort(), served.info().clusterIp());
        } else {
            boolean internal = decision.capture() == CaptureKind.CLUSTER_IP;
            NftRule rule = found(base.serviceIps(),
                    chains.capture(packet.destination(), internal));
            claims.tell(log, packet, new Place(table, rule.chain(), rule.text()), decision);
        }
        policy(log, packet, decision, chains);
        if (decision.isTranslated()) {
            endpoint(log, packet, decision, chains);
        }
    }

    private void policy(RuleLog log, PacketView packet, Decision decision,
            ServiceChains chains) {
        Object name = decision.served().info().name();
        switch (decision.policy()) {
            case INTERNAL -> internal(log, packet, decision, chains);
            case EXTERNAL_CLUSTER -> {
                tell(log, chains.markExternal(), KubeProxyReason.MARK_MASQ_EXTERNAL, name);
                setMark(log);
                tell(log, chains.externalByPolicy(), KubeProxyReason.EXTERNAL_CLUSTER, name);
            }
            case EXTERNAL_LOCAL -> {
                if (decision.isTranslated()) {
                    tell(log, chains.externalByPolicy(), KubeProxyReason.EXTERNAL_LOCAL, name);
                }
            }
            case SHORT_CIRCUIT_POD -> tell(log, chains.externalFromPod(),
                    KubeProxyReason.EXTERNAL_POD, name, packet.source());
            case SHORT_CIRCUIT_NODE -> {
                tell(log, chains.markExternalFromNode(), KubeProxyReason.MARK_MASQ_NODE, name,
                        packet.source());
                setMark(log);
                tell(log, chains.externalFromNode(), KubeProxyReason.EXTERNAL_NODE, name,
                        packet.source());
            }
        }
    }

    private void internal(RuleLog log, PacketView packet, Decision decision,
            ServiceChains chains) {
        if (!decision.isMarked()) {
            return;
        }
        Object name = decision.served().info().name();
        if (config.masqueradeAll()) {
            tell(log, chains.markInternal(), KubeProxyReason.MARK_MASQ_ALL, name);
        } else {
            tell(log, chains.markInternal(), KubeProxyReason.MARK_MASQ_OFF_CLUSTER, name,
                    packet.source());
        }
        setMark(log);
    }

    private void setMark(RuleLog log) {
        tell(log, base.setMark(), KubeProxyReason.MARK_SET, base.mark());
    }

    private void endpoint(RuleLog log, PacketView packet, Decision decision,
            ServiceChains chains) {
        ServicePortInfo info = decision.served().info();
        EndpointChains own = chains.endpoint(decision.set(), decision.index());
        if (decision.isRemembered()) {
            tell(log, own.affinity(chains.chainFor(decision.isLocalSet())),
                    KubeProxyReason.ENDPOINT_AFFINITY, info.name(), own.endpoint(),
                    packet.source(), info.affinitySeconds());
        } else {
            int n = decision.set().size();
            NftRule rule = chains.choose(decision.set(), decision.isLocalSet(), own);
            String share = n == 1 ? "1" : "1/" + n;
            if (info.hasAffinity()) {
                tell(log, rule, KubeProxyReason.ENDPOINT_CHOSEN_FIRST, info.name(),
                        own.endpoint(), decision.index() + 1, n, share, packet.source(),
                        info.affinitySeconds());
            } else {
                tell(log, rule, KubeProxyReason.ENDPOINT_CHOSEN, info.name(), own.endpoint(),
                        decision.index() + 1, n, share);
            }
        }
        if (decision.isHairpin()) {
            tell(log, own.markHairpin(), KubeProxyReason.MARK_MASQ_HAIRPIN, packet.source(),
                    own.endpoint());
            setMark(log);
        }
        tell(log, own.translate(), KubeProxyReason.DNAT, info.name(), own.endpoint());
    }

    void refuse(RuleLog log, PacketView packet, CaptureKind kind, ServedPort served,
            Refusal refusal) {
        enter(log);
        boolean somewhere = refusal == Refusal.NO_LOCAL_ENDPOINTS;
        ServiceChains chains = chains(served);
        NftRule rule = kind == CaptureKind.NODE_PORT
                ? found(base.noEndpointNodePorts(), chains.refuseNodePort(somewhere))
                : found(base.noEndpointServices(),
                        chains.refuse(packet.destination(), somewhere));
        Object name = served.info().name();
        if (somewhere) {
            tell(log, rule, KubeProxyReason.DROP_LOCAL_POLICY, name,
                    kind == CaptureKind.CLUSTER_IP ? "internal" : "external",
                    destination(packet));
        } else {
            tell(log, rule, KubeProxyReason.REJECT_NO_ENDPOINTS, name, destination(packet));
        }
    }

    void shut(RuleLog log, PacketView packet, ServedPort served) {
        enter(log);
        Object name = served.info().name();
        tell(log, found(base.firewallIps(), chains(served).gate(packet.destination())),
                KubeProxyReason.SOURCE_RANGES_ASKED, name, destination(packet));
        tell(log, chains(served).dropUnallowed(), KubeProxyReason.DROP_SOURCE_RANGE, name,
                packet.source(), destination(packet));
    }

    void wrongPort(RuleLog log, PacketView packet) {
        enter(log);
        tell(log, base.rejectWrongPort(), KubeProxyReason.REJECT_WRONG_PORT,
                destination(packet), packet.protocol());
    }

    void unallocated(RuleLog log, PacketView packet, Cidr range) {
        enter(log);
        tell(log, base.dropUnallocated(), KubeProxyReason.DROP_UNALLOCATED,
                packet.destination(), range);
    }

    void masquerade(RuleLog log, PacketView packet) {
        enter(log);
        tell(log, base.clearMark(), KubeProxyReason.MARK_CLEARED, base.mark());
        tell(log, base.masquerade(), KubeProxyReason.MASQUERADE, packet.source());
    }

    private static String destination(PacketView packet) {
        return packet.destination().withPort(packet.destinationPort());
    }
}
