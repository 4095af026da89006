package dev.podhop.cluster;

import dev.podhop.engine.SimTime;
import dev.podhop.k8s.KubeProxyConfiguration;
import dev.podhop.kubeproxy.ProxyState;
import dev.podhop.net.IpAddress;
import dev.podhop.netstack.IpvsHooks;
import dev.podhop.netstack.NetworkNamespace;
import dev.podhop.netstack.device.Device;
import dev.podhop.netstack.device.InterfaceAddress;
import dev.podhop.netstack.netfilter.RuleOwner;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What kube-proxy gives a node in ipvs mode besides rules: virtual servers, and the device that
 * carries their addresses, so that every one of them is this node's own.
 */
final class VirtualAddresses {

    private static final String DUMMY = "kube-ipvs0";

    private final NetworkNamespace ns;
    private final KubeProxyConfiguration.Ipvs settings;
    private @Nullable Device dummy;

    VirtualAddresses(NetworkNamespace ns, KubeProxyConfiguration configuration) {
        this.ns = ns;
        this.settings = configuration.ipvs();
    }

    void apply(ProxyState state) {
        if (dummy == null && state.virtualServers().isEmpty()) {
            return;
        }
        Device device = device();
        Set<IpAddress> wanted = state.boundAddresses();
        List<IpAddress> bound =
                device.addresses().stream().map(InterfaceAddress::address).toList();
        bound.stream().filter(address -> !wanted.contains(address))
                .forEach(address -> ns.removeAddress(device, address));
        wanted.stream().filter(address -> !bound.contains(address)).forEach(
                address -> ns.addAddress(device, address, address.family().bits()));
        ns.hooks().install(RuleOwner.IPVS, new IpvsHooks(ns));
        ns.ipvs().apply(state.virtualServers());
    }

    private Device device() {
        Device known = dummy;
        if (known == null) {
            known = ns.addDevice(DUMMY, Device.Kind.DUMMY);
            dummy = known;
            ns.ipvs().timeouts(settings.tcpTimeoutNanos() / SimTime.SECOND,
                    settings.tcpFinTimeoutNanos() / SimTime.SECOND,
                    settings.udpTimeoutNanos() / SimTime.SECOND);
        }
        return known;
    }

    /** {@code ipvsadm -Sn}; nothing where there is no IPVS. */
    String text() {
        return dummy == null ? ""
                : "# ipvsadm -Sn\n" + String.join("\n", ns.ipvs().save())
                        + "\n";
    }
}
