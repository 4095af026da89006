package dev.podhop.cluster;

import dev.podhop.cluster.ClusterConfig.Serving;
import dev.podhop.cni.BridgeWiring;
import dev.podhop.cni.PodWiring;
import dev.podhop.cni.RoutedWiring;
import dev.podhop.k8s.ObjectKey;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.store.StoreEvent;
import dev.podhop.kubelet.NodeRequest;
import dev.podhop.kubelet.PodRuntime;
import dev.podhop.net.Cidr;
import dev.podhop.net.IpAddress;
import dev.podhop.net.L4Protocol;
import dev.podhop.netstack.Network;
import dev.podhop.netstack.NetworkNamespace;
import dev.podhop.netstack.Sysctls;
import dev.podhop.netstack.conntrack.ConntrackTable;
import dev.podhop.netstack.device.Device;
import dev.podhop.netstack.device.Link;
import dev.podhop.trace.Outcome;
import dev.podhop.trace.Place;
import dev.podhop.workload.AttemptSpec;
import dev.podhop.workload.Traffic;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The cluster's pods as their kubelets have them: plugged in, running, unplugged. */
final class Pods implements PodRuntime {

    /** What a probe's request takes of a segment. */
    private static final int REQUEST_BYTES = 64;

    private final Network network;
    private final Traffic workload;
    private final ClusterConfig config;
    private final Underlay underlay;
    private final CniRules cniRules;
    private final Servers servers;
    private final StateLog log;
    private final Map<String, NodeHost> nodes;
    private final Map<String, PodHost> hosts = new LinkedHashMap<>();
    /** Pods as their kubelets saw them, which may be late, since the API was last followed. */
    private final Set<ObjectKey> plugged = new LinkedHashSet<>();
    private Consumer<String> started = label -> {};
    private final Sysctls sysctls = new Sysctls();
    private int attached;

    /** @param nodes the nodes by name, as they are at any time */
    Pods(Network network, Traffic workload, ClusterConfig config, Underlay underlay,
            CniRules cniRules, StateLog log, Map<String, NodeHost> nodes) {
        this.network = network;
        this.workload = workload;
        this.config = config;
        this.underlay = underlay;
        this.cniRules = cniRules;
        this.servers = new Servers(workload, config.servers(), log);
        this.log = log;
        this.nodes = nodes;
        sysctls.asHost();
        sysctls.setAll(config.podSysctls());
    }

    /**
     * What the API has at the beginning has been plugged in and running for long.
     *
     * @param all as if everything were written now
     */
    void settle(List<StoreEvent> all) {
        for (Pod pod : servers.follow(all)) {
            NodeHost node = nodes.get(pod.spec().nodeName());
            if (node != null && !pod.addresses().isEmpty() && !pod.isFinished()) {
                PodHost host = plugIn(pod, pod.addresses(), node);
                hosts.put(host.label(), host);
                servers.settle(host);
            }
        }
    }

    /** The API's objects have changed; the pods that are plugged in are other ones only later. */
    void refresh(List<StoreEvent> writes) {
        Map<ObjectKey, Pod> changed = new LinkedHashMap<>();
        servers.follow(writes).forEach(pod -> changed.put(pod.key(), pod));
        plugged.forEach(key -> {
            Pod now = index().pods().get(key);
            if (now != null) {
                changed.put(key, now);
            }
        });
        plugged.clear();
        for (Pod pod : changed.values()) {
            PodHost known = hosts.get(Labels.pod(pod.metadata()));
            if (known != null) {
                PodHost now = known.with(pod);
                hosts.put(now.label(), now);
                servers.refresh(now);
            }
        }
    }

    /** Who has an address, and which slices name it. */
    ObjectIndex index() {
        return servers.index();
    }

    @Override
    public void makeSandbox(Pod pod, List<IpAddress> addresses) {
        NodeHost node = nodes.get(pod.spec().nodeName());
        if (node != null) {
            removeSandbox(pod);
            PodHost host = plugIn(pod, addresses, node);
            hosts.put(host.label(), host);
            plugged.add(pod.key());
            log.changed();
        }
    }

    @Override
    public void removeSandbox(Pod pod) {
        PodHost host = host(pod);
        if (host != null) {
            servers.kill(host);
            unplug(host);
        }
    }

    @Override
    public void start(Pod pod, String container) {
        PodHost host = host(pod);
        if (host != null) {
            servers.start(host, container);
            started.accept(host.label());
        }
    }

    /** Who is told of every process that starts, by its pod's label. */
    void onStart(Consumer<String> consumer) {
        started = consumer;
    }

    @Override
    public void terminate(Pod pod, String container, Runnable exited) {
        PodHost host = host(pod);
        if (host == null) {
            exited.run();
        } else {
            servers.terminate(host, container, exited);
        }
    }

