package dev.podhop.scenario;

/** Who sends a flow. The text is the file's: {@code pod/client}, {@code external/ext}. */
public sealed interface Source {

    /** A pod by its name. */
    record PodSource(String namespace, String name) implements Source {
        @Override
        public String toString() {
            return "pod/" + Names.qualified(namespace, name);
        }
    }

    /** A process on a node, with the node's own address. */
    record NodeSource(String name) implements Source {
        @Override
        public String toString() {
            return "node/" + name;
        }
    }

    /** A host of {@code externalHosts}. */
    record ExternalSource(String name) implements Source {
        @Override
        public String toString() {
            return "external/" + name;
        }
    }

    /** Every pod that a Deployment has at the flow's start. */
    record DeploymentSource(String namespace, String name) implements Source {
        @Override
        public String toString() {
            return "deployment/" + Names.qualified(namespace, name);
        }
    }
}
