package dev.podhop.viz.topology;

import dev.podhop.viz.recording.PacketKind;
import dev.podhop.viz.style.Fonts;
import dev.podhop.viz.style.Outline;
import dev.podhop.viz.style.Palette;
import dev.podhop.viz.topology.Scenery.Token;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;
import javafx.scene.text.Font;

/** Paints packets: each kind has a shape, and the one under the cursor its word on it. */
final class TokenPainter {

    private static final double HEIGHT = 20;
    private static final Font FONT = Fonts.bold(11);

    private final Pen pen;
    private final GraphicsContext gc;
    private final Palette palette;

    TokenPainter(Pen pen) {
        this.pen = pen;
        this.gc = pen.gc();
        this.palette = pen.palette();
    }

    /** How wide the packet under the cursor is. */
    static double width(PacketKind kind) {
        return Fonts.width(kind.word(), FONT) + 20;
    }

    void paint(Token token) {
        Color color = palette.of(token.role());
        double x = token.at().x();
        double y = token.at().y();
        if (!token.current()) {
            gc.setFill(color);
            Outline.fill(gc, token.kind(), x, y, 13, 11);
            return;
        }
        double width = width(token.kind());
        gc.setFill(palette.surface());
        Outline.fill(gc, token.kind(), x, y, width + 5, HEIGHT + 5);
        gc.setFill(color);
        Outline.fill(gc, token.kind(), x, y, width, HEIGHT);
        pen.centered(token.kind().word(), x, y, width, FONT, palette.onColour());
    }
}