    @Override
    public void kill(Pod pod, String container) {
        PodHost host = host(pod);
        if (host != null) {
            servers.kill(host, container);
        }
    }

    @Override
    public void request(Pod pod, NodeRequest request, Consumer<Boolean> done) {
        NodeHost node = nodes.get(pod.spec().nodeName());
        if (node == null) {
            done.accept(false);
            return;
        }
        AttemptSpec spec = new AttemptSpec(request.flow(), request.number(), "node/" + node.name(),
                request.to(), L4Protocol.TCP, 0, request.asks() ? REQUEST_BYTES : 0,
                request.timeoutNanos(), false);
        String path = request.path();
        workload.probe(node.namespace(), spec,
                result -> done.accept(result.outcome() == Outcome.Answered && (path == null
                        || Serving.isWell(servers.status(pod, path)))));
    }

    /** What answers by this name says over HTTP on a path; 200 where it is no pod. */
    int status(String label, String path) {
        PodHost host = hosts.get(label);
        return host == null ? Serving.OK : servers.status(host.pod(), path);
    }

    /** Nothing comes in or goes out, and nobody is told that anything ended. */
    @Override
    public void nodeDown(String name) {
        NodeHost node = nodes.get(name);
        if (node == null) {
            return;
        }
        wires(node, false);
        List<PodHost> lost = hosts.values().stream()
                .filter(host -> host.node() == node.namespace()).toList();
        lost.forEach(servers::lose);
        workload.hostGone(node.namespace());
        lost.forEach(host -> {
            unplug(host);
            servers.kill(host);
        });
    }

    @Override
    public void nodeUp(String name) {
        NodeHost node = nodes.get(name);
        if (node != null) {
            ConntrackTable connections = node.namespace().conntrack();
            if (connections != null) {
                connections.deleteIf(entry -> true, network.simulation().nowNanos());
            }
            node.namespace().neighbours().forgetAll();
            node.namespace().recent().clear();
            node.namespace().hooks().clear(); // kube-proxy's come when it is back
            cniRules.install(node.namespace(), node.node());
            wires(node, true);
        }
    }

    private static void wires(NodeHost node, boolean up) {
        for (Device device : node.namespace().devices()) {
            Link link = device.link();
            if (link != null) {
                link.up(up);
            }
        }
    }

    private PodHost plugIn(Pod pod, List<IpAddress> addresses, NodeHost node) {
        int number = attached++;
        String label = Labels.pod(pod.metadata());
        // A pod at its node's own address, as on Fargate, has no network of its own either.
        if (pod.spec().hostNetwork() || node.node().internalAddresses().containsAll(addresses)) {
            return new PodHost(pod, label, node.namespace(), node.namespace(), "", addresses);
        }
        NetworkNamespace ns = network.addNamespace(new Place(Place.Kind.POD, node.name(),
                Labels.qualified(pod.metadata())), null);
        ns.sysctls().like(sysctls);
        String veth = "veth" + number;
        List<Cidr> ranges = node.node().podRanges();
        PodWiring wiring = config.wiring();
        if (wiring instanceof BridgeWiring && !BridgeWiring.fits(ranges, addresses)) {
            wiring = new RoutedWiring(false, false); // a VPC address hangs on no podCIDR's bridge
        }
        wiring.attach(node.namespace(), ns, veth, addresses, ranges, config.wires().pod());
        for (IpAddress address : addresses) {
            if (ranges.stream().noneMatch(range -> range.contains(address))) {
                underlay.routePod(node.node(), address);
            }
        }
        PodHost host = new PodHost(pod, label, ns, node.namespace(), veth, addresses);
        cniRules.attached(host, ranges);
        return host;
    }

    private void unplug(PodHost host) {
        log.changed();
        hosts.remove(host.label());
        if (!host.hostNetwork()) {
            workload.hostGone(host.namespace());
            cniRules.detached(host);
            wiringOf(host).detach(host.node(), host.vethName(), host.addresses());
            underlay.forgetPods(host.addresses());
        }
    }

    private PodWiring wiringOf(PodHost host) {
        var veth = host.node().device(host.vethName());
        return veth != null && veth.master() != null ? config.wiring()
                : new RoutedWiring(false, false);
    }

    /** What DNS caches of nodes have done to theirs. */
    NodeCacheHosts nodeCaches() {
        return servers.nodeCaches();
    }

    private @Nullable PodHost host(Pod pod) {
        return hosts.get(Labels.pod(pod.metadata()));
    }

    @Nullable PodHost find(String namespace, String name) {
        return hosts.get("pod/" + Labels.qualified(namespace, name));
    }

    @Nullable Pod labelled(String label) {
        PodHost host = hosts.get(label);
        return host == null ? null : host.pod();
    }

    Collection<PodHost> all() {
        return hosts.values();
    }
}
