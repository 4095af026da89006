package dev.podhop.cluster;

import dev.podhop.cni.IpMasq;
import dev.podhop.cni.RoutedWiring;
import dev.podhop.k8s.Node;
import dev.podhop.kubeproxy.ForeignRule;
import dev.podhop.net.Cidr;
import dev.podhop.net.IpFamily;
import dev.podhop.netstack.NetworkNamespace;
import dev.podhop.netstack.netfilter.RuleOwner;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the CNI plugin has among a node's rules, whatever kube-proxy does there. */
final class CniRules {

    private final ClusterConfig config;

    CniRules(ClusterConfig config) {
        this.config = config;
    }

    /** The node's agent starts: its rules are there before any pod is. */
    void install(NetworkNamespace ns, Node node) {
        IpMasq masquerade = masquerade(node);
        if (masquerade != null) {
            ns.hooks().install(RuleOwner.CNI_MASQUERADE, masquerade);
        }
    }

    /** The plugin's rules on a node, beside whatever else is there. */
    List<ForeignRule> of(Node node) {
        List<ForeignRule> rules = new ArrayList<>();
        IpMasq masquerade = masquerade(node);
        if (masquerade != null) {
            for (IpFamily family : IpFamily.values()) {
                masquerade.rules(family).forEach(
                        rule -> rules.add(new ForeignRule(family, "nat", "POSTROUTING", rule)));
            }
        }
        return rules;
    }

    private @Nullable IpMasq masquerade(Node node) {
        return config.ipMasq() ? new IpMasq(podRanges(node), config.clusterCidrs()) : null;
    }

    /** A plugin with a pool for the whole cluster knows that, not the node's share. */
    private List<Cidr> podRanges(Node node) {
        return config.wiring() instanceof RoutedWiring routed && routed.pooled()
                ? config.clusterCidrs()
                : node.podRanges();
    }
}
