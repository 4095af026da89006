package dev.podhop.viz.start;

import dev.podhop.viz.start.StartViewModel.Mark;
import dev.podhop.viz.style.Palette;
import java.util.List;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;

/** A histogram: how many attempts began when, and what happened to the cluster meanwhile. */
final class Times extends Canvas {

    private static final double HEIGHT = 28;
    /** One attempt is seen, however many there are of another kind. */
    private static final double LEAST = 2.5;

    private final Palette palette;
    private final List<Mark> marks;

    Times(Palette palette, double width, List<Mark> marks) {
        super(width, HEIGHT);
        this.palette = palette;
        this.marks = marks;
    }

    /** @param most the largest number of any histogram beside it */
    void show(int[] times, int most, boolean bad) {
        GraphicsContext gc = getGraphicsContext2D();
        gc.clearRect(0, 0, getWidth(), HEIGHT);
        gc.setFill(palette.line());
        gc.fillRect(0, HEIGHT - 1, getWidth(), 1);
        gc.setFill(palette.faint());
        marks.forEach(mark -> gc.fillRect(mark.share() * (getWidth() - 1), 0, 1, HEIGHT));
        gc.setFill(bad ? palette.bad() : palette.good());
        double wide = getWidth() / times.length;
        for (int i = 0; i < times.length; i++) {
            if (times[i] > 0) {
                double high = Math.max(LEAST, (HEIGHT - 3) * times[i] / Math.max(1, most));
                gc.fillRect(i * wide, HEIGHT - 1 - high, Math.max(1, wide - 1), high);
            }
        }
    }
}
