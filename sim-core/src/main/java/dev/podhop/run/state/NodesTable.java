package dev.podhop.run.state;

import dev.podhop.k8s.Condition;
import dev.podhop.k8s.Node;
import dev.podhop.k8s.Node.NodeAddress;
import dev.podhop.k8s.schema.ObjectReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Nodes in the columns of {@code kubectl get nodes} ({@code printNode}). A node of which a file
 * says no condition is one that works: its kubelet would report it ready.
 */
final class NodesTable {

    private static final String ROLE_PREFIX = "node-role.kubernetes.io/";
    private static final String ROLE = "kubernetes.io/role";
    private static final String UNKNOWN = "<unknown>";

    private NodesTable() {}

    /** @param wide {@code -o wide} */
    static Table of(List<Node> nodes, boolean wide) {
        List<String> columns =
                new ArrayList<>(List.of("NAME", "STATUS", "ROLES", "AGE", "VERSION"));
        if (wide) {
            columns.addAll(List.of("INTERNAL-IP", "EXTERNAL-IP", "OS-IMAGE", "KERNEL-VERSION",
                    "CONTAINER-RUNTIME"));
        }
        return new Table(columns,
                KubectlTables.sorted(nodes).map(node -> row(node, wide)).toList());
    }

    private static List<String> row(Node node, boolean wide) {
        ObjectReader info = new ObjectReader(node.source()).object("status").object("nodeInfo");
        List<String> row = new ArrayList<>(List.of(node.metadata().name(), status(node),
                KubectlTables.orNone(String.join(",", roles(node.metadata().labels()))),
                KubectlTables.AGE, info.text("kubeletVersion")));
        if (wide) {
            row.addAll(List.of(address(node, "InternalIP"), address(node, "ExternalIP")));
            Stream.of("osImage", "kernelVersion", "containerRuntimeVersion").map(info::text)
                    .map(text -> text.isEmpty() ? UNKNOWN : text).forEach(row::add);
        }
        return row;
    }

    private static String status(Node node) {
        boolean said = node.conditions().stream().map(Condition::type).anyMatch("Ready"::equals);
        String ready = node.isReady() ? "Ready" : "NotReady";
        return (said || node.conditions().isEmpty() ? ready : "Unknown")
                + (node.unschedulable() ? ",SchedulingDisabled" : "");
    }

    /** {@code findNodeRoles}. */
    private static TreeSet<String> roles(Map<String, String> labels) {
        TreeSet<String> roles = new TreeSet<>();
        labels.forEach((key, value) -> {
            if (key.startsWith(ROLE_PREFIX)) {
                roles.add(key.substring(ROLE_PREFIX.length()));
            } else if (key.equals(ROLE)) {
                roles.add(value);
            }
        });
        roles.remove("");
        return roles;
    }

    private static String address(Node node, String type) {
        return node.addresses().stream().filter(a -> a.type().equals(type))
                .map(NodeAddress::address).findFirst().orElse(KubectlTables.NONE);
    }
}
