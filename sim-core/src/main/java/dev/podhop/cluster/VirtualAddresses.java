package dev.podhop.cluster;

import dev.podhop.engine.SimTime;
import dev.podhop.k8s.KubeProxyConfiguration;
import dev.podhop.kubeproxy.ProxyState;
import dev.podhop.net.Cidr;
import dev.podhop.net.IpAddress;
import dev.podhop.netstack.IpvsHooks;
import dev.podhop.netstack.NetworkNamespace;
import dev.podhop.netstack.device.Device;
import dev.podhop.netstack.device.InterfaceAddress;
import dev.podhop.netstack.ipvs.ConnReuse;
import dev.podhop.netstack.netfilter.RuleOwner;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What kube-proxy gives a node in ipvs mode besides rules: virtual servers, and the device that
 * carries their addresses, so that every one of them is this node's own.
 */
final class VirtualAddresses {

    private static final String DUMMY = "kube-ipvs0";

    /** What {@code strictARP} sets: only the device that has an address tells of it. */
    private static final Map<String, String> STRICT_ARP = Map.of("net.ipv4.conf.all.arp_ignore",
            "1", "net.ipv4.conf.all.arp_announce", "2");

    private final NetworkNamespace ns;
    private final KubeProxyConfiguration.Ipvs settings;
    private final List<Cidr> excluded;
    private final String kernelVersion;
    private @Nullable Device dummy;

    /** @param kernelVersion of the node; empty where it does not say */
    VirtualAddresses(NetworkNamespace ns, KubeProxyConfiguration configuration,
            String kernelVersion) {
        this.ns = ns;
        this.settings = configuration.ipvs();
        this.excluded = settings.excludeCIDRs().stream().map(Cidr::of).toList();
        this.kernelVersion = kernelVersion;
    }

    /**
     * Makes the node what a state says.
     *
     * @param before what the same process has made of it; null if that is not known
     */
    void apply(ProxyState state, @Nullable ProxyState before) {
        long now = ns.network().simulation().nowNanos();
        boolean contested = state.tables().v4().isContested() || state.tables().v6().isContested();
        if (before != null && !contested && state.isOfServicesOf(before)) {
            ns.ipvs().update(state.changedVirtualServers(before), now);
            return;
        }
        if (dummy == null && state.virtualServers().isEmpty()) {
            return;
        }
        Device device = device();
        Set<IpAddress> wanted = state.boundAddresses();
        Set<IpAddress> bound = device.addresses().stream().map(InterfaceAddress::address)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        bound.stream().filter(address -> !wanted.contains(address))
                .forEach(address -> ns.removeAddress(device, address));
        wanted.stream().filter(address -> !bound.contains(address)).forEach(
                address -> ns.addAddress(device, address, address.family().bits()));
        ns.hooks().install(RuleOwner.IPVS, new IpvsHooks(ns));
        ns.ipvs().apply(state.virtualServers(), excluded, now);
    }

    private Device device() {
        Device known = dummy;
        if (known == null) {
            known = ns.addDevice(DUMMY, Device.Kind.DUMMY);
            dummy = known;
            if (settings.strictARP()) {
                ns.sysctls().setAll(STRICT_ARP);
            }
            ns.ipvs().reuse(ConnReuse.ofKernel(kernelVersion, Integer.parseInt(
                    ns.sysctls().get("net.ipv4.vs.conn_reuse_mode", "1").strip())));
            ns.ipvs().timeouts(settings.tcpTimeoutNanos() / SimTime.SECOND,
                    settings.tcpFinTimeoutNanos() / SimTime.SECOND,
                    settings.udpTimeoutNanos() / SimTime.SECOND);
        }
        return known;
    }

    /** {@code ipvsadm -Sn}; nothing where there is no IPVS. */
    String text() {
        return dummy == null ? ""
                : "# ipvsadm -Sn\n" + String.join("\n", ns.ipvs().save(
                        ns.network().simulation().nowNanos()))
                        + "\n";
    }
}
