package dev.podhop.k8s.controller;

import dev.podhop.k8s.ApiKind;
import dev.podhop.k8s.ManifestReader;
import dev.podhop.k8s.Node;
import dev.podhop.k8s.source.Location;
import dev.podhop.k8s.source.TreeBuilder;
import dev.podhop.k8s.source.Trees;
import dev.podhop.k8s.source.YamlNode;
import dev.podhop.k8s.source.YamlNode.Mapping;
import dev.podhop.k8s.source.YamlNode.Scalar;
import dev.podhop.k8s.source.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.List;

/** Writes what is known of a Node's health, and what follows from it. */
final class NodeTree {

    private NodeTree() {}

    /** The node with its condition Ready so. */
    static Node withReady(Node node, String status, String reason) {
        Location where = node.place();
        List<YamlNode> conditions = new ArrayList<>();
        if (node.source().get("status") instanceof Mapping old
                && old.get("conditions") instanceof Sequence known) {
            known.items().stream().filter(item -> !isReady(item)).forEach(conditions::add);
        }
        conditions.add(new TreeBuilder(where).text("type", "Ready").text("status", status)
                .text("reason", reason).build());
        return view(Trees.set(node.source(), new Sequence(where, conditions), "status",
                "conditions"));
    }

    private static boolean isReady(YamlNode condition) {
        return condition instanceof Mapping m && "Ready".equals(m.text("type"));
    }

    static Node withTaint(Node node, Node.Taint taint) {
        if (node.taints().contains(taint)) {
            return node;
        }
        Location where = node.place();
        List<YamlNode> taints = new ArrayList<>(taints(node));
        taints.add(new TreeBuilder(where).text("key", taint.key()).text("value", taint.value())
                .text("effect", taint.effect()).build());
        return view(Trees.set(node.source(), new Sequence(where, taints), "spec", "taints"));
    }

    static Node withoutTaint(Node node, Node.Taint taint) {
        if (!node.taints().contains(taint)) {
            return node;
        }
        List<YamlNode> left = taints(node).stream().filter(item -> !(item instanceof Mapping m
                && taint.key().equals(m.text("key")) && taint.effect().equals(m.text("effect"))))
                .toList();
        Mapping spec = node.source().get("spec") instanceof Mapping known ? known
                : new TreeBuilder(node.place()).build();
        Mapping changed = left.isEmpty() ? spec.without("taints")
                : spec.with("taints", new Sequence(node.place(), left));
        return view(node.source().with("spec", changed));
    }

    /** The node closed to new pods; those it has may stay. */
    static Node cordoned(Node node) {
        return view(Trees.set(node.source(),
                new Scalar(node.place(), "true", Scalar.Kind.BOOL, false), "spec",
                "unschedulable"));
    }

    private static List<YamlNode> taints(Node node) {
        return node.source().get("spec") instanceof Mapping spec
                && spec.get("taints") instanceof Sequence known ? known.items() : List.of();
    }

    private static Node view(Mapping tree) {
        return (Node) ManifestReader.view(ApiKind.NODE, tree);
    }
}
