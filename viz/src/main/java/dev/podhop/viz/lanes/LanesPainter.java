package dev.podhop.viz.lanes;

import dev.podhop.reports.picture.Ink;
import dev.podhop.viz.lanes.LanesViewModel.Break;
import dev.podhop.viz.lanes.LanesViewModel.Mark;
import dev.podhop.viz.lanes.LanesViewModel.Slice;
import dev.podhop.viz.lanes.LanesViewModel.Tick;
import dev.podhop.viz.style.Fonts;
import dev.podhop.viz.style.Outline;
import dev.podhop.viz.style.Palette;
import dev.podhop.viz.style.ViewerWords;
import java.util.Arrays;
import java.util.List;
import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;
import javafx.scene.text.Font;
import javafx.scene.text.TextAlignment;

/** Paints lanes, slices and the cursor. */
final class LanesPainter {

    static final double LEFT = 122;
    private static final double WIDEST = 62;
    /** Room for the last slice of a lane. */
    static final double RIGHT = WIDEST + 4;
    private static final double FOOT = 20;
    private static final double EDGE = 4;
    /** A row for what happens to the cluster. */
    private static final double MARKS = 16;
    private static final double SMALL = 11;
    /** A lane whose name can be read; where there is no room for all, they are scrolled. */
    private static final double LEAST_LANE = 16;
    private static final double MOST_LANE = 34;
    /** More slices than this in view are drawn as columns of pixels. */
    private static final int MOST_SLICES = 1500;

    /** A word that is wider than its slice by more than this is left out, not made smaller. */
    private static final double MOST_SHRUNK = 1.1;

    private final GraphicsContext gc;
    private final Palette palette;
    private final ViewerWords words;
    private final LanesViewModel model;
    private final Window window;

    /**
     * The pane's size, and the part of the axis in view.
     *
     * @param down pixels by which lanes are scrolled
     */
    record Window(double width, double height, double from, double span, double down) {

        double x(double at) {
            return LEFT + (at - from) / span * (width - LEFT - RIGHT);
        }
    }

    LanesPainter(GraphicsContext gc, Palette palette, ViewerWords words, LanesViewModel model,
            Window window) {
        this.gc = gc;
        this.words = words;
        this.palette = palette;
        this.model = model;
        this.window = window;
    }

    private double laneHeight() {
        int lanes = Math.max(1, model.lanes().size());
        return Math.clamp((window.height() - FOOT - top()) / lanes, LEAST_LANE, MOST_LANE);
    }

    /** Where lanes begin. */
    private double top() {
        return EDGE + (model.marks().isEmpty() ? 0 : MARKS);
    }

    private double middle(int lane) {
        return top() + (lane + 0.5) * laneHeight() - window.down();
    }

    /** Where lanes end, or the part of them that is in view. */
    private double bottom() {
        return Math.min(window.height() - FOOT,
                top() + model.lanes().size() * laneHeight() - window.down());
    }

    /** By how much all lanes are higher than the pane. */
    double hidden() {
        return Math.max(0, top() + model.lanes().size() * laneHeight()
                - (window.height() - FOOT));
    }

    /** By how much to scroll, so that a lane is in view. */
    double downTo(int lane) {
        double at = (lane + 0.5) * laneHeight();
        double room = window.height() - FOOT - top();
        double least = at + laneHeight() / 2 - room;
        return Math.clamp(window.down(), Math.max(0, least),
                Math.max(Math.max(0, least), at - laneHeight() / 2));
    }

    void lanes() {
        gc.setFill(palette.ground());
        gc.fillRect(0, 0, window.width(), window.height());
        List<String> lanes = model.lanes();
        Font font = Fonts.mono(11);
        for (int i = 0; i < lanes.size(); i++) {
            gc.setFill(i % 2 == 0 ? palette.surface() : palette.ground());
            gc.fillRect(0, middle(i) - laneHeight() / 2, window.width(), laneHeight());
            text(Fonts.fit(lanes.get(i), font, LEFT - 16), 10, middle(i), font, palette.text(),
                    TextAlignment.LEFT);
        }
        int first = model.firstAt(window.from());
        int last = Math.min(model.told(), model.firstAt(window.from() + window.span()));
        while (last < model.told()
                && model.at(last) <= window.from() + window.span()) {
            last++;
        }
        if (last - first > MOST_SLICES) {
            columns(first, last);
        } else {
            slices(first, last);
        }
        if (model.told() < model.size()) {
            cover();
        }
        frame();
        ticks();
        marks();
    }

