package dev.podhop.reports.picture;

import dev.podhop.reports.picture.Cast.Group;
import dev.podhop.reports.picture.Item.Cable;
import dev.podhop.reports.picture.Item.Word;
import dev.podhop.reports.picture.Layout.Card;
import dev.podhop.reports.picture.Layout.Crowd;
import dev.podhop.reports.picture.Layout.Spot;
import dev.podhop.reports.picture.Layout.Zone;
import dev.podhop.reports.picture.Letters.Face;
import dev.podhop.reports.picture.Wiring.Space;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One arrangement: so many rows of nodes, so many pods side by side; measured, then placed. */
final class Plan {

    private static final double GAP = 14;
    /** Beside each column where a cable leads down past the first row. */
    private static final double GUTTER = 44;
    private static final double FRAME = 9;
    private static final double FRAME_TITLE = 22;
    private static final double MARGIN = 4;
    private static final double STREET = 34;
    private static final double ROW_STREET = 40;
    private static final double HOST_GAP = 18;
    private static final double LEAST = 240;
    /** How much a street, a row of pods, and a node grow where there is room. */
    private static final double STREET_MORE = 50;
    private static final double VETH_MORE = 26;
    private static final double WIDER = 1.5;

    private final Cast cast;
    private final Captions said;
    private final int rows;
    private final boolean zoned;
    private final List<Block> blocks = new ArrayList<>();
    private final List<PodFrame> hosts;
    private final @Nullable EdgeFrame edge;

    private final Map<String, Spot> spots = new LinkedHashMap<>();
    private final Map<String, String> stands = new LinkedHashMap<>();
    private final Map<String, List<Point>> bends = new LinkedHashMap<>();
    private final List<Cable> cables = new ArrayList<>();
    private final List<Zone> zones = new ArrayList<>();

    /** The cells of a zone: frames of nodes, and a tile last. */
    private record Block(Group group, int columns, List<NodeFrame> nodes,
            @Nullable TileFrame tile) {

        int cells() {
            return nodes.size() + (tile == null ? 0 : 1);
        }

        double width(int column) {
            double width = 0;
            for (int i = column; i < cells(); i += columns) {
                width = Math.max(width, cell(i));
            }
            return width;
        }

        private double cell(int i) {
            return i < nodes.size() ? nodes.get(i).width() : tile == null ? 0 : tile.width();
        }
    }

    Plan(Cast cast, Captions said, int rows, int across, boolean roomy) {
        this.cast = cast;
        this.said = said;
        this.rows = rows;
        this.zoned = cast.isZoned();
        for (Group group : cast.groups()) {
            List<NodeFrame> nodes = group.drawn().stream()
                    .map(node -> new NodeFrame(cast, node, said, across, roomy)).toList();
            TileFrame tile = group.counted().isEmpty() ? null : new TileFrame(cast, group, said);
            int cells = nodes.size() + (tile == null ? 0 : 1);
            blocks.add(new Block(group, Math.max(1, (cells + rows - 1) / rows), nodes, tile));
        }
        hosts = Composer.hosts(cast, said);
        edge = Composer.edge(cast, said);
    }

    // ------------------------------------------------------------------ measures

    private double gutter() {
        return rows > 1 ? GUTTER : 0;
    }

    private double blockLeast(Block block, double wider) {
        double width = 0;
        for (int column = 0; column < block.columns(); column++) {
            width += gutter() + block.width(column) * wider + (column > 0 ? GAP : 0);
        }
        return Math.max(width, zoned ? said(block) : 0) + (zoned ? 2 * FRAME : 0);
    }

    private String title(Block block) {
        return block.group().zone().isEmpty() ? said.words().get(block.group().drawn().isEmpty()
                && cast.nodesOf("").isEmpty() ? "zone.others" : "zone.none")
                : said.words().get("zone", block.group().zone());
    }

    private double said(Block block) {
        return Letters.width(title(block), Face.BOLD, 12) + 16;
    }

    private double nodesWidth(double wider) {
        return blocks.stream().mapToDouble(block -> blockLeast(block, wider) + GAP).sum() - GAP;
    }

    private double hostsWidth() {
        return hosts.stream().mapToDouble(host -> host.width() + HOST_GAP).sum();
    }

    double width() {
        double own = Math.max(nodesWidth(1), hostsWidth());
        return Math.max(LEAST, Math.max(own, edge == null ? 0 : edge.width())) + 2 * MARGIN;
    }

