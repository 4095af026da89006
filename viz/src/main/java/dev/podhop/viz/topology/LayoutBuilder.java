package dev.podhop.viz.topology;

import dev.podhop.viz.recording.Wiring;
import dev.podhop.viz.recording.Wiring.Device;
import dev.podhop.viz.recording.Wiring.Kind;
import dev.podhop.viz.recording.Wiring.Space;
import dev.podhop.viz.topology.Layout.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Gives everything its place: the outside and the edge above, nodes in rows below, a node's pods in
 * its lower half. Depends on the cluster's structure only, in the order in which the file has it:
 * the
 * same in every run.
 */
final class LayoutBuilder {

    private static final double GAP = 26;
    private static final double NODE_MIN = 296;
    private static final double POD_WIDTH = 126;
    private static final double POD_HEIGHT = 54;
    private static final double POD_GAP = 14;
    private static final double EDGE_HEIGHT = 118;
    private static final double STREET = 76;
    private static final double TITLE = 30;
    private static final double KERNEL = 78;
    private static final double NOTES = 50;
    private static final double BRIDGE = 22;
    private static final double VETH = 56;
    private static final double TILE_WIDTH = 92;
    private static final double TILE_HEIGHT = 30;
    /** With more nodes than this, those without a pod that packets visited become tiles. */
    private static final int MOST_NODES = 6;
    private static final int MOST_DETAILED = 12;
    private static final int NODES_A_ROW = 6;
    private static final int PODS_A_ROW = 4;

    private final Wiring wiring;
    private final Map<String, Shape> shapes = new LinkedHashMap<>();
    private final Map<String, List<Space>> podsOf = new HashMap<>();

    LayoutBuilder(Wiring wiring) {
        this.wiring = wiring;
    }

    Layout build() {
        List<Space> nodes = new ArrayList<>();
        List<Space> tiles = new ArrayList<>();
        List<Space> outside = new ArrayList<>();
        Space edge = null;
        List<Space> all = wiring.spaces();
        long nodeCount = all.stream().filter(each -> each.kind() == Kind.NODE).count();
        for (Space each : all) {
            switch (each.kind()) {
                case POD -> podsOf.computeIfAbsent(each.node(), n -> new ArrayList<>()).add(each);
                case EXTERNAL -> outside.add(each);
                case EDGE -> edge = each;
                case NODE -> (nodeCount <= MOST_NODES || nodes.size() < MOST_DETAILED
                        && matters(each) ? nodes : tiles).add(each);
            }
        }
        double width = Math.max(rows(nodes), 420);
        double top = outside.isEmpty() ? 0 : outsiders(outside, width);
        double nodesTop = top + EDGE_HEIGHT + STREET;
        double bottom = nodes(nodes, nodesTop, width);
        bottom = tiles(tiles, bottom + GAP, width);
        Map<String, Layout.Balancer> balancers = new LinkedHashMap<>();
        if (edge != null) {
            edge(edge, top, width, balancers);
        }
        return new Layout(new Box(0, 0, width, bottom), shapes, wires(), balancers, tiles.size());
    }

    /** Where somebody calls or is called; nodes that packets only crossed are many in a crowd. */
    private boolean matters(Space node) {
        return wiring.spaces().stream().anyMatch(each -> each.kind() == Kind.POD
                && each.node().equals(node.name()) && wiring.visited(each.label()));
    }

    private double rows(List<Space> nodes) {
        double widest = 0;
        double row = 0;
        for (int i = 0; i < nodes.size(); i++) {
            row = i % NODES_A_ROW == 0 ? nodeWidth(nodes.get(i))
                    : row + GAP + nodeWidth(nodes.get(i));
            widest = Math.max(widest, row);
        }
        return widest;
    }

    private List<Space> pods(Space node) {
        List<Space> pods = podsOf.getOrDefault(node.name(), List.of());
        // In a crowd, the pods that packets visited are the ones to see.
        return pods.size() <= 2 * PODS_A_ROW ? pods
                : pods.stream().filter(pod -> wiring.visited(pod.label())).toList();
    }

