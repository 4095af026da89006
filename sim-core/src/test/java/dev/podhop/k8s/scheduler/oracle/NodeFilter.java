package dev.podhop.k8s.scheduler.oracle;

import dev.podhop.k8s.Affinity.PreferredNode;
import dev.podhop.k8s.Container.ContainerPort;
import dev.podhop.k8s.Node;
import dev.podhop.k8s.Node.Taint;
import dev.podhop.k8s.Pod;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a node alone decides: NodeUnschedulable, TaintToleration, NodeAffinity, NodePorts.
 */
final class NodeFilter {

    private final ClusterView view;

    NodeFilter(ClusterView view) {
        this.view = view;
    }

    boolean admits(Pod pod, Node node) {
        return node.isReady() && pod.spec().fits(node) && hasPortsFor(pod, node);
    }

    /** In the words of the plugin that says no, the first in the order of the default profile. */
    String refusal(Pod pod, Node node) {
        Stream<Taint> taints = node.taints().stream()
                .filter(taint -> !taint.effect().equals("PreferNoSchedule"));
        if (node.unschedulable() && !tolerates(pod, Taint.UNSCHEDULABLE)) {
            return "node(s) were unschedulable";
        }
        Optional<Taint> untolerated = taints.filter(taint -> !tolerates(pod, taint)).findFirst();
        if (untolerated.isPresent()) {
            return "node(s) had untolerated taint {" + untolerated.get().key() + ": "
                    + untolerated.get().value() + "}";
        }
        if (!node.isReady()) {
            return "node(s) had untolerated taint {node.kubernetes.io/not-ready: }";
        }
        if (!pod.spec().selects(node)) {
            return "node(s) didn't match Pod's node affinity/selector";
        }
        return hasPortsFor(pod, node) ? ""
                : "node(s) didn't have free ports for the requested pod ports";
    }

    private static boolean tolerates(Pod pod, Taint taint) {
        return pod.spec().tolerations().stream().anyMatch(t -> t.tolerates(taint));
    }

    /** Two pods cannot have one port of the host's, unless at different addresses of it. */
    private boolean hasPortsFor(Pod pod, Node node) {
        List<ContainerPort> wanted = hostPorts(pod).toList();
        return wanted.isEmpty() || view.podsOn(node).stream().flatMap(NodeFilter::hostPorts)
                .noneMatch(taken -> wanted.stream().anyMatch(port -> clash(port, taken)));
    }

    private static Stream<ContainerPort> hostPorts(Pod pod) {
        return pod.spec().containers().stream().flatMap(c -> c.ports().stream())
                .filter(port -> port.hostPort() != 0);
    }

    private static boolean clash(ContainerPort a, ContainerPort b) {
        return a.hostPort() == b.hostPort() && a.protocol().equals(b.protocol())
                && (isAny(a) || isAny(b) || a.hostIP().equals(b.hostIP()));
    }

    private static boolean isAny(ContainerPort port) {
        return port.hostIP().isEmpty() || port.hostIP().equals("0.0.0.0");
    }

    /** How many of the node's PreferNoSchedule taints the pod does not tolerate. */
    static long unwelcome(Pod pod, Node node) {
        return node.taints().stream().filter(t -> t.effect().equals("PreferNoSchedule"))
                .filter(taint -> pod.spec().tolerations().stream()
                        .noneMatch(t -> t.tolerates(taint)))
                .count();
    }

    /** What the node is worth by the pod's preferred node affinity. */
    static int worth(Pod pod, Node node) {
        return pod.spec().affinity().preferredNodes().stream()
                .filter(preferred -> preferred.term().matches(node))
                .mapToInt(PreferredNode::weight).sum();
    }
}
