package dev.podhop.k8s.scheduler.oracle;

import dev.podhop.k8s.Affinity;
import dev.podhop.k8s.Affinity.PodTerm;
import dev.podhop.k8s.Node;
import dev.podhop.k8s.Pod;
import java.util.List;

/**
 * InterPodAffinity: which pods there must be, or must not be, in a node's domain. Anti-affinity
 * holds both ways: a pod that wants none of its like keeps them away later, too.
 */
final class PodNeighbours {

    private final ClusterView view;

    PodNeighbours(ClusterView view) {
        this.view = view;
    }

    boolean admits(Pod pod, Node node) {
        Affinity own = pod.spec().affinity();
        return hasNeighbours(pod, node, own.neighbours())
                && own.strangers().stream().noneMatch(term -> anyInDomain(pod, term, node))
                && nobodyObjects(pod, node);
    }

    /** In the words of InterPodAffinity; empty where it admits the pod. */
    String refusal(Pod pod, Node node) {
        Affinity own = pod.spec().affinity();
        if (!hasNeighbours(pod, node, own.neighbours())) {
            return "node(s) didn't match pod affinity rules";
        }
        if (own.strangers().stream().anyMatch(term -> anyInDomain(pod, term, node))) {
            return "node(s) didn't match pod anti-affinity rules";
        }
        return nobodyObjects(pod, node) ? ""
                : "node(s) didn't satisfy existing pods anti-affinity rules";
    }

    /**
     * {@code satisfyPodAffinity}; the first of a group that wants to be together may go anywhere
     * where there is such a domain at all.
     */
    private boolean hasNeighbours(Pod pod, Node node, List<PodTerm> terms) {
        if (terms.isEmpty() || terms.stream().allMatch(term -> anyInDomain(pod, term, node))) {
            return true;
        }
        boolean first = terms.stream().allMatch(term -> isMeant(pod, term, pod))
                && view.nodes().stream().flatMap(n -> view.podsOn(n).stream())
                        .noneMatch(p -> terms.stream().allMatch(t -> isMeant(pod, t, p)));
        return first && terms.stream()
                .allMatch(term -> node.metadata().label(term.topologyKey()) != null);
    }

    private boolean nobodyObjects(Pod pod, Node node) {
        for (Pod there : view.exclusive()) {
            Node other = view.node(there.spec().nodeName());
            for (PodTerm term : there.spec().affinity().strangers()) {
                if (other != null && isMeant(there, term, pod) && sameDomain(term, node, other)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** What the pods around the node are worth to this one, by its own preferences. */
    long worth(Pod pod, Node node) {
        Affinity own = pod.spec().affinity();
        return sum(pod, own.preferredNeighbours(), node) - sum(pod, own.preferredStrangers(), node);
    }

    private long sum(Pod pod, List<PodTerm> terms, Node node) {
        return terms.stream().mapToLong(term -> term.weight() * inDomain(pod, term, node)).sum();
    }

    private boolean anyInDomain(Pod pod, PodTerm term, Node node) {
        return inDomain(pod, term, node) > 0;
    }

    private long inDomain(Pod pod, PodTerm term, Node node) {
        return view.nodes().stream().filter(other -> sameDomain(term, node, other))
                .flatMap(other -> view.podsOn(other).stream())
                .filter(there -> isMeant(pod, term, there)).count();
    }

    private static boolean sameDomain(PodTerm term, Node a, Node b) {
        String value = a.metadata().label(term.topologyKey());
        return value != null && value.equals(b.metadata().label(term.topologyKey()));
    }

    /** Whether {@code other} is one of the pods that the term of {@code pod} speaks of. */
    private boolean isMeant(Pod pod, PodTerm term, Pod other) {
        String namespace = other.metadata().namespace();
        boolean own = term.namespaces().isEmpty() && term.namespaceSelector() == null;
        boolean inScope = own && namespace.equals(pod.metadata().namespace())
                || term.namespaces().contains(namespace)
                || term.namespaceSelector() != null
                        && term.namespaceSelector().matches(view.labelsOf(namespace));
        return inScope && term.selector() != null
                && term.selector().matches(other.metadata().labels());
    }
}