    private double hostsHeight() {
        return hosts.stream().mapToDouble(host -> host.height(host.width())).max().orElse(0);
    }

    private double row(int row, double wider, double veth) {
        double high = 0;
        for (Block block : blocks) {
            for (int column = 0; column < block.columns(); column++) {
                int cell = row * block.columns() + column;
                if (cell < block.nodes().size()) {
                    high = Math.max(high, block.nodes().get(cell)
                            .height(block.width(column) * wider, veth));
                } else if (cell < block.cells()) {
                    high = Math.max(high, TileFrame.HEIGHT);
                }
            }
        }
        return high;
    }

    private int usedRows() {
        return blocks.stream().mapToInt(block -> (block.cells() + block.columns() - 1)
                / block.columns()).max().orElse(0);
    }

    double height() {
        return height(1, NodeFrame.VETH, 0);
    }

    private double height(double wider, double veth, double more) {
        double high = 2 * MARGIN + (edge == null ? 0 : edge.height());
        high += hosts.isEmpty() ? 0 : hostsHeight() + STREET + more;
        high += blocks.isEmpty() ? 0 : STREET + more;
        for (int row = 0; row < usedRows(); row++) {
            high += row(row, wider, veth) + (row > 0 ? ROW_STREET : 0);
        }
        return high + (zoned ? FRAME + FRAME_TITLE : 0);
    }

    // ------------------------------------------------------------------ places

    /** All of it, in a ground of a size. */
    Layout place(Level level, double width, double height, double scale) {
        double inner = width - 2 * MARGIN;
        double wider = Math.clamp(inner / Math.max(1, nodesWidth(1)), 1, WIDER);
        while (wider > 1 && (nodesWidth(wider) > inner
                || height(wider, NodeFrame.VETH, 0) > height)) {
            wider = Math.max(1, wider - 0.02);
        }
        double spare = Math.max(0, height - height(wider, NodeFrame.VETH, 0));
        double veth = NodeFrame.VETH;
        while (veth < NodeFrame.VETH + VETH_MORE && height(wider, veth + 2, 0) <= height - spare
                * 0.4) {
            veth += 2;
        }
        double more = Math.clamp((height - height(wider, veth, 0)) / (hosts.isEmpty() ? 1 : 2), 0,
                STREET_MORE);
        double y = MARGIN + Math.max(0, (height - height(wider, veth, more)) / 2);
        double nodes = nodesWidth(wider);
        double hostsTop = y;
        double edgeTop = y + (hosts.isEmpty() ? 0 : hostsHeight() + STREET + more);
        double edgeBottom = edgeTop + (edge == null ? 0 : edge.height());
        double street = edgeBottom + STREET + more;
        double x = Math.max(MARGIN, (width - nodes) / 2);
        Map<String, Point> edgePorts = new HashMap<>();
        for (Block block : blocks) {
            double wide = blockLeast(block, wider);
            block(block, new Box(x, street, wide, 0), new Measures(wider, veth, edgeBottom,
                    edgePorts));
            x += wide + GAP;
        }
        hosts(width, hostsTop, edgeTop, edgePorts);
        Map<String, Card> cards = new LinkedHashMap<>();
        if (edge != null) {
            double least = Math.max(Math.max(nodes, hostsWidth()), edge.width());
            double across = Math.min(inner, Math.max(least, LEAST));
            Box box = new Box((width - across) / 2, edgeTop, across, edgeBottom - edgeTop);
            Spot spot = edge.place(box, edgePorts, cards);
            spots.put(spot.label(), spot);
        }
        return new Layout(new Box(0, 0, width, height), scale, level, spots, stands, zones, cables,
                bends, cards);
    }

    /** What all cells are placed by. */
    private record Measures(double wider, double veth, double edgeBottom,
            Map<String, Point> edgePorts) {}

    private void block(Block block, Box at, Measures by) {
        double left = at.x() + (zoned ? FRAME : 0);
        double inner = at.width() - (zoned ? 2 * FRAME : 0);
        double own = 0;
        for (int column = 0; column < block.columns(); column++) {
            own += gutter() + block.width(column) * by.wider() + (column > 0 ? GAP : 0);
        }
        left += (inner - own) / 2;
        double top = at.y() + (zoned ? FRAME : 0);
        for (int row = 0; row < usedRows(); row++) {
            double high = row(row, by.wider(), by.veth());
            double x = left;
            for (int column = 0; column < block.columns(); column++) {
                int cell = row * block.columns() + column;
                double wide = block.width(column) * by.wider();
                x += gutter();
                if (cell < block.cells()) {
                    cell(block, cell, new Box(x, top, wide, high), row, by);
                }
                x += wide + GAP;
            }
            top += high + ROW_STREET;
        }
        if (zoned) {
            zone(block, new Box(at.x(), at.y(), at.width(),
                    top - ROW_STREET + FRAME_TITLE - at.y()));
        }
    }

