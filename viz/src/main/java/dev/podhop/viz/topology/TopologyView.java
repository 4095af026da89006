package dev.podhop.viz.topology;

import dev.podhop.viz.style.Palette;
import dev.podhop.viz.style.Words;
import dev.podhop.viz.topology.Layout.Shape;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;

/**
 * The drawing: one canvas for what stands still, painted when something about it changes, and one
 * above it that is painted anew whenever the cursor moves.
 */
public final class TopologyView extends Region {

    private static final double MARGIN = 22;
    /** For the legend. */
    private static final double FOOT = 18;
    private static final double SMALLEST_TEXT = 0.86;

    private final TopologyViewModel model;
    private final Canvas ground = new Canvas();
    private final Canvas above = new Canvas();
    private final Legend legend;
    private final Palette palette;
    private final Words words;
    private double zoom = 1;
    private double panX;
    private double panY;
    private double dragX;
    private double dragY;
    private boolean dragged;

    public TopologyView(TopologyViewModel model, Palette palette, Words words) {
        this.model = model;
        this.palette = palette;
        this.words = words;
        setId("topology");
        getStyleClass().add("topology");
        legend = new Legend(palette, words);
        getChildren().addAll(ground, above, legend);
        setFocusTraversable(true);
        model.playback().moves().addListener((of, old, now) -> paintAbove());
        model.playback().shown().hops().addListener((of, old, now) -> paintAbove());
        setOnScroll(this::scrolled);
        setOnMousePressed(this::pressed);
        setOnMouseDragged(this::dragged);
        setOnMouseReleased(this::released);
    }

    /** All of it in view again. */
    public void fit() {
        zoom = 1;
        panX = 0;
        panY = 0;
        paint();
    }

    @Override
    protected void layoutChildren() {
        if (ground.getWidth() != getWidth() || ground.getHeight() != getHeight()) {
            for (Canvas canvas : new Canvas[] {ground, above}) {
                canvas.setWidth(getWidth());
                canvas.setHeight(getHeight());
            }
            paint();
        }
        double high = legend.prefHeight(-1);
        legend.resizeRelocate(12, getHeight() - high - 6,
                Math.min(legend.prefWidth(-1), getWidth() - 24), high);
    }

    private double scale() {
        Box all = model.layout().ground();
        double wide = (getWidth() - 2 * MARGIN) / all.width();
        double high = (getHeight() - 2 * MARGIN - FOOT) / all.height();
        return Math.clamp(Math.min(wide, high), 0.05, 1.8) * zoom;
    }

    private double offsetX() {
        return (getWidth() - model.layout().ground().width() * scale()) / 2 + panX;
    }

    private double offsetY() {
        return (getHeight() - FOOT - model.layout().ground().height() * scale()) / 2 + panY;
    }

    private double textScale() {
        return Math.max(1, SMALLEST_TEXT / scale());
    }

    private void paint() {
        GraphicsContext gc = ground.getGraphicsContext2D();
        begin(gc);
        new GroundPainter(gc, palette, words, textScale()).paint(model.layout());
        gc.restore();
        paintAbove();
    }

    private void paintAbove() {
        GraphicsContext gc = above.getGraphicsContext2D();
        begin(gc);
        new SceneryPainter(gc, palette, words, textScale()).paint(model.layout(), model.scenery());
        gc.restore();
    }

    private void begin(GraphicsContext gc) {
        gc.clearRect(0, 0, getWidth(), getHeight());
        gc.save();
        gc.translate(offsetX(), offsetY());
        gc.scale(scale(), scale());
    }

    private void scrolled(ScrollEvent event) {
        double factor = event.getDeltaY() > 0 ? 1.12 : 1 / 1.12;
        double x = (event.getX() - offsetX()) / scale();
        double y = (event.getY() - offsetY()) / scale();
        zoom = Math.clamp(zoom * factor, 0.4, 12);
        // What is under the pointer stays there.
        panX += event.getX() - (offsetX() + x * scale());
        panY += event.getY() - (offsetY() + y * scale());
        paint();
        event.consume();
    }

    private void pressed(MouseEvent event) {
        requestFocus();
        dragX = event.getX();
        dragY = event.getY();
        dragged = false;
    }

    private void dragged(MouseEvent event) {
        dragged |= Math.hypot(event.getX() - dragX, event.getY() - dragY) > 4;
        if (dragged) {
            panX += event.getX() - dragX;
            panY += event.getY() - dragY;
            dragX = event.getX();
            dragY = event.getY();
            paint();
        }
    }

    /** A click on a packet or a bad end goes there; one on a place, to what happens there next. */
    private void released(MouseEvent event) {
        if (dragged) {
            return;
        }
        double x = (event.getX() - offsetX()) / scale();
        double y = (event.getY() - offsetY()) / scale();
        int hop = model.hopAt(x, y, 16);
        if (hop < 0) {
            hop = placeAt(x, y) == null ? -1
                    : model.nextHopAt(String.valueOf(placeAt(x, y)));
        }
        if (hop >= 0) {
            model.playback().playing().set(false);
            model.playback().select(hop);
        }
    }

    private @Nullable String placeAt(double x, double y) {
        String found = null;
        for (Shape shape : model.layout().shapes().values()) {
            boolean smaller = found == null || shape.kind() == Layout.Kind.POD;
            if (shape.box().contains(x, y) && smaller) {
                found = shape.label();
            }
        }
        return found;
    }
}
