package dev.podhop.cluster;

import dev.podhop.cloud.Cloud;
import dev.podhop.cloud.Listener;
import dev.podhop.cluster.ClusterConfig.ExternalHost;
import dev.podhop.engine.Chooser;
import dev.podhop.engine.Simulation;
import dev.podhop.k8s.ApiKind;
import dev.podhop.k8s.ApiObject;
import dev.podhop.k8s.Node;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.store.ApiStore;
import dev.podhop.k8s.store.StoreEvent;
import dev.podhop.k8s.store.Watches;
import dev.podhop.kubelet.PodRuntime;
import dev.podhop.kubeproxy.ForeignRule;
import dev.podhop.kubeproxy.HealthAnswer;
import dev.podhop.net.IpFamily;
import dev.podhop.net.L4Protocol;
import dev.podhop.netstack.Network;
import dev.podhop.netstack.NetworkNamespace;
import dev.podhop.netstack.conntrack.ClashHandling;
import dev.podhop.netstack.conntrack.ConntrackTable;
import dev.podhop.netstack.netfilter.IptablesTable;
import dev.podhop.trace.Place;
import dev.podhop.workload.Traffic;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A cluster's data plane: built from its configuration, kept in agreement with the API's objects.
 */
public final class Cluster {

    private final ClusterConfig config;
    private final Network network;
    private final Traffic workload;
    private final Underlay underlay;
    private final CniRules cniRules;
    private final Pods pods;
    private final KubeProxies kubeProxies;
    private final StateLog stateLog;
    private final Map<String, NodeHost> nodes = new LinkedHashMap<>();
    /** Whether changes of state go into the trace. */
    private boolean recording;
    private final Map<String, NetworkNamespace> externals = new LinkedHashMap<>();
    private final LoadBalancerEdge loadBalancers;
    private final HealthChecks healthChecks;
    private final NodeWatch nodeWatch;
    private ClusterObjects objects;

    /**
     * A cluster in which nothing is plugged in yet.
     *
     * @param simulation the clock that it shares with the control plane
     * @param cloud whose load balancers stand at its edge
     */
    public Cluster(ClusterConfig config, Simulation simulation, Chooser chooser, ApiStore store,
            Watches watches, Cloud cloud) {
        this.config = config;
        this.objects = new ClusterObjects(store);
        this.network = new Network(simulation, chooser);
        this.workload = new Traffic(network);
        this.underlay = new Underlay(network, config);
        this.stateLog = new StateLog(network);
        this.cniRules = new CniRules(config);
        this.pods = new Pods(network, workload, config, underlay, cniRules, stateLog, nodes);
        this.kubeProxies =
                new KubeProxies(config, simulation, workload, stateLog, store, watches);
        this.loadBalancers = new LoadBalancerEdge(cloud, underlay.edge(), config);
        this.healthChecks = new HealthChecks(cloud, workload, underlay.edge(), kubeProxies, pods,
                config.seed());
        this.nodeWatch = new NodeWatch(cloud, simulation, nodes::values);
        cloud.onChange(this::loadBalancers);
        for (ExternalHost host : config.externalHosts()) {
            NetworkNamespace ns = underlay.connect(host);
            externals.put(host.name(), ns);
            if (host.port() != null) {
                workload.listen(ns, L4Protocol.TCP, host.port(),
                        host.addresses().getFirst().withPort(host.port()), 0);
            }
        }
    }

    /** Makes everything agree with the store's objects, at once: how a run begins. */
    public void settle(List<ApiObject> all) {
        List<StoreEvent> writes = new ArrayList<>();
        all.forEach(object -> writes.add(new StoreEvent(null, object, writes.size())));
        nodes(objects.nodes());
        pods.settle(writes);
        nodes.values().forEach(kubeProxies::settle);
        cniRules.settle();
        healthChecks.settle();
        loadBalancers.follow(objects, pods.index(), EnumSet.allOf(ApiKind.class));
        loadBalancers();
    }

    /**
     * Follows what was written since it last did: nodes at once, pods as their kubelets say.
     * kube-proxies and the cloud controller hear of changes from their watches, and nodes that are
     * new get theirs now.
     */
    public void follow(List<StoreEvent> writes) {
        stateLog.changed();
        Set<ApiKind> kinds = EnumSet.noneOf(ApiKind.class);
        writes.forEach(write -> kinds.add(write.object().kind()));
        objects = objects.after(kinds);
        if (kinds.contains(ApiKind.NODE)) {
            nodes(objects.nodes());
        }
        pods.refresh(writes);
        if (kinds.contains(ApiKind.NODE)) {
            nodes.values().stream().filter(host -> !kubeProxies.knows(host))
                    .forEach(kubeProxies::join);
        }
        loadBalancers.follow(objects, pods.index(), kinds);
        loadBalancers();
    }

    private void nodes(List<Node> current) {
        for (Node node : current) {
            String name = node.metadata().name();
            NodeHost known = nodes.get(name);
            nodes.put(name, known == null ? plugIn(node) : new NodeHost(node, known.namespace()));
        }
        for (NodeHost host : nodes.values()) {
            underlay.routeBetween(host.namespace(), host.node(), current);
        }
    }

    /** The edge as the cloud has it now. */
    private void loadBalancers() {
        loadBalancers.program(nodes.values());
        healthChecks.follow();
        nodeWatch.follow();
        if (recording) {
            stateLog.synced(objects, loadBalancers.listeners(), loadBalancers.instances());
        }
    }

    /** Time begins: load balancers ask their backends how they are. */
    public void start() {
        healthChecks.start();
        nodeWatch.start();
    }