    private void cell(Block block, int cell, Box box, int row, Measures by) {
        TileFrame tile = block.tile();
        String label;
        if (cell < block.nodes().size()) {
            List<Spot> placed = block.nodes().get(cell).place(box, by.veth(), cables);
            placed.forEach(spot -> spots.put(spot.label(), spot));
            label = placed.getFirst().label();
            Space node = block.group().drawn().get(cell);
            cast.allPods(node).stream().filter(pod -> !spots.containsKey(pod.label()))
                    .forEach(pod -> stands.put(pod.label(), node.label()));
        } else if (tile != null) {
            label = tile.label();
            spots.put(label, tile.place(new Box(box.x(), box.y(), box.width(),
                    TileFrame.HEIGHT)));
            for (Space node : block.group().counted()) {
                stands.put(node.label(), label);
                cast.allPods(node).forEach(pod -> stands.put(pod.label(), label));
            }
        } else {
            return;
        }
        cable(label, box, row, by);
    }

    /** From the edge straight down, or down the gutter and over to the node. */
    private void cable(String label, Box box, int row, Measures by) {
        Space center = cast.edge();
        if (center == null) {
            return;
        }
        double gate = box.centerX();
        double gutter = box.x() - GUTTER / 2;
        double over = box.y() - ROW_STREET / 2;
        List<Point> corners = row == 0 ? List.of()
                : List.of(new Point(gutter, over), new Point(gate, over));
        Point port = new Point(row == 0 ? gate : gutter, by.edgeBottom());
        bends.put(label, corners);
        List<Point> line = new ArrayList<>(List.of(port));
        line.addAll(corners);
        line.add(new Point(gate, box.y()));
        cables.add(new Cable(center.label(), label, new Path(line)));
        port(label, port, by.edgePorts());
    }

    /** A port of the edge, by its device and by whom it leads to. */
    private void port(String label, Point port, Map<String, Point> ports) {
        Space center = cast.edge();
        ports.put(label, port);
        if (center != null) {
            cast.wiring().wiresOf(center.label()).stream()
                    .filter(wire -> wire.other(center.label()).equals(label)
                            || label.equals(stands.get(wire.other(center.label()))))
                    .forEach(wire -> ports.put(wire.device(center.label()), port));
        }
    }

    private void zone(Block block, Box box) {
        String label = "";
        double y = box.bottom() - FRAME_TITLE / 2;
        List<Word> words = new ArrayList<>();
        Word name = Word.at(label, title(block), Face.BOLD, 12, box.x() + 8, y, Ink.TEXT);
        words.add(name);
        List<Space> all = block.group().zone().isEmpty() ? new ArrayList<>(
                block.group().drawn()) : cast.nodesOf(block.group().zone());
        if (block.group().zone().isEmpty()) {
            all.addAll(block.group().counted());
        }
        Crowd crowd = new Crowd(all.size(), cast.countPods(all));
        Word count = Word.at(label, said.words().get("zone.count", crowd.nodes(), crowd.pods()),
                Face.PLAIN, Letters.SMALL, name.box().right() + 12, y, Ink.FAINT);
        if (count.box().right() <= box.right() - 4) {
            words.add(count);
        }
        zones.add(new Zone(block.group().zone(), box, words, crowd));
    }

    private void hosts(double width, double top, double edgeTop, Map<String, Point> edgePorts) {
        double x = (width - hostsWidth() + HOST_GAP) / 2;
        double high = hostsHeight();
        for (int i = 0; i < hosts.size(); i++) {
            PodFrame frame = hosts.get(i);
            Space host = cast.outside().get(i);
            double own = frame.height(frame.width());
            Spot spot = frame.spot(host.label(), new Box(x, top + high - own, frame.width(), own),
                    true);
            spots.put(host.label(), spot);
            x += frame.width() + HOST_GAP;
            Space center = cast.edge();
            if (center != null) {
                Point port = new Point(spot.box().centerX(), edgeTop);
                cables.add(new Cable(host.label(), center.label(),
                        new Path(List.of(new Point(port.x(), spot.box().bottom()), port))));
                port(host.label(), port, edgePorts);
            }
        }
    }
}
