package dev.podhop.cluster;

import dev.podhop.cni.IpMasq;
import dev.podhop.k8s.Service;
import dev.podhop.kubeproxy.ConntrackCleanup;
import dev.podhop.kubeproxy.HealthAnswer;
import dev.podhop.kubeproxy.ProxyConfig;
import dev.podhop.kubeproxy.ProxyNode;
import dev.podhop.kubeproxy.ProxyTables;
import dev.podhop.kubeproxy.ProxyVersion;
import dev.podhop.kubeproxy.iptables.IptablesProxier;
import dev.podhop.kubeproxy.iptables.IptablesRuleset;
import dev.podhop.kubeproxy.iptables.IptablesState;
import dev.podhop.net.IpAddress;
import dev.podhop.net.IpFamily;
import dev.podhop.net.L4Protocol;
import dev.podhop.netstack.NetworkNamespace;
import dev.podhop.netstack.conntrack.ConntrackTable;
import dev.podhop.netstack.device.InterfaceAddress;
import dev.podhop.netstack.netfilter.RuleProgram;
import dev.podhop.workload.Workload;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** kube-proxy on every node, and the CNI's rules beside it. */
final class KubeProxies {

    private static final String BE_LIBERAL = "net.netfilter.nf_conntrack_tcp_be_liberal";

    private final ClusterConfig config;
    private final ProxyConfig proxyConfig;
    private final Workload workload;
    private final Map<String, Proxy> proxies = new LinkedHashMap<>();

    /** One node's kube-proxy. */
    private static final class Proxy {
        final NodeHost host;
        final IptablesProxier proxier;
        final @Nullable IpMasq masquerade;
        final Set<Integer> healthPorts = new LinkedHashSet<>();
        @Nullable IptablesState state;

        Proxy(NodeHost host, IptablesProxier proxier, @Nullable IpMasq masquerade) {
            this.host = host;
            this.proxier = proxier;
            this.masquerade = masquerade;
        }

        IptablesState programmed() {
            if (state == null) {
                throw new IllegalStateException(host.name() + " has not synced yet");
            }
            return state;
        }
    }

    KubeProxies(ClusterConfig config, Workload workload) {
        this.config = config;
        this.workload = workload;
        ProxyConfig file = ProxyConfig.of(config.kubeProxy(),
                ProxyVersion.of(config.kubernetesVersion()));
        // kube-proxy reads the sysctl when it starts, and leaves the INVALID drop out when it is
        // set
        this.proxyConfig = config.nodeSysctls().getOrDefault(BE_LIBERAL, "0").equals("0") ? file
                : file.withTcpBeLiberal();
    }

    /** Programs every node anew. */
    void sync(ClusterObjects objects, Iterable<NodeHost> nodes, long nowNanos) {
        ProxyTables tables = ProxyTables.of(proxyConfig.version(), objects.services(),
                objects.slices());
        for (NodeHost host : nodes) {
            Proxy proxy = proxies.computeIfAbsent(host.name(), name -> start(host));
            IptablesState before = proxy.state;
            IptablesState after = proxy.proxier.sync(tables);
            proxy.state = after;
            program(proxy, after);
            if (before != null) {
                cleanUp(host.namespace(), after.cleanupAfter(before), nowNanos);
            }
            listenForHealthChecks(proxy, objects.services());
        }
    }

    private Proxy start(NodeHost host) {
        ProxyNode node = new ProxyNode(host.name(), host.node().zone(),
                host.node().internalAddresses(), host.node().podRanges(),
                interfaceAddresses(host.namespace()));
        IptablesProxier proxier = new IptablesProxier(node, proxyConfig);
        host.namespace().sysctls().setAll(proxier.sysctls());
        IpMasq masquerade = config.ipMasq()
                ? new IpMasq(host.node().podRanges(), config.clusterCidrs())
                : null;
        return new Proxy(host, proxier, masquerade);
    }

    private static void program(Proxy proxy, IptablesState state) {
        List<RuleProgram> programs = new ArrayList<>(List.of(state.program()));
        if (proxy.masquerade != null) {
            programs.add(proxy.masquerade);
        }
        proxy.host.namespace().programs(programs);
        proxy.host.namespace().recent().retain(state.affinityLists());
    }

    private static void cleanUp(NetworkNamespace ns, List<ConntrackCleanup> cleanups,
            long nowNanos) {
        ConntrackTable table = ns.conntrack();
        if (table != null) {
            cleanups.forEach(cleanup -> table.deleteIf(
                    entry -> cleanup.deletes(entry.original(), entry.reply()), nowNanos));
        }
    }

    /** Health check node ports answer on every node, whatever the answer is. */
    private void listenForHealthChecks(Proxy proxy, List<Service> services) {
        Set<Integer> wanted = new LinkedHashSet<>();
        services.stream().map(s -> s.spec().healthCheckNodePort())
                .filter(port -> port != 0 && proxy.programmed().healthCheck(port, true) != null)
                .forEach(wanted::add);
        NetworkNamespace ns = proxy.host.namespace();
        for (int port : List.copyOf(proxy.healthPorts)) {
            if (!wanted.contains(port)) {
                workload.close(ns, L4Protocol.TCP, port);
                proxy.healthPorts.remove(port);
            }
        }
        for (int port : wanted) {
            if (proxy.healthPorts.add(port)) {
                IpAddress own = proxy.host.node().internalAddresses().getFirst();
                workload.listen(ns, L4Protocol.TCP, port, own.withPort(port), 0);
            }
        }
    }

    /** The node's rules as {@code iptables-save} prints them; on dual stack both families'. */
    String save(String node) {
        Proxy proxy = proxies.get(node);
        if (proxy == null) {
            throw new IllegalArgumentException("no node " + node);
        }
        return proxy.programmed().text(ruleset(proxy, IpFamily.IPv4),
                ruleset(proxy, IpFamily.IPv6));
    }

    private static IptablesRuleset ruleset(Proxy proxy, IpFamily family) {
        IptablesRuleset own = proxy.programmed().ruleset(family);
        List<String> added = proxy.masquerade == null ? List.of()
                : proxy.masquerade.rules(family);
        return added.isEmpty() ? own : own.with("nat", "POSTROUTING", added);
    }

    /** What a node's kube-proxy answers on a health check node port; null when nothing listens. */
    @Nullable HealthAnswer health(String node, int port) {
        Proxy proxy = proxies.get(node);
        return proxy == null ? null : proxy.programmed().healthCheck(port, true);
    }

    private static List<IpAddress> interfaceAddresses(NetworkNamespace ns) {
        return ns.devices().stream().flatMap(device -> device.addresses().stream())
                .map(InterfaceAddress::address).toList();
    }
}
