package dev.podhop.viz.topology;

import dev.podhop.reports.picture.Artist;
import dev.podhop.reports.picture.Composer;
import dev.podhop.reports.picture.Drawing;
import dev.podhop.reports.picture.Item;
import dev.podhop.reports.picture.Layout;
import dev.podhop.reports.picture.Level;
import dev.podhop.reports.picture.PictureWords;
import dev.podhop.reports.picture.Subject;
import dev.podhop.reports.picture.Visit;
import dev.podhop.viz.playback.PlaybackViewModel;
import dev.podhop.viz.playback.ShownViewModel;
import dev.podhop.viz.recording.Recording;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.jspecify.annotations.Nullable;

/** What the topology shows at the cursor's moment. */
public final class TopologyViewModel {

    /** A pane's size as long as no view has said its own. */
    private static final double WIDTH = 960;
    private static final double HEIGHT = 640;

    private final PlaybackViewModel playback;
    private final Recording recording;
    private final MomentsViewModel moments;
    private final ObjectProperty<Level> level = new SimpleObjectProperty<>(Level.KERNEL);
    private double width = WIDTH;
    private double height = HEIGHT;
    private PictureWords words = PictureWords.in(Locale.ENGLISH);
    private @Nullable Laid laid;
    private List<String> lit = List.of();

    /** A layout, and what it was made for. */
    private record Laid(int followed, Level level, double width, double height,
            PictureWords words, Layout layout, Artist artist) {}

    public TopologyViewModel(PlaybackViewModel playback) {
        this.playback = playback;
        this.recording = playback.recording();
        this.moments = new MomentsViewModel(playback);
    }

    private Laid laid() {
        int followed = playback.shown().followed().get();
        Laid before = laid;
        if (before != null && before.followed() == followed && before.level() == level.get()
                && before.width() == width && before.height() == height
                && before.words() == words) {
            return before;
        }
        Subject subject = subject(followed);
        Layout layout = new Composer(subject, words).compose(level.get(), width, height);
        Laid made = new Laid(followed, level.get(), width, height, words, layout,
                new Artist(layout, subject, words));
        laid = made;
        return made;
    }

    private Subject subject(int followed) {
        if (followed == ShownViewModel.ALL) {
            return Subject.of(recording.wiring(), recording.life());
        }
        List<Visit> visits = new ArrayList<>();
        for (int hop : recording.hopsOf(followed)) {
            visits.add(recording.visit(hop));
        }
        int deciding = recording.decision(followed);
        return Subject.of(recording.wiring(), recording.life(), visits,
                deciding < 0 ? "" : recording.visit(deciding).place());
    }

    /** Lays everything out for a pane of this many pixels. */
    public void fit(double paneWidth, double paneHeight) {
        width = Math.max(paneWidth, 100);
        height = Math.max(paneHeight, 100);
    }

    /** In which language it is written. */
    public void speak(Locale language) {
        words = PictureWords.in(language);
    }

    /** How much of each place is drawn. */
    public ObjectProperty<Level> level() {
        return level;
    }

    /** Points at places, until it is told otherwise. */
    public void highlight(List<String> labels) {
        lit = List.copyOf(labels);
    }

    /** Where everything stands; in a large cluster that changes with the attempt in view. */
    Layout layout() {
        return laid().layout();
    }

    PlaybackViewModel playback() {
        return playback;
    }

    /** All that is seen now. */
    public Drawing drawing() {
        return laid().artist().draw(moments.now(lit));
    }

    /** The nearest packet or bad end to a place on the ground; -1 where none is near. */
    int hopAt(double x, double y, double within) {
        int found = Recording.NONE;
        double nearest = within;
        for (Item item : drawing().above()) {
            double away = switch (item) {
                case Item.Sign sign -> Math.hypot(sign.box().centerX() - x,
                        sign.box().centerY() - y);
                case Item.Cross cross -> Math.hypot(cross.at().x() - x, cross.at().y() - y);
                default -> Double.MAX_VALUE;
            };
            if (away < nearest) {
                nearest = away;
                found = item instanceof Item.Sign sign ? sign.hop() : ((Item.Cross) item).hop();
            }
        }
        return found;
    }

    /** The label of the smallest place that holds a point; null for none. */
    @Nullable String placeAt(double x, double y) {
        String found = null;
        for (Layout.Spot spot : layout().spots().values()) {
            boolean smaller = found == null || spot.kind() == Layout.Kind.POD;
            if (spot.box().contains(x, y) && smaller) {
                found = spot.label();
            }
        }
        return found;
    }

    /** The load balancer at a point, as {@code lb/NAME}, else the place there; null for none. */
    @Nullable String thingAt(double x, double y) {
        return layout().cards().values().stream().filter(card -> card.box().contains(x, y))
                .map(Layout.Card::name).findFirst().orElseGet(() -> placeAt(x, y));
    }

    /** The next shown hop at a place after the cursor, or the first one there; -1 for none. */
    int nextHopAt(String place) {
        int[] shown = playback.shown().hops().get();
        int from = playback.shown().positionOf(playback.hop().get()) + 1;
        for (int i = 0; i < shown.length; i++) {
            int candidate = shown[(from + i) % shown.length];
            if (recording.visit(candidate).place().equals(place)) {
                return candidate;
            }
        }
        return Recording.NONE;
    }
}
