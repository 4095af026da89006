package dev.podhop.viz.topology;

import dev.podhop.viz.recording.Wiring;
import dev.podhop.viz.recording.Wiring.Space;
import dev.podhop.viz.topology.Cast.Group;
import dev.podhop.viz.topology.Layout.Crowd;
import dev.podhop.viz.topology.Layout.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Gives everything its place: the outside and the edge above, nodes below in rows, by zone. Depends
 * on the cluster's structure, on who is drawn in full and on the pane's size only: the same in
 * every run.
 */
final class LayoutBuilder {

    static final double POD_STREET = 46;
    private static final double GAP = 12;
    private static final double GUTTER = 44;
    private static final double FRAME = 9;
    private static final double FRAME_TITLE = 24;
    private static final double TILE_WIDTH = 178;
    private static final double TILE_HEIGHT = 44;
    private static final int MOST_ROWS = 4;
    /** Of the room that is there, how much larger things grow for it; the rest is air. */
    private static final double GROWTH = 0.72;
    private static final double LARGEST = 2.2;
    private static final int HALVINGS = 16;

    private final Wiring wiring;
    private final Cast cast;
    private final boolean zoned;
    private final Map<String, Shape> shapes = new LinkedHashMap<>();
    private final Map<String, String> stands = new LinkedHashMap<>();
    private final Map<String, List<Point>> bends = new LinkedHashMap<>();
    private final List<Layout.Zone> zones = new ArrayList<>();

    LayoutBuilder(Wiring wiring, Cast cast) {
        this.wiring = wiring;
        this.cast = cast;
        this.zoned = cast.isZoned();
    }

    /** For a pane of this many pixels. */
    Layout build(double paneWidth, double paneHeight) {
        int rows = 1;
        double best = 0;
        for (int each = 1; each <= MOST_ROWS; each++) {
            double fit = Math.min(1, room(each, paneWidth, paneHeight));
            if (fit > best + 0.01) {
                best = fit;
                rows = each;
            }
        }
        double room = room(rows, paneWidth, paneHeight);
        double scale = room < 1 ? room : Math.clamp(room * GROWTH, 1, LARGEST);
        return place(rows, paneWidth / scale, paneHeight / scale, scale);
    }

    /** How many times what is needed at least fits into the pane. */
    private double room(int rows, double width, double height) {
        double least = leastWidth(rows);
        // Where the width decides, boxes come out narrow, and what is narrow needs more height.
        boolean narrow = isNarrow(rows, Math.max(least, width));
        return Math.min(width / least, height / heightOf(rows, Heights.least(narrow,
                hasBalancers())));
    }

    private boolean hasBalancers() {
        return !wiring.balancers().isEmpty();
    }

    private static int columns(Group group, int rows) {
        return (group.drawn().size() + rows - 1) / rows;
    }

    private double nodeLeast(Group group) {
        return group.drawn().stream()
                .mapToDouble(node -> NodeBuilder.leastWidth(cast.pods(node).size())).max()
                .orElse(0);
    }

    private double gap(int rows) {
        return rows > 1 ? GUTTER : GAP;
    }

    private double groupLeast(Group group, int rows) {
        int columns = columns(group, rows);
        double nodes = columns * (nodeLeast(group) + gap(rows)) - gap(rows);
        return Math.max(nodes, group.counted().isEmpty() ? 0 : TILE_WIDTH)
                + (zoned ? 2 * FRAME : 0);
    }

    private double leastWidth(int rows) {
        double all = cast.groups().stream().mapToDouble(g -> groupLeast(g, rows) + GAP).sum() - GAP;
        return Math.max(all, 420);
    }

    private double wider(int rows, double width) {
        int nodes = cast.groups().stream().mapToInt(group -> columns(group, rows)).sum();
        return Math.max(0, width - leastWidth(rows)) / Math.max(1, nodes);
    }

    private boolean isNarrow(int rows, double width) {
        return cast.groups().stream().filter(group -> !group.drawn().isEmpty())
                .anyMatch(group -> nodeLeast(group) + wider(rows, width) < NodeBuilder.WIDE);
    }

    private int podRows() {
        return cast.groups().stream().flatMap(group -> group.drawn().stream())
                .mapToInt(node -> NodeBuilder.podRows(cast.pods(node).size())).max().orElse(1);
    }

    private double heightOf(int rows, Heights heights) {
        double nodes = rows * (heights.node(podRows()) + GAP) - GAP;
        boolean crowd = cast.groups().stream().anyMatch(group -> !group.counted().isEmpty());
        return top(heights) + heights.edge() + heights.street() + nodes
                + (zoned ? FRAME_TITLE + FRAME : 0) + (crowd ? TILE_HEIGHT + GAP : 0);
    }

    private double top(Heights heights) {
        return cast.outside().isEmpty() ? 0
                : Heights.POD + Math.max(POD_STREET,
                        heights.street() * 0.8);
    }

