package dev.podhop.trace;

/**
 * Where a hop happens.
 *
 * @param kind what the namespace belongs to
 * @param node the node, for a node or a pod; empty for what lies outside
 * @param name the namespace: {@code n1}, {@code web-1}, {@code kube-system/dns}, {@code fab}
 */
public record Place(Kind kind, String node, String name) {

    /** What a namespace belongs to. */
    public enum Kind {
        NODE,
        POD,
        /** The cloud's edge, where load balancers live. */
        EDGE,
        EXTERNAL
    }

    /** {@code node/n1}, {@code pod/web-1}, {@code edge}, {@code external/ext}. */
    public String label() {
        return switch (kind) {
            case NODE -> "node/" + name;
            case POD -> "pod/" + name;
            case EDGE -> "edge";
            case EXTERNAL -> "external/" + name;
        };
    }
}
