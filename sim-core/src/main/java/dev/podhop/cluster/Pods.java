package dev.podhop.cluster;

import dev.podhop.cni.BridgeWiring;
import dev.podhop.cni.PodWiring;
import dev.podhop.cni.RoutedWiring;
import dev.podhop.k8s.EndpointSlice;
import dev.podhop.k8s.Pod;
import dev.podhop.net.Cidr;
import dev.podhop.net.IpAddress;
import dev.podhop.netstack.Network;
import dev.podhop.netstack.NetworkNamespace;
import dev.podhop.trace.Place;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The cluster's pods: plugged in when they appear, unplugged when they go. */
final class Pods {

    private final Network network;
    private final ClusterConfig config;
    private final Underlay underlay;
    private final Servers servers;
    private final Map<String, PodHost> hosts = new LinkedHashMap<>();
    private int attached;

    Pods(Network network, ClusterConfig config, Underlay underlay, Servers servers) {
        this.network = network;
        this.config = config;
        this.underlay = underlay;
        this.servers = servers;
    }

    /** Makes what is plugged in agree with the API. */
    void sync(List<Pod> pods, Map<String, NodeHost> nodes, List<EndpointSlice> slices) {
        Map<String, Pod> wanted = new LinkedHashMap<>();
        pods.forEach(pod -> wanted.put(Labels.pod(pod.metadata()), pod));
        for (PodHost host : List.copyOf(hosts.values())) {
            Pod pod = wanted.get(host.label());
            if (pod == null || !pod.addresses().equals(host.addresses())) {
                unplug(host);
            }
        }
        wanted.forEach((label, pod) -> {
            PodHost known = hosts.get(label);
            NodeHost node = nodes.get(pod.spec().nodeName());
            if (known != null) {
                hosts.put(label, known.with(pod));
            } else if (node != null && !pod.addresses().isEmpty()) {
                hosts.put(label, plugIn(pod, node));
            }
        });
        hosts.values().forEach(host -> servers.serve(host, slices));
    }

    private PodHost plugIn(Pod pod, NodeHost node) {
        int number = attached++;
        List<IpAddress> addresses = pod.addresses();
        if (pod.spec().hostNetwork()) {
            return new PodHost(pod, node.namespace(), node.namespace(), "", addresses);
        }
        NetworkNamespace ns = network.addNamespace(new Place(Place.Kind.POD, node.name(),
                Labels.qualified(pod.metadata())), null);
        ns.sysctls().set("net.ipv4.ip_forward", "0");
        ns.sysctls().setAll(config.podSysctls());
        String veth = "veth" + number;
        List<Cidr> ranges = node.node().podRanges();
        PodWiring wiring = config.wiring();
        if (wiring instanceof BridgeWiring && !BridgeWiring.fits(ranges, addresses)) {
            wiring = new RoutedWiring(); // a VPC address hangs on no podCIDR's bridge
        }
        wiring.attach(node.namespace(), ns, veth, addresses, ranges, config.wires().pod());
        for (IpAddress address : addresses) {
            if (ranges.stream().noneMatch(range -> range.contains(address))) {
                underlay.routePod(node.node(), address);
            }
        }
        return new PodHost(pod, ns, node.namespace(), veth, addresses);
    }

    private void unplug(PodHost host) {
        servers.stop(host);
        hosts.remove(host.label());
        if (!host.hostNetwork()) {
            wiringOf(host).detach(host.node(), host.vethName(), host.addresses());
        }
    }

    private PodWiring wiringOf(PodHost host) {
        var veth = host.node().device(host.vethName());
        return veth != null && veth.master() != null ? config.wiring() : new RoutedWiring();
    }

    /** The pod's process exits: its ports refuse. */
    void stop(PodHost host) {
        servers.stop(host);
    }

    @Nullable PodHost find(String namespace, String name) {
        return hosts.get("pod/" + Labels.qualified(namespace, name));
    }

    Collection<PodHost> all() {
        return hosts.values();
    }

    /** Labels of the pods that have an address of their own, by address. */
    Map<IpAddress, String> labelsByAddress() {
        Map<IpAddress, String> labels = new HashMap<>();
        List<PodHost> own = new ArrayList<>(hosts.values());
        own.removeIf(PodHost::hostNetwork);
        own.forEach(host -> host.addresses().forEach(a -> labels.put(a, host.label())));
        return labels;
    }
}
