package dev.podhop.kubeproxy.iptables;

import dev.podhop.kubeproxy.FamilyNode;
import dev.podhop.kubeproxy.ServicePortInfo;
import dev.podhop.net.Cidr;
import java.util.List;

/** {@code loadBalancerSourceRanges}, as the firewall chain reads them. */
final class SourceRanges {

    private SourceRanges() {}

    /**
     * Whether the node itself may call: then the Service's virtual addresses may, too, for where
     * such an address is bound to the node it is the source that the node would use.
     */
    static boolean allowNode(ServicePortInfo info, FamilyNode node) {
        List<Cidr> ranges = info.loadBalancerSourceRanges();
        for (int i = 0; i < ranges.size(); i++) {
            if (ranges.get(i).contains(node.primaryAddress())) {
                return true;
            }
        }
        return false;
    }
}
