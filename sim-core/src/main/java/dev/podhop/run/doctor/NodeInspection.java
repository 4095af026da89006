package dev.podhop.run.doctor;

import dev.podhop.k8s.Node;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.schema.ObjectReader;
import dev.podhop.k8s.source.Location;
import dev.podhop.scenario.KubernetesVersion;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Nodes without an address or a working kube-proxy, and nodes whose versions are too far apart. */
final class NodeInspection {

    private static final String PROXY = "kube-proxy";
    /** So many minor versions kubelet and kube-proxy may be behind the API server, since 1.28. */
    private static final int MOST_APART = 3;

    private final Surroundings around;
    private final Consumer<Suspect> found;

    NodeInspection(Surroundings around, Consumer<Suspect> found) {
        this.around = around;
        this.found = found;
    }

    void look() {
        addresses();
        proxies();
        versions();
    }

    /** Not initialised by its cloud yet, or nobody's: it has no network, nor have its pods. */
    private void addresses() {
        for (Node node : around.nodes()) {
            if (node.internalAddresses().isEmpty()) {
                Location where = Inspections.at(node, "status", "addresses");
                found.accept(new Suspect(FaultCode.NODE_ADDRESS, Severity.WARNING,
                        Inspections.name(node), where,
                        DoctorReason.NODE_ADDRESS.of(Inspections.name(node),
                                Inspections.where(where)),
                        symptom -> around.concerns(symptom, Set.of(node.metadata().name()))));
            }
        }
    }

    /** Where most nodes run it as a pod, those that do not lack it. */
    private void proxies() {
        Map<String, Pod> proxies = new HashMap<>();
        // As the file has them: its DaemonSet would make the missing one at once.
        around.scenario().objects(Pod.class).filter(NodeInspection::isProxy)
                .forEach(pod -> proxies.merge(pod.spec().nodeName(), pod,
                        (a, b) -> a.isReady() ? a : b));
        List<Node> real = around.nodes().stream().filter(NodeInspection::isMachine).toList();
        if (proxies.size() * 2 <= real.size()) {
            return;
        }
        for (Node node : real) {
            Pod pod = proxies.get(node.metadata().name());
            if (pod == null) {
                Location where = Inspections.at(node, "metadata", "name");
                found.accept(Suspect.alone(FaultCode.PROXY_ABSENT, Inspections.name(node), where,
                        DoctorReason.PROXY_ABSENT.of(Inspections.name(node),
                                Inspections.where(where), proxies.size())));
            } else if (!pod.isReady() && !pod.status().conditions().isEmpty()) {
                Location where = Inspections.at(pod, "status", "conditions");
                found.accept(Suspect.alone(FaultCode.PROXY_ABSENT, Inspections.name(node), where,
                        DoctorReason.PROXY_DOWN.of(Inspections.name(node),
                                Inspections.name(pod), Inspections.where(where))));
            }
        }
    }

    private static boolean isProxy(Pod pod) {
        return pod.metadata().namespace().equals("kube-system") && !pod.isFinished()
                && (PROXY.equals(pod.metadata().label("k8s-app"))
                        || PROXY.equals(pod.metadata().label("component"))
                        || pod.metadata().name().startsWith(PROXY + "-"));
    }

    /** No virtual node, whose pods are elsewhere and have no kube-proxy beside them. */
    private static boolean isMachine(Node node) {
        return !"virtual-kubelet".equals(node.metadata().label("type"))
                && !"fargate".equals(node.metadata().label("eks.amazonaws.com/compute-type"))
                && !"windows".equals(node.metadata().label("kubernetes.io/os"));
    }

    private void versions() {
        Optional<KubernetesVersion> newest = around.nodes().stream()
                .flatMap(node -> version(node).stream()).max(Comparator.naturalOrder());
        for (Node node : around.nodes()) {
            Optional<KubernetesVersion> own = version(node);
            if (own.isPresent() && newest.isPresent()
                    && newest.get().minor() - own.get().minor() > MOST_APART) {
                Location where = Inspections.at(node, "status", "nodeInfo", "kubeletVersion");
                found.accept(Suspect.alone(FaultCode.VERSIONS_APART, Inspections.name(node), where,
                        DoctorReason.VERSIONS_APART.of(Inspections.name(node), own.get(),
                                Inspections.where(where), newest.get())));
            }
        }
    }

    private static Optional<KubernetesVersion> version(Node node) {
        return KubernetesVersion.parse(new ObjectReader(node.source()).object("status")
                .object("nodeInfo").text("kubeletVersion"));
    }
}
