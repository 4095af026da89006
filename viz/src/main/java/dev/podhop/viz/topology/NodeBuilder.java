package dev.podhop.viz.topology;

import dev.podhop.viz.recording.Wiring;
import dev.podhop.viz.recording.Wiring.Device;
import dev.podhop.viz.recording.Wiring.Space;
import dev.podhop.viz.topology.Layout.Crowd;
import dev.podhop.viz.topology.Layout.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A node from its title down to its pods. */
final class NodeBuilder {

    /** From this width on a translation fits one line. */
    static final double WIDE = 279;
    /** A node does not grow without end. */
    static final double MOST_WIDER = 220;
    private static final double LEAST = 198;
    private static final double POD_LEAST = 92;
    private static final double POD_MOST = 150;
    private static final double POD_GAP = 7;
    private static final double INSET = 6;
    private static final int PODS_A_ROW = 4;
    /** The port stands right of the middle: the title is left of it. */
    private static final double PORT = 0.54;

    private final Wiring wiring;
    private final Heights heights;

    /** What came of it: the node first, and where its port to the wire is. */
    record Built(List<Shape> shapes, double port) {}

    NodeBuilder(Wiring wiring, Heights heights) {
        this.wiring = wiring;
        this.heights = heights;
    }

    static int podRows(int pods) {
        return Math.max(1, (pods + PODS_A_ROW - 1) / PODS_A_ROW);
    }

    static double leastWidth(int pods) {
        int across = Math.min(pods, PODS_A_ROW);
        return Math.max(LEAST, across * (POD_LEAST + POD_GAP) - POD_GAP + 2 * INSET);
    }

    Built build(Space node, List<Space> pods, int hiddenPods, Box box) {
        Box kernel = new Box(box.x() + INSET, box.y() + Heights.TITLE, box.width() - 2 * INSET,
                heights.kernel());
        Box notes = new Box(kernel.x(), kernel.bottom(), kernel.width(), heights.notes());
        Box bar = new Box(kernel.x(), notes.bottom(), kernel.width(), Heights.BRIDGE);
        String bridge = node.devices().stream().filter(Device::isBridge).map(Device::name)
                .findFirst().orElse("");
        double port = box.x() + box.width() * PORT;
        Map<String, Point> ports = new HashMap<>();
        for (Device device : node.devices()) {
            if (!device.isBridge()) {
                ports.put(device.name(), new Point(port, box.y()));
            }
        }
        double veths = bridge.isEmpty() ? kernel.bottom() : bar.bottom();
        List<Shape> shapes = new ArrayList<>();
        for (int i = 0; i < pods.size(); i++) {
            Shape pod = pod(pods.get(i), node, card(i, pods.size(), bar));
            shapes.add(pod);
            for (Wiring.Wire wire : wiring.graph().getAllEdges(node.label(), pod.label())) {
                boolean here = wire.a().equals(node.label());
                ports.put(here ? wire.deviceA() : wire.deviceB(),
                        new Point(pod.box().centerX(), veths));
            }
        }
        shapes.addFirst(new Shape(node.label(), Layout.Kind.NODE, node.name(),
                outerAddress(node), node.label(), box, kernel, bridge.isEmpty() ? null : bar,
                (bridge + " " + bridgeAddress(node, bridge)).strip(), notes, ports,
                new Crowd(0, hiddenPods)));
        return new Built(shapes, port);
    }

    private Box card(int number, int pods, Box bar) {
        int row = number / PODS_A_ROW;
        int across = Math.min(PODS_A_ROW, pods - row * PODS_A_ROW);
        double step = (bar.width() + POD_GAP) / across;
        double width = Math.min(POD_MOST, step - POD_GAP);
        double center = bar.x() + step * (number % PODS_A_ROW) + (step - POD_GAP) / 2;
        double top = bar.bottom() + heights.veth() + row * (Heights.POD + heights.veth());
        return new Box(center - width / 2, top, width, Heights.POD);
    }

    private static Shape pod(Space pod, Space node, Box box) {
        Map<String, Point> ports = new HashMap<>();
        Point top = new Point(box.centerX(), box.y());
        pod.devices().forEach(device -> ports.put(device.name(), top));
        ports.putIfAbsent("eth0", top);
        return new Shape(pod.label(), Layout.Kind.POD, pod.name(), first(pod), node.label(), box,
                null, null, "", null, ports, Crowd.NOBODY);
    }

    private static String outerAddress(Space node) {
        return node.devices().stream().filter(d -> !d.isBridge() && d.bridge() == null)
                .flatMap(d -> d.addresses().stream()).findFirst().orElse(first(node));
    }

    private static String bridgeAddress(Space node, String bridge) {
        return node.devices().stream().filter(d -> d.name().equals(bridge))
                .flatMap(d -> d.addresses().stream()).findFirst().orElse("");
    }

    static String first(Space space) {
        return space.addresses().isEmpty() ? "" : space.addresses().getFirst();
    }
}
