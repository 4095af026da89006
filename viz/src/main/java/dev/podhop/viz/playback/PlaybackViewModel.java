package dev.podhop.viz.playback;

import dev.podhop.engine.SimTime;
import dev.podhop.trace.HopFilter;
import dev.podhop.trace.Step;
import dev.podhop.viz.recording.Recording;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.stream.LongStream;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleObjectProperty;

/**
 * The cursor: a moment, the hop that happened last before it, and a step of that hop. All panes
 * show
 * what it says, and all can move it.
 */
public final class PlaybackViewModel {

    /** What one step forward or back is. */
    public enum Stride {
        /** The next shown hop. */
        HOP,
        /** The next thing that the namespace did, hook by hook. */
        STEP
    }

    /** How time is laid out and played. */
    public enum Scale {
        LINEAR,
        EVENTS
    }

    /** Axis units a second at speed 1: about one gap between events. */
    private static final double UNITS_PER_SECOND = 1.6;
    /** How long playing rests on a hop, so that it can be read. */
    private static final double REST_SECONDS = 0.45;

    private final Recording recording;
    private final ShownViewModel shown;
    private final ReadOnlyLongWrapper time = new ReadOnlyLongWrapper();
    private final ReadOnlyIntegerWrapper hop = new ReadOnlyIntegerWrapper(Recording.NONE);
    private final ReadOnlyIntegerWrapper step = new ReadOnlyIntegerWrapper();
    private final ReadOnlyLongWrapper moves = new ReadOnlyLongWrapper();
    private final ReadOnlyLongWrapper stops = new ReadOnlyLongWrapper();
    private final BooleanProperty playing = new SimpleBooleanProperty();
    private final BooleanProperty secret = new SimpleBooleanProperty();
    private final BooleanProperty covered = new SimpleBooleanProperty();
    private final BooleanProperty looping = new SimpleBooleanProperty();
    private final DoubleProperty speed = new SimpleDoubleProperty(1);
    private final ObjectProperty<Stride> stride = new SimpleObjectProperty<>(Stride.HOP);
    private final ObjectProperty<Scale> scale = new SimpleObjectProperty<>(Scale.EVENTS);
    private final ReadOnlyObjectWrapper<Axis> axis;
    private double rest;

    public PlaybackViewModel(Recording recording, ShownViewModel shown) {
        this.recording = recording;
        this.shown = shown;
        this.axis = new ReadOnlyObjectWrapper<>(axisNow());
        shown.hops().addListener((of, old, now) -> {
            axis.set(axisNow());
            settle();
        });
        scale.addListener((of, old, now) -> axis.set(axisNow()));
        settle();
        shown.followed().addListener((of, old, now) -> {
            if (now.intValue() != ShownViewModel.ALL) {
                toDecision();
            }
        });
        toDecision();
    }

    /** What is no longer shown cannot be under the cursor. */
    private void settle() {
        int[] hops = shown.hops().get();
        if (hops.length == 0) {
            move(time.get(), Recording.NONE, 0);
        } else if (hop.get() < 0 || !shown.shows(hop.get())) {
            int position = Math.max(0, shown.positionOf(recording.lastAt(time.get())));
            select(hops[position]);
        }
    }

    private Axis axisNow() {
        int[] hops = shown.hops().get();
        if (scale.get() == Scale.LINEAR) {
            return hops.length == 0 ? Axis.linear(0, recording.endNanos())
                    : Axis.linear(recording.time(hops[0]), lastMoment(hops));
        }
        return Axis.events(Arrays.stream(hops).mapToObj(recording::hop)
                .flatMapToLong(each -> each.terminal() instanceof Step.Transmitted
                        ? LongStream.of(each.timeNanos(), each.endNanos())
                        : LongStream.of(each.timeNanos()))
                .toArray());
    }

    private long lastMoment(int[] hops) {
        return recording.hop(hops[hops.length - 1]).endNanos();
    }

    private void move(long toNanos, int toHop, int toStep) {
        move(toNanos, toHop, toStep, false);
    }

