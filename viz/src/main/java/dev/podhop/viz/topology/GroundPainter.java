package dev.podhop.viz.topology;

import dev.podhop.viz.style.Fonts;
import dev.podhop.viz.style.Palette;
import dev.podhop.viz.topology.Layout.Shape;
import java.util.EnumSet;
import java.util.Set;
import javafx.scene.text.Font;

/** Paints what stands still: zones, places, devices, wires. */
final class GroundPainter {

    private final Pen pen;
    private final Palette palette;
    private final PlatePainter plates;

    GroundPainter(Pen pen) {
        this.pen = pen;
        this.palette = pen.palette();
        this.plates = new PlatePainter(pen);
    }

    void paint(Layout layout) {
        layout.zones().forEach(this::zone);
        paint(layout, EnumSet.of(Layout.Kind.NODE, Layout.Kind.EDGE, Layout.Kind.TILE));
        for (Layout.Wire wire : layout.wires()) {
            pen.gc().setStroke(palette.line());
            pen.gc().setLineWidth(1.6);
            pen.gc().strokePolyline(wire.line().stream().mapToDouble(Point::x).toArray(),
                    wire.line().stream().mapToDouble(Point::y).toArray(), wire.line().size());
        }
        paint(layout, EnumSet.of(Layout.Kind.POD, Layout.Kind.EXTERNAL));
        layout.balancers().values().forEach(plates::balancer);
        for (Layout.Wire wire : layout.wires()) {
            device(wire.line().getFirst());
            device(wire.line().getLast());
        }
    }

    private void paint(Layout layout, Set<Layout.Kind> kinds) {
        layout.shapes().values().stream().filter(shape -> kinds.contains(shape.kind()))
                .forEach(shape -> {
                    switch (shape.kind()) {
                        case NODE -> node(shape);
                        case EDGE -> edge(shape);
                        case POD, EXTERNAL -> host(shape);
                        case TILE -> tile(shape);
                    }
                });
    }

    private void zone(Layout.Zone zone) {
        Box at = zone.box();
        pen.gc().setLineDashes(2, 4);
        pen.box(at, palette.ground().interpolate(palette.raised(), 0.7), palette.faint(), 12);
        pen.gc().setLineDashes();
        String name = zone.name().isEmpty() ? pen.words().get("ground.no-zone")
                : pen.words().get("ground.zone", zone.name());
        Font bold = Fonts.inWords(pen.words(), 12);
        Font small = Fonts.inWords(pen.words(), Pen.SMALL);
        double used = Fonts.width(name, bold) + 24;
        // At the foot: the wires come in above.
        double y = at.bottom() - 12;
        pen.text(name, at.x() + 12, y, at.width() - 20, bold, palette.text());
        pen.text(pen.words().get("ground.count", zone.all().nodes(), zone.all().pods()),
                at.x() + used, y, at.width() - used - 8, small, palette.faint());
    }

    private void node(Shape node) {
        pen.box(node.box(), palette.surface(), palette.line(), 10);
        Box at = node.box();
        double gate = NodeWay.hooks(node).gateX();
        double left = gate - at.x() - 32;
        pen.text(node.title(), at.x() + 9, at.y() + 11, left, Fonts.bold(13), palette.text());
        pen.text(node.subtitle(), at.x() + 9, at.y() + 23.5, left, Fonts.mono(Pen.SMALL),
                palette.faint());
        pen.text("eth0", gate + 28, at.y() + 11, at.right() - gate - 30, Fonts.mono(Pen.SMALL),
                palette.faint());
        if (node.crowd().pods() > 0) {
            pen.text(pen.words().get("ground.pods", node.crowd().pods()), gate + 28, at.y() + 23.5,
                    at.right() - gate - 30, Fonts.inWords(pen.words(), Pen.SMALL),
                    palette.faint());
        }
        Box kernel = node.kernel();
        if (kernel != null) {
            pen.box(kernel, palette.raised(), palette.raised(), 6);
        }
        if (node.bridge() != null) {
            pen.box(node.bridge(), palette.raised(), palette.line(), 5);
        }
        plates.plates(node);
    }

    private void edge(Shape edge) {
        pen.box(edge.box(), palette.surface(), palette.line(), 10);
        pen.text(pen.words().get("ground.edge"), edge.box().x() + 12, edge.box().y() + 15, 90,
                Fonts.inWords(pen.words(), 13), palette.text());
    }

    private void host(Shape host) {
        pen.box(host.box(), palette.raised(), palette.line(), 8);
        Box at = host.box();
        // A host outside has its port below, a pod above.
        double down = host.kind() == Layout.Kind.POD ? 0 : -4;
        pen.centered(host.title(), at.centerX(), at.y() + down + 17, at.width() - 8, Fonts.bold(12),
                palette.text());
        pen.centered(host.subtitle(), at.centerX(), at.y() + down + 31, at.width() - 6,
                Fonts.mono(Pen.SMALL), palette.faint());
    }

    /** Two small nodes behind each other, and how many there are. */
    private void tile(Shape tile) {
        Box at = tile.box();
        for (double behind : new double[] {6, 3, 0}) {
            pen.box(new Box(at.x() + behind, at.y() + behind, at.width() - behind - 6,
                    at.height() - 6), palette.raised(), palette.line(), 6);
        }
        pen.centered(pen.words().get("ground.more", tile.crowd().nodes()), at.centerX() - 3,
                at.y() + 13,
                at.width() - 14, Fonts.inWords(pen.words(), 11.5), palette.text());
        pen.centered(pen.words().get("ground.more-pods", tile.crowd().pods()), at.centerX() - 3,
                at.y() + 28, at.width() - 14, Fonts.inWords(pen.words(), Pen.SMALL),
                palette.faint());
    }

    private void device(Point at) {
        pen.gc().setFill(palette.surface());
        pen.gc().setStroke(palette.faint());
        pen.gc().setLineWidth(1.2);
        pen.gc().fillRoundRect(at.x() - 4, at.y() - 4, 8, 8, 3, 3);
        pen.gc().strokeRoundRect(at.x() - 4, at.y() - 4, 8, 8, 3, 3);
    }
}
