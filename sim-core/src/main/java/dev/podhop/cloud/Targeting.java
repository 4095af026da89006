package dev.podhop.cloud;

import java.util.Locale;
import java.util.Map;

/**
 * Which nodes a Service's load balancer binds, and with what weights: what the Service asks for,
 * whatever its vendor.
 *
 * @param nodes a label selector in one text; empty: every node
 * @param localNodes which nodes are bound where the policy is Local
 * @param nodeWeights what a node weighs where the policy is Local
 * @param weights of backends, in TKE's JSON ({@link TargetWeights}); empty: none is given
 */
public record Targeting(String nodes, LocalNodes localNodes, NodeWeights nodeWeights,
        String weights) {

    /** Nothing is asked for. */
    public static final Targeting ANY =
            new Targeting("", LocalNodes.ALL, NodeWeights.EQUAL, "");

    /** Which nodes are bound where the policy is Local. */
    public enum LocalNodes {
        /** All: the health check sorts them out. */
        ALL("all"),
        /** Those with an endpoint. */
        WITH_ENDPOINTS("withEndpoints");

        private final String spelling;

        LocalNodes(String spelling) {
            this.spelling = spelling;
        }

        @Override
        public String toString() {
            return spelling;
        }
    }

    /** What a node weighs where the policy is Local. */
    public enum NodeWeights {
        EQUAL,
        /** As much as it has endpoints. */
        ENDPOINTS;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Whether a node with these labels may be bound; a selector that matches none binds none. */
    boolean selects(Map<String, String> labels) {
        return nodes.isEmpty() || NodeSelector.matches(nodes, labels);
    }
}
