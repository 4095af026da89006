package dev.podhop.k8s;

import dev.podhop.k8s.schema.ObjectReader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code spec.affinity} of a Pod: nodes and neighbours that it must or would rather have, or not.
 *
 * @param nodes terms of which the node must meet one; null where any node will do
 * @param preferredNodes what a node is worth for meeting a term
 * @param neighbours pods that there must be in the same domain
 * @param preferredNeighbours what such pods are worth
 * @param strangers pods that there must not be in the same domain
 * @param preferredStrangers what such pods cost
 */
public record Affinity(@Nullable List<NodeTerm> nodes, List<PreferredNode> preferredNodes,
        List<PodTerm> neighbours, List<PodTerm> preferredNeighbours, List<PodTerm> strangers,
        List<PodTerm> preferredStrangers) {

    private static final String REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";
    private static final String PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution";

    /** One requirement of a node's labels; operators are LabelSelector's, and Gt and Lt. */
    public record Requirement(String key, String operator, List<String> values) {

        private static Requirement read(ObjectReader r) {
            return new Requirement(r.text("key"), r.text("operator"), r.texts("values"));
        }

        boolean matches(@Nullable String value) {
            return switch (operator) {
                case "In" -> value != null && values.contains(value);
                case "NotIn" -> value == null || !values.contains(value);
                case "Exists" -> value != null;
                case "DoesNotExist" -> value == null;
                case "Gt" -> compare(value) > 0;
                case "Lt" -> compare(value) < 0;
                default -> false;
            };
        }

        /** 0 where one of the two is no integer, which neither Gt nor Lt takes. */
        private int compare(@Nullable String value) {
            if (value == null || values.size() != 1 || !isInteger(value)
                    || !isInteger(values.getFirst())) {
                return 0;
            }
            return Long.compare(Long.parseLong(value), Long.parseLong(values.getFirst()));
        }

        private static boolean isInteger(String text) {
            return text.matches("[+-]?[0-9]{1,18}");
        }
    }

    /** Requirements that a node must meet all of; one without any meets nothing. */
    public record NodeTerm(List<Requirement> labels, List<Requirement> fields) {

        private static NodeTerm read(ObjectReader term) {
            return new NodeTerm(term.list("matchExpressions", Requirement::read),
                    term.list("matchFields", Requirement::read));
        }

        /** Whether the node meets it; the one field there is to match is the node's name. */
        public boolean matches(Node node) {
            return !(labels.isEmpty() && fields.isEmpty())
                    && labels.stream().allMatch(r -> r.matches(node.metadata().label(r.key())))
                    && fields.stream().allMatch(r -> r.key().equals("metadata.name")
                            && r.matches(node.metadata().name()));
        }
    }

    /** A term that is worth {@code weight}. */
    public record PreferredNode(int weight, NodeTerm term) {}

    /**
     * Pods in a domain, which is the nodes with one value of the label {@code topologyKey}.
     *
     * @param selector null picks no pod
     * @param namespaces besides those that {@code namespaceSelector} picks; neither means the pod's
     *     own
     * @param namespaceSelector null picks none
     * @param weight 0 for what is required
     */
    public record PodTerm(@Nullable LabelSelector selector, List<String> namespaces,
            @Nullable LabelSelector namespaceSelector, String topologyKey, int weight) {

        private static PodTerm read(ObjectReader term, int weight) {
            return new PodTerm(term.objectOrNull("labelSelector", LabelSelector::read),
                    term.texts("namespaces"),
                    term.objectOrNull("namespaceSelector", LabelSelector::read),
                    term.text("topologyKey"), weight);
        }

        private static PodTerm readWeighted(ObjectReader term) {
            return read(term.object("podAffinityTerm"), term.integer("weight"));
        }
    }

    static Affinity read(ObjectReader affinity) {
        ObjectReader nodes = affinity.object("nodeAffinity");
        ObjectReader near = affinity.object("podAffinity");
        ObjectReader far = affinity.object("podAntiAffinity");
        return new Affinity(
                nodes.objectOrNull(REQUIRED,
                        selector -> selector.list("nodeSelectorTerms", NodeTerm::read)),
                nodes.list(PREFERRED,
                        p -> new PreferredNode(p.integer("weight"),
                                NodeTerm.read(p.object("preference")))),
                near.list(REQUIRED, t -> PodTerm.read(t, 0)),
                near.list(PREFERRED, PodTerm::readWeighted),
                far.list(REQUIRED, t -> PodTerm.read(t, 0)),
                far.list(PREFERRED, PodTerm::readWeighted));
    }

    /** Whether the node is one that the pod may be on. */
    public boolean takes(Node node) {
        return nodes == null || nodes.stream().anyMatch(term -> term.matches(node));
    }
}
