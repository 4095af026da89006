package dev.podhop.cni;

import dev.podhop.net.Cidr;
import dev.podhop.net.Hook;
import dev.podhop.net.IpFamily;
import dev.podhop.netstack.netfilter.BaseChain;
import dev.podhop.netstack.netfilter.IptablesTable;
import dev.podhop.netstack.netfilter.PacketView;
import dev.podhop.netstack.netfilter.RuleLog;
import dev.podhop.netstack.netfilter.RuleProgram;
import dev.podhop.netstack.netfilter.Verdict;
import dev.podhop.netstack.netfilter.Verdict.Action;
import java.util.List;

/**
 * {@code ipMasq}: pods' traffic to outside the cluster's pod addresses takes the node's address.
 *
 * @param podRanges this node's podCIDRs
 * @param clusterRanges the cluster's
 */
public record IpMasq(List<Cidr> podRanges, List<Cidr> clusterRanges) implements RuleProgram {

    public IpMasq {
        podRanges = List.copyOf(podRanges);
        clusterRanges = List.copyOf(clusterRanges);
    }

    @Override
    public List<BaseChain> chains() {
        return List.of(BaseChain.of(IptablesTable.NAT, Hook.POSTROUTING, this::source).atBottom());
    }

    private void source(PacketView packet, Verdict verdict) {
        for (int i = 0; i < podRanges.size(); i++) {
            Cidr pods = podRanges.get(i);
            if (pods.contains(packet.source()) && leavesCluster(packet)) {
                verdict.action = Action.MASQUERADE;
                RuleLog log = packet.log();
                if (log != null) {
                    log.matched("nat", "POSTROUTING", rule(pods),
                            CniReason.IP_MASQ.of(packet.destination()));
                }
                return;
            }
        }
    }

    private boolean leavesCluster(PacketView packet) {
        for (int i = 0; i < clusterRanges.size(); i++) {
            if (clusterRanges.get(i).contains(packet.destination())) {
                return false;
            }
        }
        return true;
    }

    /** The rules of a family as {@code iptables-save} prints them, without the chain. */
    public List<String> rules(IpFamily family) {
        return podRanges.stream().filter(range -> range.family() == family).map(this::rule)
                .toList();
    }

    private String rule(Cidr pods) {
        String cluster = clusterRanges.stream().filter(r -> r.family() == pods.family())
                .findFirst().map(r -> " ! -d " + r).orElse("");
        return "-s " + pods + cluster + " -j MASQUERADE";
    }
}
