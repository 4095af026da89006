package dev.podhop.viz.topology;

import dev.podhop.viz.style.Fonts;
import dev.podhop.viz.style.Palette;
import dev.podhop.viz.style.Words;
import dev.podhop.viz.topology.Layout.Shape;
import java.util.EnumSet;
import java.util.Set;
import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;
import javafx.scene.text.Font;
import javafx.scene.text.TextAlignment;

/** Paints what stands still: places, devices, wires. */
final class GroundPainter {

    private final GraphicsContext gc;
    private final Palette palette;
    private final Words words;
    private final double textScale;

    /**
     * A painter.
     *
     * @param textScale by how much text is larger than on the ground, so that it stays readable
     *     where the ground is small
     */
    GroundPainter(GraphicsContext gc, Palette palette, Words words, double textScale) {
        this.gc = gc;
        this.words = words;
        this.palette = palette;
        this.textScale = textScale;
    }

    void paint(Layout layout) {
        paint(layout, EnumSet.of(Layout.Kind.NODE, Layout.Kind.EDGE, Layout.Kind.TILE));
        for (Layout.Wire wire : layout.wires()) {
            gc.setStroke(palette.line());
            gc.setLineWidth(1.6);
            gc.strokeLine(wire.from().x(), wire.from().y(), wire.to().x(), wire.to().y());
        }
        paint(layout, EnumSet.of(Layout.Kind.POD, Layout.Kind.EXTERNAL));
        balancers(layout);
        for (Layout.Wire wire : layout.wires()) {
            device(wire.from());
            device(wire.to());
        }
        if (layout.crowd() > 0) {
            crowd(layout);
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

    /** Painted again over the trails, which lead to them. */
    void balancers(Layout layout) {
        layout.balancers().values().forEach(this::balancer);
    }

    private void crowd(Layout layout) {
        Shape first = layout.shapes().values().stream()
                .filter(s -> s.kind() == Layout.Kind.TILE).findFirst().orElseThrow();
        text(words.get("ground.crowd", layout.crowd()), first.box().x(),
                first.box().y() - 10, 600, Fonts.inWords(words, size(11)), palette.faint(), false);
    }

    private double size(double points) {
        return points * textScale;
    }

    private void node(Shape node) {
        box(node.box(), palette.surface(), palette.line(), 10);
        Box at = node.box();
        Font bold = Fonts.bold(size(13.5));
        text(node.title(), at.x() + 12, at.y() + 16, at.width() / 2 - 30, bold, palette.text(),
                false);
        double used = Fonts.width(node.title(), bold);
        text(node.subtitle(), at.x() + 20 + used, at.y() + 16.5, at.width() / 2 - 36 - used,
                Fonts.mono(size(10.5)), palette.faint(), false);
        text("eth0", at.centerX() + 44, at.y() + 12, 40, Fonts.mono(size(9.5)), palette.faint(),
                false);
        kernel(node);
        Box bridge = node.bridge();
        if (bridge != null) {
            box(bridge, palette.raised(), palette.line(), 5);
            text(node.bridgeName(), bridge.x() + 8, bridge.centerY(), bridge.width() - 16,
                    Fonts.mono(size(10)), palette.faint(), false);
        }
    }

    private void kernel(Shape node) {
        Box kernel = node.kernel();
        if (kernel == null) {
            return;
        }
        box(kernel, palette.raised(), palette.line(), 6);
        HookStrip strip = new HookStrip(kernel);
        Font small = Fonts.bold(Math.min(size(8.6), 10.5));
        for (String hook : HookStrip.HOOKS) {
            Box cell = strip.cell(hook);
            box(cell, palette.surface(), palette.line(), 4);
            centered(Fonts.width(hook, small) <= cell.width() - 4 ? hook : HookStrip.brief(hook),
                    cell, small, palette.faint());
        }
    }

    private void edge(Shape edge) {
        box(edge.box(), palette.surface(), palette.line(), 10);
        text(words.get("ground.edge"), edge.box().x() + 14, edge.box().y() + 16, 200,
                Fonts.inWords(words, size(13.5)),
                palette.text(), false);
    }

    private void balancer(Layout.Balancer balancer) {
        box(balancer.box(), palette.raised(), palette.line(), 6);
        Box at = balancer.box();
        text(balancer.name(), at.centerX(), at.y() + 13, at.width() - 12, Fonts.bold(size(12)),
                palette.text(), true);
        text(balancer.address(), at.centerX(), at.y() + 30, at.width() - 8,
                Fonts.mono(size(10.5)), palette.faint(), true);
    }

    private void host(Shape host) {
        box(host.box(), palette.raised(), palette.line(), 8);
        Box at = host.box();
        text(host.title(), at.centerX(), at.y() + 21, at.width() - 10, Fonts.bold(size(12.5)),
                palette.text(), true);
        text(host.subtitle(), at.centerX(), at.y() + 41, at.width() - 8, Fonts.mono(size(10.5)),
                palette.faint(), true);
    }

    private void tile(Shape tile) {
        box(tile.box(), palette.raised(), palette.line(), 5);
        centered(tile.title(), tile.box(), Fonts.plain(size(10)), palette.faint());
    }

    private void device(Point at) {
        gc.setFill(palette.surface());
        gc.setStroke(palette.faint());
        gc.setLineWidth(1.2);
        gc.fillRoundRect(at.x() - 4, at.y() - 4, 8, 8, 3, 3);
        gc.strokeRoundRect(at.x() - 4, at.y() - 4, 8, 8, 3, 3);
    }

    private void box(Box box, Color fill, Color stroke, double arc) {
        gc.setFill(fill);
        gc.fillRoundRect(box.x(), box.y(), box.width(), box.height(), arc, arc);
        gc.setStroke(stroke);
        gc.setLineWidth(1);
        gc.strokeRoundRect(box.x(), box.y(), box.width(), box.height(), arc, arc);
    }

    private void text(String text, double x, double y, double width, Font font, Color color,
            boolean center) {
        gc.setFont(font);
        gc.setFill(color);
        gc.setTextBaseline(VPos.CENTER);
        gc.setTextAlign(center ? TextAlignment.CENTER : TextAlignment.LEFT);
        gc.fillText(Fonts.fit(text, font, width), x, y);
    }

    private void centered(String text, Box box, Font font, Color color) {
        text(text, box.centerX(), box.centerY(), box.width() - 4, font, color, true);
    }
}
