package dev.podhop.run.state;

import dev.podhop.cluster.Cluster;
import dev.podhop.k8s.Service;
import dev.podhop.netstack.NetworkNamespace;
import dev.podhop.netstack.conntrack.ConntrackEntry;
import dev.podhop.netstack.conntrack.ConntrackTable;
import dev.podhop.netstack.route.Route;
import dev.podhop.run.result.Topology;
import dev.podhop.run.result.UsageException;
import dev.podhop.run.result.WiringGraph;
import dev.podhop.run.stage.ClusterNames;
import dev.podhop.run.stage.ControlPlane;
import dev.podhop.run.stage.Stage;
import dev.podhop.scenario.LoadedScenario;
import java.util.List;

/** A cluster's tables at one moment, each in the shape of the tool that shows it. */
public final class ClusterState {

    private final Stage stage;
    private final Cluster cluster;
    private final ControlPlane controlPlane;
    private final ClusterNames names;
    private final LoadedScenario scenario;

    public ClusterState(Stage stage, LoadedScenario scenario) {
        this.stage = stage;
        this.cluster = stage.cluster();
        this.controlPlane = stage.controlPlane();
        this.names = stage.names();
        this.scenario = scenario;
    }

    /** Virtual time of the moment. */
    public long atNanos() {
        return cluster.network().simulation().nowNanos();
    }

    /** The nodes' names, in the file's order. */
    public List<String> nodes() {
        return cluster.nodeNames();
    }

    /**
     * A node's rules, {@code iptables-save}.
     *
     * @throws UsageException for an unknown node
     */
    public String rules(String node) {
        require(node);
        return cluster.rules(node);
    }

    /**
     * A node's connection table, a line an entry, {@code conntrack -L}.
     *
     * @throws UsageException for an unknown node
     */
    public List<String> conntrack(String node) {
        ConntrackTable table = require(node).conntrack();
        return table == null ? List.of()
                : table.list(atNanos()).stream().map(ConntrackEntry::toString).toList();
    }

    /**
     * A node's main routing table, a line a route, {@code ip route}.
     *
     * @throws UsageException for an unknown node
     */
    public List<String> routes(String node) {
        return require(node).fib().main().stream().map(Route::toString).toList();
    }

    /** {@code kubectl get endpoints}, each row behind its namespace. */
    public Table endpoints() {
        return KubectlTables.endpoints(cluster.objects());
    }

    /** {@code kubectl get endpointslices}, each row behind its namespace. */
    public Table endpointSlices() {
        return KubectlTables.slices(cluster.objects());
    }

    /**
     * {@code kubectl get pods}, each row behind its namespace.
     *
     * @param wide {@code -o wide}
     */
    public Table pods(boolean wide) {
        return PodsTable.of(stage, wide);
    }

    /**
     * {@code kubectl get nodes}.
     *
     * @param wide {@code -o wide}
     */
    public Table nodes(boolean wide) {
        return NodesTable.of(cluster.objects().nodes(), wide);
    }

    /** An endpoint a row, with its conditions, node, zone, hints and pod. */
    public Table endpointDetails() {
        return StateTables.endpointDetails(cluster.objects());
    }

    /**
     * {@code kubectl get services}, each row behind its namespace.
     *
     * @param wide {@code -o wide}
     */
    public Table services(boolean wide) {
        return KubectlTables.services(cluster.objects(), wide);
    }

    /**
     * {@code kubectl describe service}: label and value, or three cells.
     *
     * @throws UsageException for an unknown Service
     */
    public List<List<String>> describe(String namespace, String service) {
        Service found = cluster.objects().services().stream()
                .filter(s -> s.metadata().namespace().equals(namespace)
                        && s.metadata().name().equals(service))
                .findFirst().orElseThrow(() -> new UsageException(
                        "services \"" + service + "\" not found in namespace " + namespace));
        return ServiceDescription.of(found, cluster.objects());
    }

    /** The cloud's load balancers: addresses, tags, for whom, and what the controller refuses. */
    public Table loadBalancers() {
        return LoadBalancerTables.instances(controlPlane);
    }

    /** The load balancers' listeners, a target a row with its weight and health. */
    public Table loadBalancerTargets() {
        return LoadBalancerTables.targets(controlPlane);
    }

    /**
     * How each load balancer behaves, a setting a row, with where the value comes from: modelled
     * after a source, assumed, or the scenario's own.
     */
    public Table loadBalancerSettings() {
        return StateTables.settings(controlPlane, scenario.spec().loadBalancer());
    }

    /**
     * The records of the cluster's zone, a record a row, as the first of its DNS servers has them;
     * caches are left aside.
     */
    public Table dns() {
        List<List<String>> rows = names.dns().any().zone().records().stream()
                .map(r -> List.of(r.name() + ".", String.valueOf(r.ttlSeconds()), "IN",
                        r.type().name(), r.data()))
                .toList();
        return new Table(List.of("NAME", "TTL", "CLASS", "TYPE", "DATA"), rows);
    }

    /** The wires, a row each, with whom the loss of each parts from most others. */
    public Table topology() {
        return StateTables.topology(wiring());
    }

    /** The wiring, with the wires and namespaces that a rollout or a fault left. */
    public WiringGraph wiring() {
        return new WiringGraph(Topology.of(cluster));
    }

    private NetworkNamespace require(String node) {
        NetworkNamespace ns = cluster.node(node);
        if (ns == null) {
            throw new UsageException("no node " + node + "; the cluster has " + nodes()
                    + UsageException.meant(node, nodes()));
        }
        return ns;
    }
}
