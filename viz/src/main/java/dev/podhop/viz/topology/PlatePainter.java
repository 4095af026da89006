package dev.podhop.viz.topology;

import dev.podhop.viz.style.Fonts;
import dev.podhop.viz.style.Palette;
import dev.podhop.viz.topology.HookStrip.Plate;
import dev.podhop.viz.topology.Layout.Shape;
import dev.podhop.viz.topology.Scenery.Met;
import java.util.Optional;
import javafx.scene.paint.Color;
import javafx.scene.text.Font;

/**
 * Paints what ways pass behind, so that no line strikes its words through: hooks, bridges, load
 * balancers. Painted with the ground, and again over the ways that lead there.
 */
final class PlatePainter {

    /** Of a hook that the way met before the hop under the cursor. */
    private static final double PAST = 0.16;
    private static final double NOW = 0.3;

    private final Pen pen;
    private final Palette palette;

    PlatePainter(Pen pen) {
        this.pen = pen;
        this.palette = pen.palette();
    }

    /** The plates themselves, which ways cross. */
    void plates(Shape node) {
        if (node.kernel() != null) {
            NodeWay.hooks(node).plates().forEach(plate -> {
                pen.box(plate.box(), palette.surface(), palette.line(), 4);
                word(plate, palette.surface(), palette.faint());
            });
        }
        bridgeName(node);
    }

    /** The names, over the ways. */
    void names(Shape node) {
        if (node.kernel() != null) {
            NodeWay.hooks(node).plates()
                    .forEach(plate -> word(plate, palette.surface(), palette.faint()));
        }
        bridgeName(node);
    }

    private void word(Plate plate, Color ground, Color color) {
        Font font = Fonts.bold(Pen.SMALL);
        Box word = plate.word();
        double width = Math.min(word.width(), Fonts.width(plate.hook(), font) + 6);
        double x = switch (plate.hook()) {
            case "PREROUTING" -> word.x() + width / 2;
            case "POSTROUTING" -> word.right() - width / 2;
            default -> word.centerX();
        };
        pen.gc().setFill(ground);
        pen.gc().fillRoundRect(x - width / 2, word.y(), width, word.height(), 5, 5);
        pen.centered(plate.hook(), x, word.centerY(), width, font, color);
    }

    /** On a ground of its own in the bridge, which ways cross. */
    private void bridgeName(Shape node) {
        Box bridge = node.bridge();
        if (bridge != null) {
            Font font = Fonts.mono(Pen.SMALL);
            double width = Math.min(bridge.width() - 8,
                    Fonts.width(node.bridgeName(), font) + 12);
            pen.gc().setFill(palette.raised());
            pen.gc().fillRect(bridge.x() + 2, bridge.y() + 2, width, bridge.height() - 4);
            pen.text(node.bridgeName(), bridge.x() + 8, bridge.centerY(), width, font,
                    palette.faint());
        }
    }

    /** A hook that the way met: its plate, below the ways. */
    void met(Shape node, Met met) {
        plate(node, met).ifPresent(plate -> {
            Color color = color(met);
            pen.box(plate.box(), palette.surface().interpolate(color, met.current() ? NOW : PAST),
                    color, 4);
        });
    }

    /** And its name, over them: filled for the hop under the cursor. */
    void metName(Shape node, Met met) {
        plate(node, met).ifPresent(plate -> {
            if (met.current()) {
                word(plate, color(met), palette.onColour());
            } else {
                word(plate, palette.surface().interpolate(color(met), PAST), palette.text());
            }
        });
    }

    private Color color(Met met) {
        return met.now() ? palette.accent() : palette.of(met.role());
    }

    private static Optional<Plate> plate(Shape node, Met met) {
        return NodeWay.hooks(node).plates().stream()
                .filter(each -> each.hook().equals(met.hook()) && each.below() == met.below())
                .findFirst();
    }

    void balancer(Layout.Balancer balancer) {
        pen.box(balancer.box(), palette.raised(), palette.line(), 6);
        Box at = balancer.box();
        pen.centered(balancer.name(), at.centerX(), at.y() + 11.5, at.width() - 10, Fonts.bold(12),
                palette.text());
        pen.centered(balancer.address(), at.centerX(), at.y() + 26, at.width() - 8,
                Fonts.mono(Pen.SMALL), palette.faint());
    }
}
