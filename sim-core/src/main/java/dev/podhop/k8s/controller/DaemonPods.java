package dev.podhop.k8s.controller;

import dev.podhop.k8s.Affinity;
import dev.podhop.k8s.DaemonSet;
import dev.podhop.k8s.Node;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.store.ApiStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** One look at a DaemonSet: which node has which of its pods, which go, and which are made. */
final class DaemonPods {

    private final DaemonSet set;
    private final PodTimes times;
    private final String hash;
    private final String firstHash;
    private final Map<String, Node> nodes = new LinkedHashMap<>();
    /** By node; on nodes that are gone, too. A dying pod keeps its place until it is gone. */
    private final Map<String, List<Pod>> byNode = new LinkedHashMap<>();
    private final List<Pod> doomed = new ArrayList<>();
    private final List<Node> wanting = new ArrayList<>();

    DaemonPods(DaemonSet set, List<Pod> pods, List<Node> nodes, PodTimes times, String hash,
            String firstHash) {
        this.set = set;
        this.times = times;
        this.hash = hash;
        this.firstHash = firstHash;
        nodes.forEach(node -> this.nodes.put(node.metadata().name(), node));
        nodes.forEach(node -> byNode.put(node.metadata().name(), new ArrayList<>()));
        pods.forEach(pod -> byNode.computeIfAbsent(target(pod), n -> new ArrayList<>()).add(pod));
    }

    /** The node that the pod is on, or is for ({@code GetTargetNodeName}). */
    private static String target(Pod pod) {
        List<Affinity.NodeTerm> terms = pod.spec().affinity().nodes();
        if (!pod.spec().nodeName().isEmpty() || terms == null) {
            return pod.spec().nodeName();
        }
        return terms.stream().flatMap(term -> term.fields().stream())
                .filter(field -> field.values().size() == 1)
                .map(field -> field.values().getFirst()).findFirst().orElse("");
    }

    /** Makes what is missing and takes away what is too much, node by node. */
    void manage() {
        byNode.forEach((name, pods) -> {
            Node node = nodes.get(name);
            if (node == null || !mayStay(node)) {
                pods.stream().filter(pod -> !pod.isTerminating()).forEach(doomed::add);
            } else if (pods.isEmpty()) {
                if (shouldRun(node)) {
                    wanting.add(node);
                }
            } else {
                pods.stream().filter(Pod::isFinished).filter(pod -> !pod.isTerminating())
                        .forEach(doomed::add);
                trim(pods.stream().filter(OwnedPods::isActive).toList());
            }
        });
    }

    /**
     * All but the oldest go. With a surge, an old pod that is ready may stay beside a new one that
     * is not.
     */
    private void trim(List<Pod> running) {
        if (running.size() <= 1) {
            return;
        }
        if (maxSurge() == 0) {
            doomed.addAll(running.subList(1, running.size()));
            return;
        }
        Pod young = running.stream().filter(this::isNew).findFirst().orElse(null);
        Pod old = running.stream().filter(pod -> !isNew(pod)).findFirst().orElse(null);
        boolean both = young != null && old != null && !isAvailable(young) && isAvailable(old);
        Pod only = young != null ? young : old;
        running.stream().filter(pod -> pod != only && !(both && pod == old)).forEach(doomed::add);
    }

    /** {@code nodeShouldRunDaemonPod}: a cordon does not count, an untolerated taint does. */
    boolean shouldRun(Node node) {
        return set.template().spec().selects(node) && node.taints().stream()
                .filter(taint -> !taint.effect().equals("PreferNoSchedule"))
                .allMatch(this::tolerates);
    }

    private boolean mayStay(Node node) {
        return set.template().spec().selects(node) && node.taints().stream()
                .filter(taint -> taint.effect().equals("NoExecute")).allMatch(this::tolerates);
    }

    /** What its pods are made to tolerate counts too: Kubernetes' own taints. */
    private boolean tolerates(Node.Taint taint) {
        return PodFactory.daemonsTolerate(taint, set.template().spec().hostNetwork())
                || set.template().spec().tolerations().stream().anyMatch(t -> t.tolerates(taint));
    }

    boolean isNew(Pod pod) {
        return Revisions.isOf(set, pod, hash, firstHash);
    }

    boolean isAvailable(Pod pod) {
        return times.isAvailable(pod, set.minReadySeconds());
    }

    /** Whether nothing is to be made or taken away. */
    boolean isIdle() {
        return doomed.isEmpty() && wanting.isEmpty();
    }

    List<Pod> doomed() {
        return doomed;
    }

    /** Nodes that are to have a new pod. */
    List<Node> wanting() {
        return wanting;
    }

    Map<String, List<Pod>> byNode() {
        return byNode;
    }

    Node node(String name) {
        return Objects.requireNonNull(nodes.get(name));
    }

    String hash() {
        return hash;
    }

    /** On how many nodes there is to be a pod. */
    int desired() {
        return (int) nodes.values().stream().filter(this::shouldRun).count();
    }

    int maxSurge() {
        return set.maxSurge().of(desired(), true);
    }

    /** At least one where there is no surge either. */
    int maxUnavailable() {
        int most = set.maxUnavailable().of(desired(), true);
        return most == 0 && maxSurge() == 0 ? 1 : most;
    }

    /** {@code updateDaemonSetStatus}. */
    void writeStatus(ApiStore store) {
        int current = 0;
        int misplaced = 0;
        int ready = 0;
        int available = 0;
        int updated = 0;
        for (Node node : nodes.values()) {
            List<Pod> pods = byNode.getOrDefault(node.metadata().name(), List.of());
            if (!shouldRun(node)) {
                misplaced += pods.isEmpty() ? 0 : 1;
                continue;
            }
            current += pods.isEmpty() ? 0 : 1;
            ready += pods.stream().anyMatch(Pod::isReady) ? 1 : 0;
            available += pods.stream().anyMatch(this::isAvailable) ? 1 : 0;
            updated += pods.stream().anyMatch(this::isNew) ? 1 : 0;
        }
        new StatusCounts(set).count("currentNumberScheduled", current)
                .count("desiredNumberScheduled", desired()).count("numberReady", ready)
                .count("numberAvailable", available).count("numberMisscheduled", misplaced)
                .count("numberUnavailable", desired() - available)
                .count("updatedNumberScheduled", updated).write(store);
    }
}