    /** Lanes that are scrolled end at the rows above and below. */
    private void frame() {
        gc.setFill(palette.ground());
        gc.fillRect(0, 0, window.width(), top());
        gc.fillRect(0, bottom(), window.width(), window.height() - bottom());
    }

    /** What happens to the cluster: a line across all lanes, and its words where they fit. */
    private void marks() {
        Font font = Fonts.plain(SMALL);
        double free = LEFT;
        for (Mark mark : model.marks()) {
            double x = mark.before() ? LEFT : window.x(mark.at());
            if (x < LEFT || x > window.width()) {
                continue;
            }
            if (!mark.before()) {
                gc.setFill(palette.ghost());
                gc.fillRect(x - 0.75, EDGE, 1.5, bottom() - EDGE);
            }
            String said = Fonts.fit((mark.before() ? "◂ " : "") + mark.text(), font,
                    window.width() - x - 8);
            if (x >= free && !said.isEmpty()) {
                text(said, x + 4, EDGE + MARKS / 2 - 1, font, palette.text(),
                        TextAlignment.LEFT);
                free = x + Fonts.width(said, font) + 14;
            }
        }
    }

    /** The part that would tell the answer to an open question. */
    private void cover() {
        double x = Math.max(LEFT, window.x(model.cursor()) + 26);
        double bottom = bottom();
        gc.setFill(palette.raised());
        gc.fillRect(x, 0, window.width() - x, bottom);
        Font font = Fonts.inWords(words, 12);
        String said = words.get("lanes.covered");
        if (Fonts.width(said, font) < window.width() - x - 20) {
            text(said, (x + window.width()) / 2, bottom / 2, font, palette.faint(),
                    TextAlignment.CENTER);
        }
    }

    private void slices(int first, int last) {
        gc.setLineWidth(1.2);
        for (int i = first; i < last; i++) {
            arrow(model.slice(i));
        }
        for (int i = first; i < last; i++) {
            slice(model.slice(i), false);
        }
        for (int i = first; i < last; i++) {
            if (model.lost(i)) {
                cross(model.slice(i));
            }
        }
    }

    /** Over the slice, since what answers a lost packet begins at the same place and time. */
    private void cross(Slice slice) {
        double x = window.x(slice.at());
        double y = middle(slice.lane());
        for (double width : new double[] {5.5, 3}) {
            gc.setLineWidth(width);
            gc.setStroke(width > 5 ? palette.surface() : palette.bad());
            gc.strokeLine(x - 6, y - 6, x + 6, y + 6);
            gc.strokeLine(x - 6, y + 6, x + 6, y - 6);
        }
    }

    /** One mark a lane and column of pixels, however many hops fall into it. */
    private void columns(int first, int last) {
        double before = -1;
        boolean[] seen = new boolean[model.lanes().size()];
        for (int i = first; i < last; i++) {
            double x = Math.floor(window.x(model.at(i)));
            if (x > before) {
                Arrays.fill(seen, false);
                before = x;
            }
            int lane = model.laneOf(i);
            boolean lost = model.lost(i);
            if (!seen[lane] || lost) {
                seen[lane] = true;
                gc.setFill(lost ? palette.bad() : palette.neighbour());
                gc.fillRect(x, middle(lane) - laneHeight() * 0.3, lost ? 2 : 1,
                        laneHeight() * 0.6);
            }
        }
    }

    private void arrow(Slice slice) {
        if (slice.next() < 0) {
            return;
        }
        gc.setStroke(palette.of(Ink.of(slice.role())));
        gc.setGlobalAlpha(0.55);
        gc.strokeLine(window.x(slice.until()), middle(slice.lane()), window.x(slice.nextAt()),
                middle(slice.next()));
        gc.setGlobalAlpha(1);
    }

    /** A slice has a width that can be seen and hit, though the visit takes no time. */
    private double sliceWidth(Slice slice) {
        double real = window.x(slice.until()) - window.x(slice.at());
        double unit = window.x(1) - window.x(0);
        return Math.max(real, Math.clamp(unit * 0.62, 4, WIDEST));
    }

