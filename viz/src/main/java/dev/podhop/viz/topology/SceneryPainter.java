package dev.podhop.viz.topology;

import dev.podhop.trace.Role;
import dev.podhop.viz.style.Fonts;
import dev.podhop.viz.style.Palette;
import dev.podhop.viz.topology.Layout.Shape;
import dev.podhop.viz.topology.Scenery.Load;
import dev.podhop.viz.topology.Scenery.Mark;
import dev.podhop.viz.topology.Scenery.Met;
import dev.podhop.viz.topology.Scenery.Token;
import dev.podhop.viz.topology.Scenery.Trail;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;
import javafx.scene.shape.StrokeLineCap;
import javafx.scene.text.Font;
import org.jspecify.annotations.Nullable;

/** Paints what moves: trails, packets, bad ends, translations, the way not taken. */
final class SceneryPainter {

    private static final double CLEAR_OF_TOKEN = 16;

    private final Pen pen;
    private final GraphicsContext gc;
    private final Palette palette;

    SceneryPainter(Pen pen) {
        this.pen = pen;
        this.gc = pen.gc();
        this.palette = pen.palette();
    }

    void paint(Layout layout, Scenery scenery) {
        for (String label : scenery.lit()) {
            Shape shape = layout.at(label);
            if (shape != null) {
                halo(shape.box());
            }
        }
        Shape place = scenery.place() == null ? null : layout.at(scenery.place());
        int current = scenery.tokens().isEmpty() ? -1 : scenery.tokens().getLast().hop();
        if (place != null) {
            boolean lost = scenery.marks().stream().anyMatch(mark -> mark.hop() == current);
            pen.frame(place.box(), lost ? palette.bad() : palette.accent());
        }
        PlatePainter plates = new PlatePainter(pen);
        met(layout, scenery, plates::met);
        Scenery.Ghost ghost = scenery.ghost();
        if (ghost != null) {
            ghost(layout, ghost);
        }
        scenery.trails().forEach(this::trail);
        names(layout, scenery, plates);
        met(layout, scenery, plates::metName);
        scenery.loads().forEach(this::load);
        if (ghost != null) {
            expected(layout, ghost);
        }
        SignPainter signs = new SignPainter(pen, layout);
        scenery.notes().forEach(signs::note);
        scenery.marks().forEach(signs::reason);
        TokenPainter tokens = new TokenPainter(pen);
        scenery.tokens().forEach(tokens::paint);
        Token under = scenery.tokens().stream().filter(Token::current).findFirst().orElse(null);
        scenery.trails().forEach(trail -> numbers(trail, under));
        if (under != null) {
            signs.addresses(under, place);
        }
        scenery.marks().forEach(mark -> cross(mark, mark.hop() == current
                ? TokenPainter.width(scenery.tokens().getLast().kind()) / 2 + 6
                : 0));
    }

    private static void met(Layout layout, Scenery scenery, BiConsumer<Shape, Met> painting) {
        for (Met met : scenery.hooks()) {
            Shape node = layout.at(met.place());
            if (node != null && node.kernel() != null) {
                painting.accept(node, met);
            }
        }
    }

    /** Names that the ways strike through come before them again. */
    private static void names(Layout layout, Scenery scenery, PlatePainter plates) {
        Set<String> crossed = new HashSet<>();
        scenery.trails().forEach(trail -> crossed.addAll(trail.places()));
        if (scenery.ghost() != null) {
            crossed.addAll(scenery.ghost().places());
        }
        crossed.stream().sorted().map(layout::at)
                .filter(shape -> shape != null && shape.kind() == Layout.Kind.NODE)
                .forEach(plates::names);
        layout.balancers().values().forEach(plates::balancer);
    }

    /** A lesson's finger. */
    private void halo(Box box) {
        gc.setStroke(palette.ghost());
        for (int ring = 0; ring < 3; ring++) {
            double out = 2 + ring * 2;
            gc.setGlobalAlpha(0.6 - ring * 0.18);
            gc.setLineWidth(2.5);
            gc.strokeRoundRect(box.x() - out, box.y() - out, box.width() + 2 * out,
                    box.height() + 2 * out, 14 + ring * 4, 14 + ring * 4);
        }
        gc.setGlobalAlpha(1);
    }

    private void trail(Trail trail) {
        gc.setGlobalAlpha(trail.current() ? 1 : 0.5);
        pen.way(trail.path(), trail.role(), trail.current() ? 3.4 : 2.6);
        pen.arrow(trail.path(), palette.of(trail.role()));
        gc.setGlobalAlpha(1);
    }