    /** From now on a Service's load balancer finds all its backends ill, or asks them again. */
    public void failHealthChecks(String namespace, String service, boolean failing) {
        healthChecks.fail(namespace, service, failing);
    }

    /** Who is told of every pod's process that starts: it remembers nothing. */
    public void onProcessStart(Consumer<String> podLabel) {
        pods.onStart(podLabel);
    }

    /** From now on, changes of state go into the trace: connection tables, endpoints, targets. */
    public void recordState() {
        recording = true;
        nodes.values().forEach(host -> stateLog.watch(host.namespace()));
        stateLog.watch(underlay.edge());
        stateLog.synced(objects, loadBalancers.listeners(), loadBalancers.instances());
    }

    private NodeHost plugIn(Node node) {
        NetworkNamespace ns = network.addNamespace(
                new Place(Place.Kind.NODE, node.metadata().name(), node.metadata().name()),
                new ConntrackTable(ConntrackConfig.of(config.kubeProxy().conntrack())));
        ConntrackTable table = ns.conntrack();
        if (table != null) {
            table.clashHandling(ClashHandling.ofKernel(node.kernelVersion()));
        }
        underlay.connect(ns, node);
        config.nodeServers().stream()
                .filter(own -> node.internalAddresses().contains(own.address()))
                .forEach(own -> workload.listen(ns, L4Protocol.TCP, own.port(), own.toString(), 0));
        config.wiring().prepare(ns, node.podRanges());
        ns.sysctls().setAll(config.nodeSysctls());
        ConntrackConfig.apply(ns, config.nodeSysctls());
        config.chainPolicies().apply(node.metadata().name())
                .forEach(chain -> ns.hooks().drop(IptablesTable.FILTER, chain, IpFamily.IPv4));
        cniRules.install(ns, node);
        if (recording) {
            stateLog.watch(ns);
        }
        return new NodeHost(node, ns);
    }

    /** No connection, no affinity, no neighbour is known; time is zero. Rules and wiring stay. */
    public void resetDataPlane() {
        workload.reset();
        network.resetDataPlane();
        loadBalancers.forget();
    }

    /** What kubelets drive. */
    public PodRuntime podRuntime() {
        return pods;
    }

    /** A node's kube-proxy dies, and its rules freeze; false for an unknown node. */
    public boolean failKubeProxy(String node) {
        return kubeProxies.fail(node);
    }

    /** A node's kube-proxy starts again, and syncs everything; false for an unknown node. */
    public boolean recoverKubeProxy(String node) {
        return kubeProxies.recover(node);
    }

    /** Status of a node's {@code :10256/healthz}; null when nothing listens there. */
    public @Nullable Integer healthz(String node) {
        return kubeProxies.healthz(node);
    }

    /** Whether rules, pods or targets changed after one moment and before another. */
    public boolean changedBetween(long fromNanos, long toNanos) {
        return stateLog.changedBetween(fromNanos, toNanos);
    }

    /** Sets a sysctl of all nodes and, by the second map, of all pods. */
    public void sysctls(Map<String, String> ofNodes, Map<String, String> ofPods) {
        nodes.values().forEach(host -> sysctls(host.namespace(), ofNodes));
        pods.all().stream().filter(host -> !host.hostNetwork())
                .forEach(host -> host.namespace().sysctls().setAll(ofPods));
    }

    /** Sets sysctls of one namespace. */
    public void sysctls(NetworkNamespace ns, Map<String, String> values) {
        ns.sysctls().setAll(values);
        ConntrackConfig.apply(ns, values);
    }

    /** The network of a pod; null when it has none. */
    public @Nullable NetworkNamespace pod(String namespace, String name) {
        PodHost host = pods.find(namespace, name);
        return host == null ? null : host.namespace();
    }

    /** The pod that is named so, {@code pod/kube-system/NAME}; null where there is none now. */
    public @Nullable Pod podLabelled(String label) {
        return pods.labelled(label);
    }

    public @Nullable NetworkNamespace node(String name) {
        NodeHost host = nodes.get(name);
        return host == null ? null : host.namespace();
    }

    public @Nullable NetworkNamespace external(String name) {
        return externals.get(name);
    }

    /** Names of the nodes, in the objects' order. */
    public List<String> nodeNames() {
        return List.copyOf(nodes.keySet());
    }

    /** A node's rules in the shape of {@code iptables-save}; on dual stack both families'. */
    public String rules(String node) {
        NodeHost host = nodes.get(node);
        if (host == null) {
            throw new IllegalArgumentException("no node " + node);
        }
        return kubeProxies.save(node, foreignRules(host));
    }

    private List<ForeignRule> foreignRules(NodeHost host) {
        List<ForeignRule> rules = new ArrayList<>(pods.nodeCaches().of(host.namespace()));
        rules.addAll(cniRules.of(host));
        config.chainPolicies().apply(host.name()).forEach(chain -> rules
                .add(ForeignRule.policy(IpFamily.IPv4, "filter", chain.name(), "DROP")));
        return rules;
    }

    /** What a node's kube-proxy answers on a health check node port; null when nothing listens. */
    public @Nullable HealthAnswer health(String node, int port) {
        return kubeProxies.health(node, port);
    }

    /** The load balancers' listeners with their targets. */
    public List<Listener> listeners() {
        return loadBalancers.listeners();
    }

    /** The objects that it agrees with. */
    public ClusterObjects objects() {
        return objects;
    }

    public Network network() {
        return network;
    }

    public Traffic workload() {
        return workload;
    }
}
