package dev.podhop.viz.topology;

import dev.podhop.viz.style.Fonts;
import dev.podhop.viz.style.Outline;
import dev.podhop.viz.style.Palette;
import dev.podhop.viz.topology.Layout.Shape;
import dev.podhop.viz.topology.Scenery.Token;
import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;
import javafx.scene.text.Font;
import javafx.scene.text.TextAlignment;
import org.jspecify.annotations.Nullable;

/**
 * Paints packets. Each kind has a shape: a SYN points on, a SYN-ACK is round, data are square, a
 * reset is a diamond, an ICMP message a hexagon; its word stands on it.
 */
final class TokenPainter {

    private static final double HEIGHT = 21;

    private final GraphicsContext gc;
    private final Palette palette;
    private final double textScale;

    TokenPainter(GraphicsContext gc, Palette palette, double textScale) {
        this.gc = gc;
        this.palette = palette;
        this.textScale = textScale;
    }

    /**
     * Paints a packet.
     *
     * @param place where the packet under the cursor is
     * @param lost whether a reason is written there as well
     */
    void paint(Token token, Layout layout, @Nullable Shape place, boolean lost) {
        Color color = palette.of(token.role());
        if (!token.current()) {
            small(token, color);
            return;
        }
        Font font = Fonts.bold(textScale * 11.5);
        double width = Fonts.width(token.kind().word(), font) + 22;
        double x = token.at().x();
        double y = token.at().y();
        gc.setFill(palette.surface());
        Outline.fill(gc, token.kind(), x, y, width + 6, HEIGHT + 6);
        gc.setFill(color);
        Outline.fill(gc, token.kind(), x, y, width, HEIGHT);
        word(token.kind().word(), x, y, font, palette.onColour());
        if (place != null && place.kind() != Layout.Kind.NODE
                && place.kind() != Layout.Kind.EDGE) {
            below(token, color, place.box(), layout.ground(), lost);
        } else {
            beside(token, color, width / 2 + 8, layout.ground());
        }
    }

    /** Under a card there is room; beside it stands the next one. */
    private void below(Token token, Color color, Box card, Box ground, boolean lost) {
        double width = Fonts.width(token.addresses(), font()) + 12;
        double x = Math.clamp(card.centerX() - width / 2, ground.x() + 4,
                Math.max(ground.x() + 4, ground.right() - width - 4));
        addresses(token, color, x, card.bottom() + (lost ? 35 : 14), width);
    }

    private void beside(Token token, Color color, double aside, Box ground) {
        double width = Fonts.width(token.addresses(), font()) + 12;
        boolean fits = token.at().x() + aside + width <= ground.right() + 12;
        addresses(token, color, token.at().x() + (fits ? aside : -aside - width),
                token.at().y(), width);
    }

    private Font font() {
        return Fonts.mono(textScale * 10.5);
    }

    private void addresses(Token token, Color color, double x, double y, double width) {
        gc.setFill(palette.surface());
        gc.fillRoundRect(x, y - 9.5, width, 19, 6, 6);
        gc.setStroke(color);
        gc.setLineWidth(1);
        gc.strokeRoundRect(x, y - 9.5, width, 19, 6, 6);
        word(token.addresses(), x + width / 2, y, font(), color);
    }

    private void small(Token token, Color color) {
        gc.setFill(color);
        Outline.fill(gc, token.kind(), token.at().x(), token.at().y(), 13, 11);
    }

    private void word(String word, double x, double y, Font font, Color color) {
        gc.setFont(font);
        gc.setFill(color);
        gc.setTextAlign(TextAlignment.CENTER);
        gc.setTextBaseline(VPos.CENTER);
        gc.fillText(word, x, y);
    }
}