    private void numbers(Trail trail, @Nullable Token under) {
        Color color = palette.of(trail.role());
        for (Scenery.Number number : trail.numbers()) {
            Point at = under == null ? number.at() : clear(number.at(), under);
            gc.setFill(trail.current() ? color : palette.surface().interpolate(color, 0.75));
            gc.fillOval(at.x() - 7.5, at.y() - 7.5, 15, 15);
            pen.centered(String.valueOf(number.value()), at.x(), at.y() + 0.5, 20,
                    Fonts.bold(Pen.SMALL), palette.onColour());
        }
    }

    /** A number slides along its wire until it leaves the packet's word free. */
    private static Point clear(Point number, Token token) {
        double aside = Math.abs(number.x() - token.at().x());
        double down = number.y() - token.at().y();
        boolean free = aside > TokenPainter.width(token.kind()) / 2 + 7
                || Math.abs(down) >= CLEAR_OF_TOKEN;
        return free ? number
                : new Point(number.x(),
                        token.at().y() + (down >= 0 ? CLEAR_OF_TOKEN : -CLEAR_OF_TOKEN));
    }

    private void ghost(Layout layout, Scenery.Ghost ghost) {
        pen.ghost(ghost.path());
        pen.arrow(ghost.path(), palette.ghost());
        missed(layout, ghost).forEach(pen::ghost);
    }

    /** What the answer should have come by: a place, or a node's hooks. */
    private static List<Box> missed(Layout layout, Scenery.Ghost ghost) {
        List<Box> missed = new ArrayList<>();
        ghost.skipped().stream().map(layout::at).filter(Objects::nonNull)
                .forEach(shape -> missed.add(shape.box()));
        for (String node : ghost.bypassed()) {
            Shape shape = layout.at(node);
            if (shape != null && shape.kernel() != null) {
                missed.add(shape.kernel());
            }
        }
        return missed;
    }

    /** Where the frame of what was missed has no wires: above, at a node and a pod below. */
    private void expected(Layout layout, Scenery.Ghost ghost) {
        for (String skipped : ghost.skipped()) {
            Shape shape = layout.at(skipped);
            if (shape != null) {
                Box box = shape.box();
                double y = switch (shape.kind()) {
                    case EDGE, EXTERNAL -> box.y() + 1;
                    case NODE, TILE -> box.bottom() - 14;
                    case POD -> box.bottom() + 13;
                };
                expected(layout, box, y);
            }
        }
        for (String node : ghost.bypassed()) {
            Shape shape = layout.at(node);
            if (shape != null && shape.kernel() != null) {
                expected(layout, shape.kernel(), shape.kernel().y() - 8);
            }
        }
    }

    private void expected(Layout layout, Box box, double y) {
        Font font = Fonts.inWords(pen.words(), 11);
        String here = pen.words().get("ghost.here");
        double width = Fonts.width(here, font) + 14;
        double x = Math.max(box.x() + width / 2 - 6, box.right() - 4 - width / 2);
        pen.pill(here, Math.min(x, layout.ground().right() - width / 2), y, font,
                palette.ghost());
    }

    /**
     * Too many packets to tell apart: a band as wide as their number's logarithm, and the number.
     */
    private void load(Load load) {
        Path there = new Path(List.of(load.from(), load.to()));
        band(there.keptRight(5), load.there(), Role.REQUEST);
        band(new Path(List.of(load.to(), load.from())).keptRight(5), load.back(), Role.REPLY);
    }

    private void band(Path path, int count, Role role) {
        if (count == 0) {
            return;
        }
        pen.way(path, role, 2 + Math.log(count) * 1.4);
        pen.arrow(path, palette.of(role));
        Point middle = path.at(0.5);
        pen.pill(String.valueOf(count), middle.x(), middle.y(), Fonts.bold(11), palette.of(role));
    }

    /** Beside the packet under the cursor, which it would else strike through. */
    private void cross(Mark mark, double aside) {
        double x = mark.at().x() + aside;
        double y = mark.at().y();
        gc.setLineCap(StrokeLineCap.ROUND);
        for (double width : new double[] {7, 3.6}) {
            gc.setStroke(width > 5 ? palette.surface() : palette.bad());
            gc.setLineWidth(width);
            gc.strokeLine(x - 6.5, y - 6.5, x + 6.5, y + 6.5);
            gc.strokeLine(x - 6.5, y + 6.5, x + 6.5, y - 6.5);
        }
    }
}