    private void move(long toNanos, int toHop, int toStep, boolean toSecret) {
        boolean stays =
                toHop == hop.get() && toStep == step.get() && toSecret == secret.get();
        secret.set(toSecret);
        time.set(toNanos);
        hop.set(toHop);
        step.set(toStep);
        moves.set(moves.get() + 1);
        if (!stays) {
            stops.set(stops.get() + 1);
        }
    }

    /** Puts the cursor on a hop, after its last step. */
    public void select(int toHop) {
        select(toHop, recording.hop(toHop).steps().size() - 1);
    }

    /** Puts the cursor on a step of a hop. */
    public void select(int toHop, int toStep) {
        rest = REST_SECONDS;
        move(recording.time(toHop), toHop, toStep);
    }

    /** Puts the cursor at a hop's door: nobody shows what the host will do. */
    public void hold(int atHop) {
        move(recording.time(atHop), atHop, 0, true);
    }

    /** Takes another's place, pace and way of going. */
    public void standAs(PlaybackViewModel other) {
        scale.set(other.scale.get());
        stride.set(other.stride.get());
        speed.set(other.speed.get());
        looping.set(other.looping.get());
        move(other.time.get(), other.hop.get(), other.step.get(), other.secret.get());
        playing.set(other.playing.get());
    }

    /** Goes to a moment: the last shown hop before it is under the cursor. */
    public void seek(long toNanos) {
        int position = shown.positionOf(recording.lastAt(toNanos));
        int[] hops = shown.hops().get();
        int to = position < 0 ? Recording.NONE : hops[position];
        move(toNanos, to, to < 0 ? 0 : recording.hop(to).steps().size() - 1);
    }

    /**
     * Goes to a time that somebody wrote: {@code 1.2s}, {@code 860us}.
     *
     * @throws IllegalArgumentException when it is no time
     */
    public void seek(String text) {
        seek(SimTime.parseNanos(text.strip().replace(" ", "")));
    }

    /** Goes to the first shown hop that passes a filter; nowhere where none does. */
    public void find(String filter) {
        HopFilter wanted = HopFilter.parse(filter);
        for (int candidate : shown.hops().get()) {
            if (wanted.matches(recording.hop(candidate), recording::facts)) {
                select(candidate);
                return;
            }
        }
    }

    /** One hop or one step on; nothing at the end. */
    public void forward() {
        playing.set(false);
        next();
    }

    private boolean next() {
        boolean inside = stride.get() == Stride.STEP && hop.get() >= 0
                && step.get() + 1 < recording.hop(hop.get()).steps().size();
        if (inside) {
            select(hop.get(), step.get() + 1);
            return true;
        }
        return neighbour(1);
    }

    /** One hop or one step back; nothing at the beginning. */
    public void back() {
        playing.set(false);
        if (stride.get() == Stride.STEP && hop.get() >= 0 && step.get() > 0) {
            select(hop.get(), step.get() - 1);
        } else {
            neighbour(-1);
        }
    }

    private boolean neighbour(int by) {
        int[] hops = shown.hops().get();
        int position = shown.positionOf(hop.get());
        // After a seek between two hops, one back is the beginning of the hop that is under way.
        boolean between = by < 0 && position >= 0 && time.get() > recording.time(hops[position]);
        int to = between ? position : position + by;
        if (to < 0 || to >= hops.length) {
            return false;
        }
        boolean first = stride.get() == Stride.STEP && by > 0;
        select(hops[to], first ? 0 : recording.hop(hops[to]).steps().size() - 1);
        return true;
    }

    /** The first shown hop. */
    public void toStart() {
        if (shown.hops().get().length > 0) {
            select(shown.hops().get()[0]);
        }
    }

    /** The last shown hop. */
    public void toEnd() {
        int[] hops = shown.hops().get();
        if (hops.length > 0) {
            select(hops[hops.length - 1]);
        }
    }

