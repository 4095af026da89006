package dev.podhop.k8s.scheduler;

import dev.podhop.k8s.Affinity;
import dev.podhop.k8s.Affinity.PodTerm;
import dev.podhop.k8s.Node;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.scheduler.ClusterView.Objection;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * InterPodAffinity, asked for one pod: which pods there must be, or must not be, in a node's
 * domain. Anti-affinity holds both ways: a pod that wants none of its like keeps them away later,
 * too.
 */
final class PodNeighbours {

    private final ClusterView view;
    private final Pod pod;
    /** Domains, as key and value, in which somebody does not want the pod. */
    private final Set<List<String>> refused = new HashSet<>();
    /** How many pods of a term each of its domains has. */
    private final Map<PodTerm, Map<String, Integer>> domains = new HashMap<>();
    private @Nullable Boolean first;

    PodNeighbours(ClusterView view, Pod pod) {
        this.view = view;
        this.pod = pod;
        view.objections().forEach(this::refuse);
    }

    private void refuse(Objection objection, Map<String, Integer> where) {
        for (PodTerm term : objection.terms()) {
            if (isMeant(objection.namespace(), term, pod)) {
                for (String name : where.keySet()) {
                    Node node = view.node(name);
                    String value = node == null ? null : node.metadata().label(term.topologyKey());
                    if (value != null) {
                        refused.add(List.of(term.topologyKey(), value));
                    }
                }
            }
        }
    }

    /** Whether it makes no difference for the pod where others are. */
    boolean areNothing() {
        Affinity own = pod.spec().affinity();
        return refused.isEmpty() && own.neighbours().isEmpty()
                && own.preferredNeighbours().isEmpty() && own.strangers().isEmpty()
                && own.preferredStrangers().isEmpty();
    }

    boolean admits(Node node) {
        return refusal(node).isEmpty();
    }

    /** In the words of InterPodAffinity; empty where it admits the pod. */
    String refusal(Node node) {
        Affinity own = pod.spec().affinity();
        if (!hasNeighbours(node, own.neighbours())) {
            return "node(s) didn't match pod affinity rules";
        }
        if (own.strangers().stream().anyMatch(term -> inDomain(term, node) > 0)) {
            return "node(s) didn't match pod anti-affinity rules";
        }
        return nobodyObjects(node) ? ""
                : "node(s) didn't satisfy existing pods anti-affinity rules";
    }

    /**
     * {@code satisfyPodAffinity}; the first of a group that wants to be together may go anywhere
     * where there is such a domain at all.
     */
    private boolean hasNeighbours(Node node, List<PodTerm> terms) {
        return terms.isEmpty() || terms.stream().allMatch(term -> inDomain(term, node) > 0)
                || isFirst(terms) && terms.stream().allMatch(
                        term -> node.metadata().label(term.topologyKey()) != null);
    }

    private boolean isFirst(List<PodTerm> terms) {
        Boolean known = first;
        if (known == null) {
            String namespace = pod.metadata().namespace();
            known = terms.stream().allMatch(term -> isMeant(namespace, term, pod))
                    && candidates(terms.getFirst()).stream()
                            .filter(other -> view.node(other.spec().nodeName()) != null)
                            .noneMatch(other -> terms.stream()
                                    .allMatch(term -> isMeant(namespace, term, other)));
            first = known;
        }
        return known;
    }

    private boolean nobodyObjects(Node node) {
        return refused.stream().noneMatch(
                domain -> domain.getLast().equals(node.metadata().label(domain.getFirst())));
    }

    /** What the pods around the node are worth to this one, by its own preferences. */
    long worth(Node node) {
        Affinity own = pod.spec().affinity();
        return sum(own.preferredNeighbours(), node) - sum(own.preferredStrangers(), node);
    }

    private long sum(List<PodTerm> terms, Node node) {
        return terms.stream().mapToLong(term -> (long) term.weight() * inDomain(term, node)).sum();
    }

    private int inDomain(PodTerm term, Node node) {
        String value = node.metadata().label(term.topologyKey());
        return value == null ? 0
                : domains.computeIfAbsent(term, this::count).getOrDefault(value, 0);
    }

    private Map<String, Integer> count(PodTerm term) {
        Map<String, Integer> counts = new HashMap<>();
        for (Pod there : candidates(term)) {
            Node node = view.node(there.spec().nodeName());
            String value = node == null ? null : node.metadata().label(term.topologyKey());
            if (value != null && isMeant(pod.metadata().namespace(), term, there)) {
                counts.merge(value, 1, Integer::sum);
            }
        }
        return counts;
    }

    private Collection<Pod> candidates(PodTerm term) {
        return view.among(isOwn(term) ? pod.metadata().namespace() : null, term.selector());
    }

    private static boolean isOwn(PodTerm term) {
        return term.namespaces().isEmpty() && term.namespaceSelector() == null;
    }

    /** Whether {@code other} is one of the pods that a term means, of a pod of that namespace. */
    private boolean isMeant(String mine, PodTerm term, Pod other) {
        String namespace = other.metadata().namespace();
        boolean inScope = isOwn(term) && namespace.equals(mine)
                || term.namespaces().contains(namespace)
                || term.namespaceSelector() != null
                        && term.namespaceSelector().matches(view.labelsOf(namespace));
        return inScope && term.selector() != null
                && term.selector().matches(other.metadata().labels());
    }
}