    private void slice(Slice slice, boolean lit) {
        double width = sliceWidth(slice);
        double height = Math.min(laneHeight() - 3, 22);
        double x = window.x(slice.at()) - Math.min(width / 2, 6);
        double y = middle(slice.lane()) - height / 2;
        gc.setFill(slice.lost() ? palette.bad() : palette.of(Ink.of(slice.role())));
        Outline.fill(gc, slice.kind(), x + width / 2, y + height / 2, width, height);
        if (lit) {
            gc.setStroke(palette.text());
            gc.setLineWidth(2);
            gc.strokeRoundRect(x - 1, y - 1, width + 2, height + 2, 6, 6);
        }
        String word = (slice.lost() ? "✖ " : "") + slice.kind().word();
        Font font = Fonts.bold(11);
        double room = width - edges(slice);
        double tooWide = room <= 0 ? MOST_SHRUNK : Fonts.width(word, font) / room;
        if (tooWide >= 1) {
            font = Fonts.bold(font.getSize() / (tooWide + 0.02));
        }
        if (height > 9 && tooWide < MOST_SHRUNK) {
            text(word, x + width / 2, middle(slice.lane()), font,
                    palette.onColour(), TextAlignment.CENTER);
        }
    }

    /** What a shape's tips take from its word. */
    private static double edges(Slice slice) {
        return switch (slice.kind()) {
            case SYN, FIN, RST, ICMP -> 11;
            default -> 5;
        };
    }

    private void ticks() {
        double y = axisY();
        double unit = window.span() / (window.width() - LEFT - RIGHT);
        Font font = Fonts.plain(SMALL);
        Font sans = Fonts.inWords(words, SMALL);
        text(Fonts.fit(words.get(model.isToScale() ? "lanes.to-scale" : "lanes.by-events"), sans,
                LEFT - 16), 10, y, sans, palette.faint(), TextAlignment.LEFT);
        List<Break> breaks = model.breaks(window.from(), window.from() + window.span(),
                WIDEST * unit);
        breaks.forEach(each -> broken(each, y));
        for (Tick tick : model.ticks(window.from(), window.from() + window.span(), 92 * unit)) {
            double x = window.x(tick.at());
            double half = Fonts.width(tick.text(), font) / 2 + 4;
            boolean free = breaks.stream().noneMatch(each -> Math.abs(
                    window.x(each.middle()) - x) < half + Fonts.width(each.text(), font) / 2 + 14);
            if (free && x + half < window.width()) {
                text(tick.text(), x, y, font, palette.faint(), TextAlignment.CENTER);
            }
        }
    }

    private double axisY() {
        return Math.min(window.height() - FOOT / 2, bottom() + FOOT / 2);
    }

    /** Two strokes across the lanes, as on a folded map, and how long the wait was. */
    private void broken(Break each, double y) {
        double x = window.x(each.middle());
        double bottom = bottom();
        gc.setStroke(palette.line());
        gc.setLineWidth(1);
        gc.setLineDashes(3, 4);
        gc.strokeLine(x - 3, top(), x - 3, bottom);
        gc.strokeLine(x + 3, top(), x + 3, bottom);
        gc.setLineDashes();
        Font font = Fonts.bold(SMALL);
        double half = Fonts.width(each.text(), font) / 2 + 5;
        for (double side : new double[] {x - half - 4, x + half + 4}) {
            gc.strokeLine(side - 3, y + 5, side, y - 5);
            gc.strokeLine(side, y + 5, side + 3, y - 5);
        }
        text(each.text(), x, y, font, palette.text(), TextAlignment.CENTER);
    }

    void cursor() {
        double x = window.x(model.cursor());
        if (x < LEFT - 2) {
            return;
        }
        int position = model.playback().shown().positionOf(model.playback().hop().get());
        gc.setStroke(palette.accent());
        gc.setLineWidth(1.6);
        gc.strokeLine(x, 0, x, bottom());
        if (position >= 0 && position < model.size()) {
            Slice slice = model.slice(position);
            if (middle(slice.lane()) > top() && middle(slice.lane()) < bottom()) {
                slice(slice, true);
            }
        }
    }

    /** The hop whose slice is at a point; -1 for none. */
    int hopAt(double x, double y) {
        int lane = (int) ((y - top() + window.down()) / laneHeight());
        int found = -1;
        for (int i = model.firstAt(window.from()); i < model.told(); i++) {
            Slice slice = model.slice(i);
            double left = window.x(slice.at()) - 6;
            if (left > x) {
                break;
            }
            if (slice.lane() == lane && x <= left + sliceWidth(slice)) {
                found = slice.hop();
            }
        }
        return found;
    }

    private void text(String text, double x, double y, Font font, Color color,
            TextAlignment align) {
        gc.setFont(font);
        gc.setFill(color);
        gc.setTextBaseline(VPos.CENTER);
        gc.setTextAlign(align);
        gc.fillText(text, x, y);
    }
}
