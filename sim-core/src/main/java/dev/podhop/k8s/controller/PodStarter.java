package dev.podhop.k8s.controller;

import dev.podhop.k8s.Node;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.PodStatusTree;
import dev.podhop.k8s.source.FieldPath;
import dev.podhop.k8s.source.Problems;
import dev.podhop.k8s.store.ApiStore;
import dev.podhop.net.Cidr;
import dev.podhop.net.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Does kubelet's part for a pod on a node: an address of each family, phase Running, and Ready.
 * What a file says about a pod's state is left as it is: an unready pod stays unready, a Pending
 * one has no address.
 */
final class PodStarter {

    private static final FieldPath NODE_NAME = FieldPath.of("spec", "nodeName");

    private final ApiStore store;

    PodStarter(ApiStore store) {
        this.store = store;
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
        List<String> own = pod.status().podIPs();
        List<String> hosts = PodStatusTree.hostIPs(node);
        List<String> ips = !own.isEmpty() ? own : pod.spec().hostNetwork() ? hosts
                : allocate(pod, node, problems);
        PodStatusTree status = new PodStatusTree(pod).phase("Running").hosts(hosts).ips(ips);
        if (!hasReady(pod)) {
            status.conditions(Map.of("Ready", true));
        }
        store.put(status.build());
    }

    /** One address from each of the node's ranges, so one a family. */
    private List<String> allocate(Pod pod, Node node, Problems problems) {
        List<String> ips = new ArrayList<>();
        List<Cidr> ranges = store.podAddresses().rangesOf(node);
        for (Cidr range : ranges) {
            Optional<IpAddress> address = store.podAddresses().allocate(range);
            address.ifPresentOrElse(a -> ips.add(a.toString()),
                    () -> problems.error(pod.locationOf(NODE_NAME), NODE_NAME.toString(),
                            "found no free address for " + pod.key() + " in " + range
                                    + ", expected a podCIDR of " + node.key() + " with room"));
        }
        if (ranges.isEmpty()) {
            problems.error(pod.locationOf(NODE_NAME), NODE_NAME.toString(), "found no podCIDR on "
                    + node.key() + ", expected one to give " + pod.key() + " an address from");
        }
        return ips;
    }
}
