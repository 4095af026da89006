package dev.podhop.k8s;

import dev.podhop.k8s.source.Location;
import dev.podhop.k8s.source.TreeBuilder;
import dev.podhop.k8s.source.Trees;
import dev.podhop.k8s.source.YamlNode;
import dev.podhop.k8s.source.YamlNode.Mapping;
import dev.podhop.k8s.source.YamlNode.Sequence;
import dev.podhop.net.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes {@code status} of a Pod, as kubelet does; what it does not name stays. */
public final class PodStatusTree {

    private final Pod pod;
    private final Location where;
    private final TreeBuilder status;

    public PodStatusTree(Pod pod) {
        this.pod = pod;
        this.where = pod.place();
        this.status = new TreeBuilder(where);
    }

    /** Sets the phase: Pending, Running, Succeeded or Failed. */
    public PodStatusTree phase(String phase) {
        status.text("phase", phase);
        return this;
    }

    /** Sets the addresses of the node that the pod is on, one a family; none sets nothing. */
    public PodStatusTree hosts(List<String> ips) {
        if (!ips.isEmpty()) {
            status.text("hostIP", ips.getFirst()).list("hostIPs", objects(ips));
        }
        return this;
    }

    /** Sets the pod's addresses, the primary one first; none sets nothing. */
    public PodStatusTree ips(List<String> ips) {
        if (!ips.isEmpty()) {
            status.text("podIP", ips.getFirst()).list("podIPs", objects(ips));
        }
        return this;
    }

    /** Sets conditions by type, in that order; other types stay as they are. */
    public PodStatusTree conditions(Map<String, Boolean> changed) {
        List<YamlNode> all = new ArrayList<>();
        if (pod.source().get("status") instanceof Mapping old
                && old.get("conditions") instanceof Sequence known) {
            known.items().stream().filter(item -> !(item instanceof Mapping condition
                    && condition.get("type") instanceof YamlNode.Scalar type
                    && changed.containsKey(type.text()))).forEach(all::add);
        }
        changed.forEach((type, isTrue) -> all.add(new TreeBuilder(where).text("type", type)
                .text("status", isTrue ? "True" : "False").build()));
        status.list("conditions", all);
        return this;
    }

    /** The pod with that status. */
    public Pod build() {
        return pod.with(tree -> Trees.mergePatch(tree,
                new TreeBuilder(where).node("status", status.build()).build()));
    }

    /** A host's addresses, as kubelet tells them: its first of each family. */
    public static List<String> hostIPs(Node node) {
        List<IpAddress> first = new ArrayList<>();
        for (IpAddress address : node.internalAddresses()) {
            if (first.stream().noneMatch(known -> known.family() == address.family())) {
                first.add(address);
            }
        }
        return first.stream().map(IpAddress::toString).toList();
    }

    private List<Mapping> objects(List<String> ips) {
        return ips.stream().map(ip -> new TreeBuilder(where).text("ip", ip).build()).toList();
    }
}
