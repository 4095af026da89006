package dev.podhop.scenario.load;

import dev.podhop.k8s.ApiKind;
import dev.podhop.k8s.ApiObject;
import dev.podhop.k8s.Manifests;
import dev.podhop.k8s.Node;
import dev.podhop.k8s.source.Location;
import dev.podhop.k8s.source.YamlNode;
import dev.podhop.k8s.source.YamlNode.Mapping;
import dev.podhop.k8s.source.YamlNode.Scalar;
import dev.podhop.k8s.source.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a file needs beside what it holds to be a cluster: nodes for its pods, pods for its
 * endpoints. The dump of a namespace has neither, nor have a newcomer's manifests.
 *
 * @param manifests with what was made
 * @param assumptions a line each, {@code nodes: NAME at ADDRESS (why)}
 * @param warnings of nodes that are there and have no address, a line each
 */
record Completion(Manifests manifests, List<String> assumptions, List<String> warnings) {

    /** How many of a kind a line names. */
    private static final int NAMED = 5;

    Completion {
        assumptions = List.copyOf(assumptions);
        warnings = List.copyOf(warnings);
    }

    static Completion of(Manifests read, String file) {
        List<String> assumptions = new ArrayList<>();
        List<String> pods = new ArrayList<>();
        List<ApiObject> objects = MadePods.with(read.objects(), pods);
        if (!pods.isEmpty()) {
            assumptions.add("pods: " + some(pods) + ", on the ports of their endpoints (slices name"
                    + " them, and they are not in the file)");
        }
        MadeNodes.Made nodes = MadeNodes.with(objects, !laterNodes(read.own()),
                Location.beside(file));
        if (!nodes.names().isEmpty()) {
            assumptions.add("nodes: " + some(nodes.names()) + " (" + nodes.why() + ")");
        }
        return new Completion(read.withObjects(nodes.objects()), assumptions,
                warnings(nodes.objects()));
    }

    /** The first few of many. */
    static String some(List<String> names) {
        return String.join("; ", names.subList(0, Math.min(names.size(), NAMED)))
                + (names.size() > NAMED ? "; and " + (names.size() - NAMED) + " more" : "");
    }

    /** Whether a timeline brings nodes of its own. */
    private static boolean laterNodes(List<Mapping> own) {
        return own.stream().anyMatch(Completion::hasNode);
    }

    private static boolean hasNode(YamlNode node) {
        return switch (node) {
            case Mapping mapping -> ApiKind.NODE.kind().equals(mapping.text("kind"))
                    || mapping.entries().stream().anyMatch(entry -> hasNode(entry.value()));
            case Sequence sequence -> sequence.items().stream().anyMatch(Completion::hasNode);
            case Scalar scalar -> false;
        };
    }

    /** A node that is not initialised yet, or only pretended, has no address. */
    private static List<String> warnings(List<ApiObject> objects) {
        List<String> warnings = new ArrayList<>();
        List<String> without = nodes(objects).filter(node -> node.ownAddresses().isEmpty())
                .map(node -> node.key().toString()).toList();
        if (!without.isEmpty()) {
            warnings.add("no address in the status of " + some(without)
                    + ": kept, but without a network");
        }
        List<String> external = nodes(objects).filter(node -> !node.ownAddresses().isEmpty()
                && node.addresses().stream().noneMatch(a -> a.type().equals("InternalIP")))
                .map(node -> node.key() + " (" + node.ownAddresses().getFirst() + ")").toList();
        if (!external.isEmpty()) {
            warnings.add("no InternalIP in the status of " + some(external)
                    + ": goes by its ExternalIP, as kubelet has it");
        }
        return warnings;
    }

    private static Stream<Node> nodes(List<ApiObject> objects) {
        return objects.stream().filter(Node.class::isInstance).map(Node.class::cast);
    }
}
