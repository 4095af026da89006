package dev.podhop.kubeproxy.iptables;

import dev.podhop.kubeproxy.FamilyNode;
import dev.podhop.kubeproxy.Proxier;
import dev.podhop.kubeproxy.ProxyConfig;
import dev.podhop.kubeproxy.ProxyNode;
import dev.podhop.kubeproxy.ProxyState;
import dev.podhop.kubeproxy.ProxyTables;
import dev.podhop.net.IpFamily;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** kube-proxy in iptables mode on one node: two proxiers, one a family. */
public final class IptablesProxier implements Proxier {

    private final FamilyNode v4;
    private final FamilyNode v6;
    private final ProxyConfig config;
    private final Set<IpFamily> families;

    public IptablesProxier(ProxyNode node, ProxyConfig config) {
        this.v4 = FamilyNode.of(IpFamily.IPv4, node, config);
        this.v6 = FamilyNode.of(IpFamily.IPv6, node, config);
        this.config = config;
        this.families = node.families();
    }

    /** Node ports at 127.0.0.1 need the kernel to route what comes from there to elsewhere. */
    @Override
    public Map<String, String> sysctls() {
        return v4.localhostNodePorts() ? Map.of("net.ipv4.conf.all.route_localnet", "1") : Map.of();
    }

    @Override
    public IptablesState sync(ProxyTables tables, @Nullable ProxyState inForce) {
        return new IptablesState(tables, IptablesProgram.of(tables.v4(), v4, config),
                IptablesProgram.of(tables.v6(), v6, config), families);
    }
}
