package dev.podhop.k8s.controller;

import dev.podhop.k8s.ApiKind;
import dev.podhop.k8s.ManifestReader;
import dev.podhop.k8s.Node;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.source.FieldPath;
import dev.podhop.k8s.source.Location;
import dev.podhop.k8s.source.Problems;
import dev.podhop.k8s.source.TreeBuilder;
import dev.podhop.k8s.source.Trees;
import dev.podhop.k8s.source.YamlNode;
import dev.podhop.k8s.source.YamlNode.Mapping;
import dev.podhop.k8s.source.YamlNode.Sequence;
import dev.podhop.k8s.store.ApiStore;
import dev.podhop.net.Cidr;
import dev.podhop.net.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Does kubelet's part for a pod on a node: an address of each family, phase Running, and Ready.
 * What a file says about a pod's state is left as it is: an unready pod stays unready, a Pending
 * one has no address.
 */
final class PodStarter {

    private static final FieldPath NODE_NAME = FieldPath.of("spec", "nodeName");

    private final ApiStore store;
    private final PodAddresses addresses;

    PodStarter(ApiStore store) {
        this.store = store;
        this.addresses = new PodAddresses(store);
    }

    void sync(Problems problems) {
        for (Pod pod : store.list(Pod.class)) {
            String phase = pod.status().phase();
            boolean placed = !pod.spec().nodeName().isEmpty();
            if (placed && (phase.isEmpty() || phase.equals("Running")) && !isComplete(pod)) {
                Node node = store.get(Node.class, "", pod.spec().nodeName());
                if (node != null) {
                    start(pod, node, problems);
                }
            }
        }
    }

    private static boolean isComplete(Pod pod) {
        return !pod.status().phase().isEmpty() && !pod.status().podIPs().isEmpty()
                && !pod.status().hostIP().isEmpty() && hasReady(pod);
    }

    private static boolean hasReady(Pod pod) {
        return pod.status().conditions().stream().anyMatch(c -> c.type().equals("Ready"));
    }

    private void start(Pod pod, Node node, Problems problems) {
        Location where = pod.source().location();
        List<String> own = pod.status().podIPs();
        List<String> hosts = oneOfEachFamily(node.internalAddresses());
        List<String> ips = !own.isEmpty() ? own : pod.spec().hostNetwork() ? hosts
                : allocate(pod, node, problems);
        TreeBuilder status = new TreeBuilder(where).text("phase", "Running");
        if (!hosts.isEmpty()) {
            status.text("hostIP", hosts.getFirst()).list("hostIPs", ipObjects(where, hosts));
        }
        if (!ips.isEmpty()) {
            status.text("podIP", ips.getFirst()).list("podIPs", ipObjects(where, ips));
        }
        if (!hasReady(pod)) {
            status.list("conditions", withReady(pod, where));
        }
        store.put(ManifestReader.view(ApiKind.POD, Trees.mergePatch(pod.source(),
                new TreeBuilder(where).node("status", status.build()).build())));
    }

    /** One address from each of the node's ranges, so one a family. */
    private List<String> allocate(Pod pod, Node node, Problems problems) {
        List<String> ips = new ArrayList<>();
        for (Cidr range : node.podRanges()) {
            Optional<IpAddress> address = addresses.allocate(range);
            address.ifPresentOrElse(a -> ips.add(a.toString()),
                    () -> problems.error(pod.locationOf(NODE_NAME), NODE_NAME.toString(),
                            "found no free address for " + pod.key() + " in " + range
                                    + ", expected a podCIDR of " + node.key() + " with room"));
        }
        if (node.podRanges().isEmpty()) {
            problems.error(pod.locationOf(NODE_NAME), NODE_NAME.toString(), "found no podCIDR on "
                    + node.key() + ", expected one to give " + pod.key() + " an address from");
        }
        return ips;
    }

    /** A host has one address a family, its first (kubelet's {@code hostIPs}). */
    private static List<String> oneOfEachFamily(List<IpAddress> all) {
        List<IpAddress> first = new ArrayList<>();
        for (IpAddress address : all) {
            if (first.stream().noneMatch(known -> known.family() == address.family())) {
                first.add(address);
            }
        }
        return first.stream().map(IpAddress::toString).toList();
    }

    private static List<Mapping> ipObjects(Location where, List<String> ips) {
        return ips.stream().map(ip -> new TreeBuilder(where).text("ip", ip).build()).toList();
    }

    /** The pod's conditions and Ready; whatever else the file says of it stays. */
    private static List<YamlNode> withReady(Pod pod, Location where) {
        List<YamlNode> conditions = new ArrayList<>();
        if (pod.source().get("status") instanceof Mapping status
                && status.get("conditions") instanceof Sequence known) {
            conditions.addAll(known.items());
        }
        conditions.add(
                new TreeBuilder(where).text("type", "Ready").text("status", "True").build());
        return conditions;
    }
}
