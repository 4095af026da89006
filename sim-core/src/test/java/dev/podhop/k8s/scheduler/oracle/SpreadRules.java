package dev.podhop.k8s.scheduler.oracle;

import dev.podhop.k8s.Node;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.TopologySpread;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * PodTopologySpread: by how much one domain may be fuller than the emptiest. Only nodes that have
 * all the labels the constraints name are in any domain.
 */
final class SpreadRules {

    private final ClusterView view;

    SpreadRules(ClusterView view) {
        this.view = view;
    }

    boolean admits(Pod pod, Node node) {
        List<TopologySpread> required = pod.spec().topologySpread().stream()
                .filter(TopologySpread::required).toList();
        return required.stream().allMatch(rule -> admits(pod, node, rule, required));
    }

    private boolean admits(Pod pod, Node node, TopologySpread rule, List<TopologySpread> rules) {
        String domain = node.metadata().label(rule.topologyKey());
        if (domain == null) {
            return false;
        }
        Map<String, Integer> counts = counts(pod, rule, rules);
        int least = rule.minDomains() != null && counts.size() < rule.minDomains() ? 0
                : counts.values().stream().mapToInt(Integer::intValue).min().orElse(0);
        int self = counts(pod, rule, pod) ? 1 : 0;
        return counts.getOrDefault(domain, 0) + self - least <= rule.maxSkew();
    }

    /** How full the node's domains are, by the constraints that are only wishes. */
    long fullness(Pod pod, Node node) {
        List<TopologySpread> wishes = pod.spec().topologySpread().stream()
                .filter(rule -> !rule.required()).toList();
        return wishes.stream().mapToLong(rule -> counts(pod, rule, wishes).getOrDefault(
                Objects.requireNonNullElse(node.metadata().label(rule.topologyKey()), ""), 0))
                .sum();
    }

    private Map<String, Integer> counts(Pod pod, TopologySpread rule,
            List<TopologySpread> rules) {
        Map<String, Integer> counts = new HashMap<>();
        for (Node node : view.nodes()) {
            String domain = node.metadata().label(rule.topologyKey());
            boolean counted = domain != null && isEligible(pod, node, rule) && rules.stream()
                    .allMatch(r -> node.metadata().label(r.topologyKey()) != null);
            if (counted) {
                int there = (int) view.podsOn(node).stream()
                        .filter(other -> counts(pod, rule, other)).count();
                counts.merge(domain, there, Integer::sum);
            }
        }
        return counts;
    }

    private static boolean isEligible(Pod pod, Node node, TopologySpread rule) {
        return (!rule.honorsAffinity() || pod.spec().selects(node))
                && (!rule.honorsTaints() || pod.spec().fits(node));
    }

    /** Whether {@code other} counts for the rule of {@code pod}; a dying pod does not. */
    private static boolean counts(Pod pod, TopologySpread rule, Pod other) {
        return rule.selector() != null && !other.isTerminating()
                && other.metadata().namespace().equals(pod.metadata().namespace())
                && rule.selector().matches(other.metadata().labels())
                && rule.matchLabelKeys().stream()
                        .filter(key -> pod.metadata().label(key) != null)
                        .allMatch(key -> Objects.equals(pod.metadata().label(key),
                                other.metadata().label(key)));
    }
}