    private double nodeWidth(Space node) {
        int across = Math.min(pods(node).size(), PODS_A_ROW);
        return Math.max(NODE_MIN, across * (POD_WIDTH + POD_GAP) + POD_GAP);
    }

    private double outsiders(List<Space> outside, double width) {
        double each = POD_WIDTH + 30;
        double x = Math.max(0, (width - outside.size() * (each + GAP) + GAP) / 2);
        for (Space host : outside) {
            Box box = new Box(x, 0, each, POD_HEIGHT);
            Map<String, Point> ports = new HashMap<>();
            host.devices().forEach(
                    d -> ports.put(d.name(), new Point(box.centerX(), box.bottom())));
            shapes.put(host.label(), new Shape(host.label(), Layout.Kind.EXTERNAL, host.name(),
                    first(host), box, null, null, "", null, ports));
            x += each + GAP;
        }
        return POD_HEIGHT + STREET * 0.7;
    }

    private double nodes(List<Space> nodes, double top, double width) {
        double y = top;
        for (int row = 0; row * NODES_A_ROW < nodes.size(); row++) {
            List<Space> these = nodes.subList(row * NODES_A_ROW,
                    Math.min(nodes.size(), (row + 1) * NODES_A_ROW));
            double taken = these.stream().mapToDouble(n -> nodeWidth(n) + GAP).sum() - GAP;
            double x = (width - taken) / 2;
            double tallest = these.stream()
                    .mapToDouble(n -> nodeHeight(podRows(pods(n).size()))).max().orElse(0);
            for (Space node : these) {
                node(node, new Box(x, y, nodeWidth(node), tallest));
                x += nodeWidth(node) + GAP;
            }
            y += tallest + GAP;
        }
        return y - GAP;
    }

    private static int podRows(int pods) {
        return Math.max(1, (pods + PODS_A_ROW - 1) / PODS_A_ROW);
    }

    private static double nodeHeight(int podRows) {
        return TITLE + KERNEL + NOTES + BRIDGE + podRows * (VETH + POD_HEIGHT) + 48;
    }

    private void node(Space node, Box box) {
        Box kernel = new Box(box.x() + 12, box.y() + TITLE, box.width() - 24, KERNEL);
        Box notes = new Box(box.x() + 12, kernel.bottom(), box.width() - 24, NOTES);
        Box bar = new Box(box.x() + 12, notes.bottom(), box.width() - 24, BRIDGE);
        String bridge = node.devices().stream().filter(Device::isBridge).map(Device::name)
                .findFirst().orElse("");
        Map<String, Point> ports = new HashMap<>();
        for (Device device : node.devices()) {
            if (!device.isBridge()) {
                ports.put(device.name(), new Point(box.centerX(), box.y()));
            }
        }
        double veths = bridge.isEmpty() ? kernel.bottom() : bar.bottom();
        List<Space> pods = pods(node);
        for (int i = 0; i < pods.size(); i++) {
            int row = i / PODS_A_ROW;
            int across = Math.min(PODS_A_ROW, pods.size() - row * PODS_A_ROW);
            double step = (box.width() - 24) / across;
            double center = box.x() + 12 + step * (i % PODS_A_ROW + 0.5);
            double top = bar.bottom() + VETH + row * (POD_HEIGHT + VETH);
            pod(pods.get(i), new Box(center - POD_WIDTH / 2, top, POD_WIDTH, POD_HEIGHT));
            for (Wiring.Wire wire : wiring.graph().getAllEdges(node.label(),
                    pods.get(i).label())) {
                boolean here = wire.a().equals(node.label());
                ports.put(here ? wire.deviceA() : wire.deviceB(), new Point(center, veths));
            }
        }
        String address = bridgeAddress(node, bridge);
        shapes.put(node.label(), new Shape(node.label(), Layout.Kind.NODE, node.name(),
                outerAddress(node), box, kernel, bridge.isEmpty() ? null : bar,
                (bridge + " " + address).strip(), notes, ports));
    }

