package dev.podhop.viz.topology;

import dev.podhop.reports.picture.Drawing;
import dev.podhop.reports.picture.Item;
import dev.podhop.viz.style.Palette;
import dev.podhop.viz.style.ViewerWords;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import javafx.geometry.Point2D;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;

/**
 * The drawing: one canvas for what stands still, painted when something about it changes, and one
 * above it that is painted anew whenever the cursor moves.
 */
public final class TopologyView extends Region {

    private static final double MARGIN = 11;
    private static final double LOW = 560;

    private final TopologyViewModel model;
    private final Canvas ground = new Canvas();
    private final Canvas above = new Canvas();
    private final Legend legend;
    private final Palette palette;
    private final ViewerWords words;
    private final Tooltip hint = new Tooltip();
    private @Nullable List<Item> painted;
    private double foot;
    private double zoom = 1;
    private double panX;
    private double panY;
    private double dragX;
    private double dragY;
    private boolean dragged;
    private final Label said = new Label();
    private BiConsumer<String, Point2D> menu = (place, at) -> {};
    private BiPredicate<String, Point2D> choice = (place, at) -> false;

    public TopologyView(TopologyViewModel model, Palette palette, ViewerWords words) {
        this.model = model;
        this.palette = palette;
        this.words = words;
        setId("topology");
        getStyleClass().add("topology");
        legend = new Legend(palette, words);
        said.getStyleClass().add("topology-said");
        said.setId("topology-said");
        said.setVisible(false);
        said.setWrapText(true);
        getChildren().addAll(ground, above, legend, said);
        hint.setWrapText(true);
        hint.setMaxWidth(340);
        model.speak(words.language());
        model.level().addListener((of, old, now) -> paint());
        setFocusTraversable(true);
        model.playback().moves().addListener((of, old, now) -> paintAbove());
        model.playback().shown().hops().addListener((of, old, now) -> paintAbove());
        setOnMouseMoved(this::hint);
        setOnScroll(this::scrolled);
        setOnMousePressed(this::pressed);
        setOnMouseDragged(this::dragged);
        setOnMouseReleased(this::released);
        setOnContextMenuRequested(event -> {
            menu.accept(placeAt(event.getX(), event.getY()),
                    new Point2D(event.getScreenX(), event.getScreenY()));
            event.consume();
        });
    }

    /** @param opens a menu for a place, by its label or {@code lb/NAME}, empty for none; where */
    public void onMenu(BiConsumer<String, Point2D> opens) {
        menu = opens;
    }

    /** @param chooses a place that is clicked on; says whether that was wanted */
    public void onChoice(BiPredicate<String, Point2D> chooses) {
        choice = chooses;
    }

    /** A line over the drawing; empty for none. */
    public void say(String line) {
        said.setText(line);
        said.setVisible(!line.isEmpty());
        requestLayout();
    }

    /** What is at a point of the pane, by its label or {@code lb/NAME}; empty for nothing. */
    public String placeAt(double x, double y) {
        return Objects.toString(model.thingAt((x - offsetX()) / scale(),
                (y - offsetY()) / scale()), "");
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
        double wide = getWidth() - 2 * MARGIN;
        double high = legend.prefHeight(wide);
        legend.setVisible(getHeight() >= LOW);
        // In a low pane, such as one of two that are compared, the drawing needs the room.
        foot = legend.isVisible() ? high : 0;
        double line = Math.min(wide, said.prefWidth(-1));
        said.resizeRelocate((getWidth() - line) / 2, MARGIN, line, said.prefHeight(line));
        legend.resizeRelocate(MARGIN, getHeight() - high - 5, wide, high);
        if (ground.getWidth() != getWidth() || ground.getHeight() != getHeight()) {
            for (Canvas canvas : new Canvas[] {ground, above}) {
                canvas.setWidth(getWidth());
                canvas.setHeight(getHeight());
            }
            model.fit(wide, getHeight() - 2 * MARGIN - foot);
            paint();
        }
    }

    private double scale() {
        return model.layout().scale() * zoom;
    }

    private double offsetX() {
        return (getWidth() - model.layout().ground().width() * scale()) / 2 + panX;
    }

    private double offsetY() {
        double high = model.layout().ground().height() * scale();
        return Math.max(MARGIN, (getHeight() - foot - high) / 2) + panY;
    }

    private void paint() {
        painted = null;
        paintAbove();
    }

    /** The ground too where anything on it has changed: a pod's state, or the attempt in view. */
    private void paintAbove() {
        Drawing drawing = model.drawing();
        if (painted != drawing.ground()) {
            painted = drawing.ground();
            paint(ground.getGraphicsContext2D(), drawing.ground());
        }
        paint(above.getGraphicsContext2D(), drawing.above());
    }

    private void paint(GraphicsContext gc, List<Item> items) {
        begin(gc);
        new Pen(gc, palette).paint(items);
        gc.restore();
    }

    private void hint(MouseEvent event) {
        String found = new Hints(model.layout()).at((event.getX() - offsetX()) / scale(),
                (event.getY() - offsetY()) / scale());
        if (found == null) {
            Tooltip.uninstall(this, hint);
        } else {
            hint.setText(words.get(found));
            Tooltip.install(this, hint);
        }
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
        boolean left = event.getButton() == MouseButton.PRIMARY;
        if (dragged || !left || choice.test(placeAt(event.getX(), event.getY()),
                new Point2D(event.getScreenX(), event.getScreenY()))) {
            return;
        }
        double x = (event.getX() - offsetX()) / scale();
        double y = (event.getY() - offsetY()) / scale();
        int hop = model.hopAt(x, y, 16);
        if (hop < 0) {
            String place = model.placeAt(x, y);
            hop = place == null ? -1 : model.nextHopAt(place);
        }
        if (hop >= 0) {
            model.playback().playing().set(false);
            model.playback().select(hop);
        }
    }
}
