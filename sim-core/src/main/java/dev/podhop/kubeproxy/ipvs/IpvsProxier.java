package dev.podhop.kubeproxy.ipvs;

import dev.podhop.kubeproxy.Proxier;
import dev.podhop.kubeproxy.ProxyConfig;
import dev.podhop.kubeproxy.ProxyNode;
import dev.podhop.kubeproxy.ProxyState;
import dev.podhop.kubeproxy.ProxyTables;
import dev.podhop.net.IpFamily;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** kube-proxy in ipvs mode on one node: two proxiers, one a family. */
public final class IpvsProxier implements Proxier {

    /** {@code NewProxier}; {@code conn_reuse_mode} hangs on the kernel. */
    private static final Map<String, String> SYSCTLS = Map.of("net.ipv4.ip_forward", "1",
            "net.ipv4.vs.conntrack", "1", "net.ipv4.vs.expire_nodest_conn", "1",
            "net.ipv4.vs.expire_quiescent_template", "1");

    private final IpvsNode v4;
    private final IpvsNode v6;
    private final ProxyConfig config;
    private final Set<IpFamily> families;

    public IpvsProxier(ProxyNode node, ProxyConfig config) {
        this.v4 = IpvsNode.of(IpFamily.IPv4, node, config);
        this.v6 = IpvsNode.of(IpFamily.IPv6, node, config);
        this.config = config;
        this.families = node.families();
    }

    @Override
    public Map<String, String> sysctls() {
        return SYSCTLS;
    }

    @Override
    public IpvsState sync(ProxyTables tables, @Nullable ProxyState inForce) {
        IpvsState before = inForce instanceof IpvsState state ? state : null;
        return new IpvsState(tables,
                new IpvsFamily(tables.v4(), v4, config, before == null ? null : before.v4()),
                new IpvsFamily(tables.v6(), v6, config, before == null ? null : before.v6()),
                families);
    }
}