    private static String outerAddress(Space node) {
        return node.devices().stream().filter(d -> !d.isBridge() && d.bridge() == null)
                .flatMap(d -> d.addresses().stream()).findFirst().orElse(first(node));
    }

    private static String bridgeAddress(Space node, String bridge) {
        return node.devices().stream().filter(d -> d.name().equals(bridge))
                .flatMap(d -> d.addresses().stream()).findFirst().orElse("");
    }

    private void pod(Space pod, Box box) {
        Map<String, Point> ports = new HashMap<>();
        pod.devices().forEach(d -> ports.put(d.name(), new Point(box.centerX(), box.y())));
        ports.putIfAbsent("eth0", new Point(box.centerX(), box.y()));
        shapes.put(pod.label(), new Shape(pod.label(), Layout.Kind.POD, pod.name(), first(pod),
                box, null, null, "", null, ports));
    }

    private static String first(Space space) {
        return space.addresses().isEmpty() ? "" : space.addresses().getFirst();
    }

    private double tiles(List<Space> tiles, double top, double width) {
        if (tiles.isEmpty()) {
            return top - GAP;
        }
        int across = Math.max(1, (int) (width / (TILE_WIDTH + 6)));
        for (int i = 0; i < tiles.size(); i++) {
            Box box = new Box(i % across * (TILE_WIDTH + 6),
                    top + 20 + i / across * (TILE_HEIGHT + 6), TILE_WIDTH, TILE_HEIGHT);
            Space node = tiles.get(i);
            shapes.put(node.label(), new Shape(node.label(), Layout.Kind.TILE, node.name(), "",
                    box, null, null, "", null,
                    Map.of("eth0", new Point(box.centerX(), box.y()))));
        }
        return top + 20 + ((tiles.size() - 1) / across + 1) * (TILE_HEIGHT + 6);
    }

    private void edge(Space edge, double top, double width,
            Map<String, Layout.Balancer> balancers) {
        Box box = new Box(0, top, width, EDGE_HEIGHT);
        Map<String, Point> ports = new HashMap<>();
        for (Wiring.Wire wire : wiring.graph().edgesOf(edge.label())) {
            boolean here = wire.a().equals(edge.label());
            Shape peer = shapes.get(here ? wire.b() : wire.a());
            if (peer != null) {
                boolean above = peer.kind() == Layout.Kind.EXTERNAL;
                ports.put(here ? wire.deviceA() : wire.deviceB(),
                        new Point(peer.box().centerX(), above ? box.y() : box.bottom()));
            }
        }
        List<Wiring.Balancer> listeners = wiring.balancers();
        int shown = Math.min(listeners.size(), Math.max(1, (int) (width / 190)));
        double step = width / Math.max(1, shown);
        for (int i = 0; i < shown; i++) {
            Wiring.Balancer each = listeners.get(i);
            double center = step * (i + 0.5);
            balancers.putIfAbsent(each.name(), new Layout.Balancer(each.name(), each.address(),
                    new Box(center - 88, top + 24, 176, 42)));
        }
        Box notes = new Box(12, top + EDGE_HEIGHT - 46, width - 24, 42);
        shapes.put(edge.label(), new Shape(edge.label(), Layout.Kind.EDGE, edge.name(), "", box,
                null, null, "", notes, ports));
    }

    private List<Layout.Wire> wires() {
        List<Layout.Wire> wires = new ArrayList<>();
        for (Wiring.Wire wire : wiring.graph().edgeSet()) {
            Shape a = shapes.get(wire.a());
            Shape b = shapes.get(wire.b());
            if (a == null || b == null) {
                continue;
            }
            Point from = a.ports().get(wire.deviceA());
            Point to = b.ports().get(wire.deviceB());
            boolean small = a.kind() == Layout.Kind.TILE || b.kind() == Layout.Kind.TILE;
            if (from != null && to != null && !small) {
                wires.add(new Layout.Wire(wire.a(), wire.deviceA(), from, wire.b(),
                        wire.deviceB(), to));
            }
        }
        return wires;
    }
}