    /** All of the room to spare; found by halving, for some heights count more than once. */
    private Heights grown(int rows, Heights least, double height) {
        double fits = 0;
        double tooMuch = Math.max(0, height - heightOf(rows, least)) + 1;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (fits + tooMuch) / 2;
            if (heightOf(rows, least.with(middle)) <= height) {
                fits = middle;
            } else {
                tooMuch = middle;
            }
        }
        return least.with(fits);
    }

    private Layout place(int rows, double width, double height, double scale) {
        Heights least = Heights.least(isNarrow(rows, width), hasBalancers());
        Heights heights = grown(rows, least, height);
        double wide = Math.min(wider(rows, width), NodeBuilder.MOST_WIDER);
        double nodesTop = top(heights) + heights.edge() + heights.street();
        double all = cast.groups().stream()
                .mapToDouble(g -> groupLeast(g, rows) + wide * columns(g, rows) + GAP).sum() - GAP;
        double x = Math.max(0, (width - all) / 2);
        double bottom = nodesTop;
        for (Group group : cast.groups()) {
            double groupWidth = groupLeast(group, rows) + wide * columns(group, rows);
            Box box = new Box(x, nodesTop, groupWidth, 0);
            bottom = Math.max(bottom, group(group, rows, box, heights));
            x += groupWidth + GAP;
        }
        frames(nodesTop, bottom);
        EdgeBuilder edge = new EdgeBuilder(wiring, cast, shapes, stands, bends);
        edge.outsiders(width);
        double from = Math.max(0, (width - Math.max(all, 420)) / 2);
        Map<String, Layout.Balancer> balancers =
                edge.edge(new Box(from, top(heights), width - 2 * from, heights.edge()));
        return new Layout(new Box(0, 0, width, bottom), scale, shapes, stands, zones,
                edge.wires(), bends, balancers);
    }

    /** A zone's nodes in rows, and below them the tile of those that are only counted. */
    private double group(Group group, int rows, Box at, Heights heights) {
        double left = at.x() + (zoned ? FRAME : 0);
        double inner = at.width() - (zoned ? 2 * FRAME : 0);
        double y = at.y() + (zoned ? FRAME : 0);
        int columns = columns(group, rows);
        double nodeWidth = columns == 0 ? 0
                : (inner + gap(rows)) / columns - gap(rows);
        for (int i = 0; i < group.drawn().size(); i++) {
            Space node = group.drawn().get(i);
            int row = i / columns;
            Box box = new Box(left + i % columns * (nodeWidth + gap(rows)),
                    y + row * (heights.node(podRows()) + GAP), nodeWidth,
                    heights.node(podRows()));
            NodeBuilder.Built built = new NodeBuilder(wiring, heights).build(node,
                    cast.pods(node), cast.hiddenPods(node).size(), box);
            built.shapes().forEach(shape -> shapes.put(shape.label(), shape));
            cast.hiddenPods(node).forEach(pod -> stands.put(pod.label(), node.label()));
            if (row > 0) {
                // Down the gutter, and over the node to its port.
                double gutter = box.x() - gap(rows) / 2;
                bends.put(node.label(), List.of(new Point(gutter, at.y() - 4),
                        new Point(gutter, box.y() - GAP / 2),
                        new Point(built.port(), box.y() - GAP / 2)));
            }
        }
        double bottom = y + (columns == 0 ? 0
                : (group.drawn().size() + columns - 1) / columns
                        * (heights.node(podRows()) + GAP) - GAP);
        if (!group.counted().isEmpty()) {
            double top = bottom + (columns == 0 ? 0 : GAP);
            tile(group, new Box(left, top, inner, TILE_HEIGHT));
            bottom = top + TILE_HEIGHT;
        }
        if (zoned) {
            List<Space> all = new ArrayList<>(group.drawn());
            all.addAll(group.counted());
            zones.add(new Layout.Zone(group.zone(), new Box(at.x(), at.y(), at.width(), 0),
                    new Crowd(all.size(), cast.countPods(all))));
        }
        return bottom + (zoned ? FRAME_TITLE : 0);
    }

    private void tile(Group group, Box box) {
        String label = "zone/" + group.zone();
        shapes.put(label, new Shape(label, Layout.Kind.TILE, group.zone(), "", "", box, null, null,
                "", null, Map.of("eth0", new Point(box.centerX(), box.y())),
                new Crowd(group.counted().size(), cast.countPods(group.counted()))));
        for (Space node : group.counted()) {
            stands.put(node.label(), label);
            cast.allPods(node).forEach(pod -> stands.put(pod.label(), label));
        }
    }

    /** All frames reach down as far as the lowest. */
    private void frames(double top, double bottom) {
        zones.replaceAll(zone -> new Layout.Zone(zone.name(), new Box(zone.box().x(), top,
                zone.box().width(), bottom - top), zone.all()));
    }
}