    /** Where the fate of the attempt that is followed was decided; the end where none is. */
    public void toDecision() {
        int followed = shown.followed().get();
        int hop = followed == ShownViewModel.ALL ? Recording.NONE : recording.decision(followed);
        if (hop >= 0 && shown.shows(hop)) {
            select(hop);
        } else {
            toEnd();
        }
    }

    /** The next drop or rejection after the cursor; nowhere, and false, where none is shown. */
    public boolean toNextDrop() {
        int[] hops = shown.hops().get();
        for (int i = shown.positionOf(hop.get()) + 1; i < hops.length; i++) {
            if (recording.lost(hops[i])) {
                select(hops[i]);
                return true;
            }
        }
        return false;
    }

    /**
     * The failure of the run that begins after the attempt in view, from the beginning again after
     * the last; empty where nothing failed.
     *
     * @param everyOne whether also those may be found whose hops nobody has kept
     */
    public OptionalInt nextFailure(boolean everyOne) {
        return recording.kinds().nextFailure(shown.followed().get(),
                attempt -> everyOne || recording.attempt(attempt) != null);
    }

    /** Plays on: called with each frame. */
    public void advance(double seconds) {
        if (!playing.get() || shown.hops().get().length == 0) {
            return;
        }
        double left = seconds * speed.get();
        if (rest > 0) {
            rest -= left;
            return;
        }
        int[] hops = shown.hops().get();
        int position = shown.positionOf(hop.get());
        boolean last = position + 1 >= hops.length;
        if (last) {
            finish();
            return;
        }
        long due = recording.time(hops[position + 1]);
        Axis now = axis.get();
        long reached = now.nanosAt(now.at(time.get()) + left * UNITS_PER_SECOND);
        if (reached >= due) {
            select(hops[position + 1]);
        } else {
            move(Math.max(reached, time.get()), hop.get(), step.get());
        }
    }

    private void finish() {
        if (looping.get()) {
            toStart();
        } else {
            playing.set(false);
        }
    }

    /** Where the cursor is, virtual time. */
    public ReadOnlyLongProperty time() {
        return time.getReadOnlyProperty();
    }

    /** The hop under the cursor, or {@link Recording#NONE}. */
    public ReadOnlyIntegerProperty hop() {
        return hop.getReadOnlyProperty();
    }

    /** The step under the cursor; those after it have not happened yet. */
    public ReadOnlyIntegerProperty step() {
        return step.getReadOnlyProperty();
    }

    /** Changes whenever the cursor did, once a move and after all of it: what views listen to. */
    public ReadOnlyLongProperty moves() {
        return moves.getReadOnlyProperty();
    }

    /** Changes when another hop or step came under the cursor: while time runs, rarely. */
    public ReadOnlyLongProperty stops() {
        return stops.getReadOnlyProperty();
    }

    public BooleanProperty playing() {
        return playing;
    }

    /** Whether playing begins again after the last shown hop. */
    public BooleanProperty looping() {
        return looping;
    }

    /** Whether what is still to come is kept secret: somebody is asked to predict it. */
    public BooleanProperty secret() {
        return secret;
    }

    /**
     * Whether a question is open whose answer lies after the cursor, so that no pane shows that
     * part.
     */
    public BooleanProperty covered() {
        return covered;
    }

    /** How many of the shown hops may be told: all of them, or those up to the cursor. */
    public int told() {
        return secret.get() || covered.get() ? shown.positionOf(hop.get()) + 1
                : shown.hops().get().length;
    }

    /** Whether it may be told what became of a hop's packet. */
    public boolean tells(int aHop) {
        return !(secret.get() && aHop >= hop.get()) && !(covered.get() && aHop > hop.get());
    }

    /** A factor; the slider that sets it is logarithmic. */
    public DoubleProperty speed() {
        return speed;
    }

    public ObjectProperty<Stride> stride() {
        return stride;
    }

    public ObjectProperty<Scale> scale() {
        return scale;
    }

    /** How time is laid out now. */
    public ReadOnlyObjectProperty<Axis> axis() {
        return axis.getReadOnlyProperty();
    }

    public Recording recording() {
        return recording;
    }

    public ShownViewModel shown() {
        return shown;
    }
}
