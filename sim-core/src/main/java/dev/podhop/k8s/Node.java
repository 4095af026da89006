package dev.podhop.k8s;

import dev.podhop.k8s.schema.ObjectReader;
import dev.podhop.k8s.source.SourceTree;
import dev.podhop.k8s.source.YamlNode.Mapping;
import dev.podhop.net.Cidr;
import dev.podhop.net.IpAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code v1} Node.
 *
 * @param podCIDRs the ranges its pods' addresses come from, at most one a family; the plural field,
 *     or else the singular
 * @param providerID the machine's name at the cloud, such as {@code aws:///eu-west-1a/i-0123};
 *     empty if none
 * @param allocatableCpu what pods may use of its processors, a quantity such as {@code 3920m};
 *     empty if unknown
 */
public record Node(ObjectMeta metadata, List<String> podCIDRs, String providerID,
        boolean unschedulable, List<Taint> taints, List<NodeAddress> addresses,
        List<Condition> conditions, String allocatableCpu, SourceTree tree) implements ApiObject {

    /** The label that says which zone the node stands in. */
    public static final String ZONE_LABEL = "topology.kubernetes.io/zone";

    private static final String BETA = "beta.";
    /**
     * Labels that the node lifecycle controller copies to the names that they had before, {@code
     * beta.kubernetes.io/os} for one ({@code labelReconcileInfo}, k/k#91046).
     */
    private static final List<String> COPIED = List.of("kubernetes.io/os", "kubernetes.io/arch");

    /** A mark that keeps pods away; {@code effect} is NoSchedule, PreferNoSchedule or NoExecute. */
    public record Taint(String key, String value, String effect) {

        /** What {@code kubectl cordon} comes to. */
        public static final Taint UNSCHEDULABLE =
                new Taint("node.kubernetes.io/unschedulable", "", "NoSchedule");
    }

    /** {@code type} is InternalIP, ExternalIP, Hostname, InternalDNS or ExternalDNS. */
    public record NodeAddress(String type, String address) {}

    static Node read(Mapping source) {
        ObjectReader object = new ObjectReader(source);
        ObjectReader spec = object.object("spec");
        ObjectReader status = object.object("status");
        ObjectMeta metadata = ObjectMeta.read(object, ApiKind.NODE);
        return new Node(metadata.withLabels(nodesLabels(metadata)),
                spec.pluralized("podCIDR", spec.texts("podCIDRs")), spec.text("providerID"),
                spec.flag("unschedulable"),
                spec.list("taints",
                        t -> new Taint(t.text("key"), t.text("value"), t.text("effect"))),
                status.list("addresses", a -> new NodeAddress(a.text("type"), a.text("address"))),
                status.list("conditions", Condition::read),
                status.object("allocatable").text("cpu"), SourceTree.of(source));
    }

    /**
     * With what a kubelet registers its node with ({@code kubelet_node_status.go}); a file's node
     * need not write it for pods to be spread by it.
     */
    private static Map<String, String> nodesLabels(ObjectMeta metadata) {
        Map<String, String> labels = new LinkedHashMap<>(metadata.labels());
        labels.putIfAbsent("kubernetes.io/hostname", metadata.name());
        COPIED.forEach(name -> labels.computeIfAbsent(name, absent -> labels.get(BETA + name)));
        labels.putIfAbsent("kubernetes.io/os", "linux");
        labels.putIfAbsent("kubernetes.io/arch", "amd64");
        COPIED.forEach(name -> labels.put(BETA + name, labels.get(name)));
        return labels;
    }

    @Override
    public ApiKind kind() {
        return ApiKind.NODE;
    }

    /** The ranges of {@link #podCIDRs()}, typed. */
    public List<Cidr> podRanges() {
        return podCIDRs.stream().map(text -> Addresses.parseCidr(text).orElseThrow()).toList();
    }

    /**
     * The addresses it goes by: of type InternalIP and, only if it has none, ExternalIP ({@code
     * nodeutil.GetNodeHostIPs}); the first is the node's own, as kubelet has it.
     */
    public List<IpAddress> internalAddresses() {
        return ownAddresses().stream().map(Addresses::of).toList();
    }

    /** The same as they are written, for validation has not seen them. */
    public List<String> ownAddresses() {
        List<String> internal = typed("InternalIP");
        return internal.isEmpty() ? typed("ExternalIP") : internal;
    }

    /** Its addresses of type ExternalIP, beside those that it goes by. */
    public List<IpAddress> externalAddresses() {
        List<String> own = ownAddresses();
        return typed("ExternalIP").stream().filter(text -> !own.contains(text))
                .map(Addresses::of).toList();
    }

    private List<String> typed(String type) {
        return addresses.stream().filter(a -> a.type().equals(type)).map(NodeAddress::address)
                .toList();
    }

    /** The zone it stands in, or null. */
    public @Nullable String zone() {
        return metadata.label(ZONE_LABEL);
    }

    /** {@code status.nodeInfo.kernelVersion}, such as {@code 5.15.0-91-generic}; empty if none. */
    public String kernelVersion() {
        return new ObjectReader(source()).object("status").object("nodeInfo").text("kernelVersion");
    }

    /** Whether it is ready; a file's node that says nothing about it counts as ready. */
    public boolean isReady() {
        return conditions.stream().noneMatch(c -> c.type().equals("Ready"))
                || Condition.isTrue(conditions, "Ready");
    }
}
