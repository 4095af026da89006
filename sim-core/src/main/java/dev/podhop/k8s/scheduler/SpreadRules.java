package dev.podhop.k8s.scheduler;

import dev.podhop.k8s.Node;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.TopologySpread;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * PodTopologySpread, asked for one pod: by how much one domain may be fuller than the emptiest.
 * Only nodes that have all the labels the constraints name are in any domain.
 */
final class SpreadRules {

    private final ClusterView view;
    private final Pod pod;
    private final List<Rule> required;
    private final List<Rule> wishes;

    /** A constraint, and how many pods that count each domain has. */
    private record Rule(TopologySpread spread, Map<String, Integer> counts, int least) {}

    SpreadRules(ClusterView view, Pod pod) {
        this.view = view;
        this.pod = pod;
        this.required = rules(pod.spec().topologySpread().stream()
                .filter(TopologySpread::required).toList());
        this.wishes = rules(pod.spec().topologySpread().stream()
                .filter(spread -> !spread.required()).toList());
    }

    private List<Rule> rules(List<TopologySpread> spreads) {
        return spreads.stream().map(spread -> {
            Map<String, Integer> counts = counts(spread, spreads);
            int least = spread.minDomains() != null && counts.size() < spread.minDomains() ? 0
                    : counts.values().stream().mapToInt(Integer::intValue).min().orElse(0);
            return new Rule(spread, counts, least);
        }).toList();
    }

    boolean admits(Node node) {
        return required.stream().allMatch(rule -> admits(node, rule));
    }

    private boolean admits(Node node, Rule rule) {
        String domain = node.metadata().label(rule.spread().topologyKey());
        int self = counts(rule.spread(), pod) ? 1 : 0;
        return domain != null && rule.counts().getOrDefault(domain, 0) + self
                - rule.least() <= rule.spread().maxSkew();
    }

    /** How full the node's domains are, by the constraints that are only wishes. */
    long fullness(Node node) {
        return wishes.stream().mapToLong(rule -> rule.counts().getOrDefault(Objects
                .requireNonNullElse(node.metadata().label(rule.spread().topologyKey()), ""), 0))
                .sum();
    }

    private Map<String, Integer> counts(TopologySpread rule, List<TopologySpread> rules) {
        Map<String, Integer> counts = new HashMap<>();
        Map<String, String> domains = new HashMap<>();
        for (Node node : view.nodes()) {
            String domain = node.metadata().label(rule.topologyKey());
            boolean counted = domain != null && isEligible(node, rule) && rules.stream()
                    .allMatch(r -> node.metadata().label(r.topologyKey()) != null);
            if (counted) {
                counts.putIfAbsent(domain, 0);
                domains.put(node.metadata().name(), domain);
            }
        }
        for (Pod other : view.among(pod.metadata().namespace(), rule.selector())) {
            String domain = domains.get(other.spec().nodeName());
            if (domain != null && counts(rule, other)) {
                counts.merge(domain, 1, Integer::sum);
            }
        }
        return counts;
    }

    private boolean isEligible(Node node, TopologySpread rule) {
        return (!rule.honorsAffinity() || pod.spec().selects(node))
                && (!rule.honorsTaints() || pod.spec().fits(node));
    }

    /** Whether {@code other} counts for the rule of the pod; a dying pod does not. */
    private boolean counts(TopologySpread rule, Pod other) {
        return rule.selector() != null && !other.isTerminating()
                && other.metadata().namespace().equals(pod.metadata().namespace())
                && rule.selector().matches(other.metadata().labels())
                && rule.matchLabelKeys().stream()
                        .filter(key -> pod.metadata().label(key) != null)
                        .allMatch(key -> Objects.equals(pod.metadata().label(key),
                                other.metadata().label(key)));
    }
}
