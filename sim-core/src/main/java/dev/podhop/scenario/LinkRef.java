package dev.podhop.scenario;

import java.util.Locale;

/**
 * The link by which something hangs on what lies above it: a pod on its node, a node on the edge or
 * the segment, an external host on the edge.
 *
 * @param namespace the pod's; empty for the others
 */
public record LinkRef(End end, String namespace, String name) {

    /** What the link belongs to. */
    public enum End {
        POD,
        NODE,
        EXTERNAL;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Override
    public String toString() {
        return "link/" + end + "/" + Names.qualified(namespace, name);
    }
}
