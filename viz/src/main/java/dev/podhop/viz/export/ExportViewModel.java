package dev.podhop.viz.export;

import dev.podhop.engine.SimTime;
import dev.podhop.viz.playback.PlaybackViewModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Executor;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.jspecify.annotations.Nullable;

/** What to export: a pane or all, now or over a span of time, as what, and where to. */
public final class ExportViewModel {

    private static final Pattern SIZE = Pattern.compile("([1-9]\\d{1,3})x([1-9]\\d{1,3})");

    private final PlaybackViewModel playback;
    private final Studio studio;
    private final Executor writer;
    private final ReadOnlyDoubleWrapper progress = new ReadOnlyDoubleWrapper();
    private final ReadOnlyBooleanWrapper running = new ReadOnlyBooleanWrapper();
    private final ReadOnlyStringWrapper told = new ReadOnlyStringWrapper("");
    private @Nullable Filming filming;

    /** What it becomes. */
    public enum Form {
        PICTURE("podhop.png"),
        ANIMATION("podhop.gif"),
        FRAMES("podhop-frames");

        private final String name;

        Form(String name) {
            this.name = name;
        }

        /** A file or folder to begin with. */
        String fileName() {
            return name;
        }
    }

    /** What somebody wrote into the fields. */
    record Order(String pane, Form form, String from, String until, String frames, String size,
            String to) {}

    /**
     * A view model.
     *
     * @param writer where frames are written; not the JavaFX thread
     */
    public ExportViewModel(PlaybackViewModel playback, Studio studio, Executor writer) {
        this.playback = playback;
        this.studio = studio;
        this.writer = writer;
    }

    Studio studio() {
        return studio;
    }

    /** When the shown hops begin. */
    String begin() {
        int[] hops = playback.shown().hops().get();
        return SimTime.format(hops.length == 0 ? 0 : playback.recording().time(hops[0]));
    }

    /** When they end. */
    String end() {
        int[] hops = playback.shown().hops().get();
        return SimTime.format(hops.length == 0 ? playback.recording().endNanos()
                : playback.recording().time(hops[hops.length - 1]));
    }

    /** Exports; what is wrong with an order is told, and nothing is written. */
    void export(Order order) {
        if (running.get()) {
            return;
        }
        told.set("");
        try {
            Path to = Path.of(order.to().strip());
            if (order.form() == Form.PICTURE) {
                Pictures.checkName(to, false);
                Pictures.write(studio.picture(order.pane()), to);
                told.set(to.toString());
            } else {
                film(order, to);
            }
        } catch (IllegalArgumentException | IOException wrong) {
            told.set(String.valueOf(wrong.getMessage()));
        }
    }

    private void film(Order order, Path to) {
        boolean gif = to.toString().endsWith(".gif");
        if (gif != (order.form() == Form.ANIMATION)) {
            throw new IllegalArgumentException(to + ": an animation's name ends in .gif, and a"
                    + " folder's does not");
        }
        Matcher size = SIZE.matcher(order.size().strip());
        if (!size.matches()) {
            throw new IllegalArgumentException(
                    "found " + order.size() + ", expected a size such as 1280x720");
        }
        Span span = new Span(SimTime.parseNanos(order.from()), SimTime.parseNanos(order.until()),
                number(order.frames()));
        var film = studio.film(order.pane(), Integer.parseInt(size.group(1)),
                Integer.parseInt(size.group(2)));
        var axis = playback.axis().get();
        Filming mine = new Filming();
        filming = mine;
        running.set(true);
        progress.set(0);
        mine.start(span.frames(), frame -> film.apply(span.nanosAt(frame, axis)), to, writer,
                progress::set, failure -> {
                    running.set(false);
                    told.set(failure.isEmpty() && progress.get() >= 1 ? to.toString() : failure);
                });
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text.strip());
        } catch (NumberFormatException none) {
            throw new IllegalArgumentException("found " + text + ", expected a number of frames",
                    none);
        }
    }

    /** Ends a film that is being made. */
    public void cancel() {
        if (filming != null) {
            filming.cancel();
        }
    }

    /** How far a film is, from 0 to 1. */
    ReadOnlyDoubleProperty progress() {
        return progress.getReadOnlyProperty();
    }

    /** Whether one is being made. */
    ReadOnlyBooleanProperty running() {
        return running.getReadOnlyProperty();
    }

    /** What was written, or what is wrong; empty before. */
    ReadOnlyStringProperty told() {
        return told.getReadOnlyProperty();
    }
}
