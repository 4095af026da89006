package dev.podhop.viz.lanes;

import dev.podhop.viz.style.Palette;
import dev.podhop.viz.style.ViewerWords;
import javafx.geometry.Orientation;
import javafx.scene.canvas.Canvas;
import javafx.scene.control.ScrollBar;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.Region;

/** The lanes; the wheel zooms, dragging seeks, dragging with the other button moves the window. */
public final class LanesView extends Region {

    private final LanesViewModel model;
    private final Canvas ground = new Canvas();
    private final Canvas above = new Canvas();
    private final Palette palette;
    private final ViewerWords words;
    /** The window of the axis that is in view. */
    private double from;
    private double span;
    private double dragX;
    private final ScrollBar down = new ScrollBar();
    private int told;

    public LanesView(LanesViewModel model, Palette palette, ViewerWords words) {
        this.model = model;
        this.words = words;
        this.palette = palette;
        setId("lanes");
        getStyleClass().add("lanes");
        down.setOrientation(Orientation.VERTICAL);
        down.setId("lanes-down");
        down.valueProperty().addListener((of, old, now) -> paint());
        getChildren().addAll(ground, above, down);
        setMinHeight(90);
        whole();
        model.playback().axis().addListener((of, old, now) -> {
            whole();
            paint();
        });
        model.playback().moves().addListener((of, old, now) -> moved());
        model.playback().covered().addListener((of, old, now) -> moved());
        setOnMousePressed(this::pressed);
        setOnMouseDragged(this::dragged);
        setOnScroll(this::scrolled);
    }

    private void whole() {
        from = 0;
        span = Math.max(model.axis().length(), 1e-9);
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
        double wide = down.prefWidth(-1);
        down.resizeRelocate(getWidth() - wide, 0, wide, getHeight());
    }

    /** Lanes that have no room are scrolled to. */
    private void scrolling() {
        double hidden = painter(above).hidden();
        down.setVisible(hidden > 0);
        down.setMax(hidden);
        down.setVisibleAmount(hidden * getHeight() / Math.max(1, getHeight() + hidden));
        down.setBlockIncrement(getHeight() / 2);
        down.setValue(Math.clamp(down.getValue(), 0, hidden));
    }

    private LanesPainter painter(Canvas canvas) {
        canvas.getGraphicsContext2D().clearRect(0, 0, getWidth(), getHeight());
        return new LanesPainter(canvas.getGraphicsContext2D(), palette, words,
                model, new LanesPainter.Window(getWidth(), getHeight(), from, span,
                        down.getValue()));
    }

    private void paint() {
        told = told();
        scrolling();
        painter(ground).lanes();
        painter(above).cursor();
    }

    /** Changes with what may be told: how many hops, and whether the last one's end too. */
    private int told() {
        return model.told() * 2 + (model.playback().secret().get() ? 0 : 1);
    }

    /** The cursor stays in view: the window follows it. */
    private void moved() {
        double cursor = model.cursor();
        int position = model.playback().shown().positionOf(model.playback().hop().get());
        if (down.isVisible() && position >= 0 && position < model.size()) {
            down.setValue(painter(above).downTo(model.laneOf(position)));
        }
        if (told != told()) {
            paint();
        } else if (cursor < from || cursor > from + span) {
            from = Math.clamp(cursor - span / 3, 0,
                    Math.max(0, model.axis().length() - span));
            paint();
        } else {
            painter(above).cursor();
        }
    }

    private double axisAt(double x) {
        double width = getWidth() - LanesPainter.LEFT - LanesPainter.RIGHT;
        return from + (x - LanesPainter.LEFT) / width * span;
    }

    private void pressed(MouseEvent event) {
        dragX = event.getX();
        if (event.isPrimaryButtonDown()) {
            model.playback().playing().set(false);
            int hop = painter(above).hopAt(event.getX(), event.getY());
            if (hop >= 0) {
                model.playback().select(hop);
            } else {
                model.playback().seek(model.axis().nanosAt(axisAt(event.getX())));
            }
        }
    }

    private void dragged(MouseEvent event) {
        if (event.isPrimaryButtonDown()) {
            model.playback().seek(model.axis().nanosAt(axisAt(event.getX())));
        } else {
            from = Math.clamp(from - (axisAt(event.getX()) - axisAt(dragX)), 0,
                    Math.max(0, model.axis().length() - span));
            dragX = event.getX();
            paint();
        }
    }

    private void scrolled(ScrollEvent event) {
        double under = axisAt(event.getX());
        double factor = event.getDeltaY() > 0 ? 1 / 1.2 : 1.2;
        double all = Math.max(model.axis().length(), 1e-9);
        double now = Math.clamp(span * factor, all / 20_000, all);
        from = Math.clamp(under - (under - from) * now / span, 0, all - now);
        span = now;
        paint();
        event.consume();
    }
}
