package dev.podhop.viz.playback;

import dev.podhop.trace.AttemptFacts;
import dev.podhop.trace.HopFilter;
import dev.podhop.trace.HopFilterException;
import dev.podhop.trace.Outcome;
import dev.podhop.viz.recording.Recording;
import java.util.Arrays;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;

/**
 * Which hops are shown: those of the attempt that is followed, or of all, that pass the filter.
 * Every
 * pane shows these and no others.
 */
public final class ShownViewModel {

    /** Following no single attempt. */
    public static final int ALL = -1;

    /** So many hops are filtered between two frames without being noticed. */
    private static final int AT_ONCE = 4_000;

    private final Recording recording;
    private final Executor background;
    private final Executor foreground;
    private volatile long asked;
    private final StringProperty filter = new SimpleStringProperty("");
    private final BooleanProperty failedOnly = new SimpleBooleanProperty();
    private final IntegerProperty followed = new SimpleIntegerProperty(ALL);
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private final ReadOnlyObjectWrapper<int[]> hops;
    private boolean[] member;

    /** Hops that are filtered at once, however many there are. */
    public ShownViewModel(Recording recording) {
        this(recording, Runnable::run, Runnable::run);
    }

    /**
     * Hops that are filtered in the background where there are many: what was shown stays until
     * then, and of several filters the last one counts.
     *
     * @param background runs what is slow
     * @param foreground runs what tells the views
     */
    public ShownViewModel(Recording recording, Executor background, Executor foreground) {
        this.recording = recording;
        this.background = background;
        this.foreground = foreground;
        this.member = new boolean[recording.size()];
        this.hops = new ReadOnlyObjectWrapper<>(new int[0]);
        filter.addListener((of, old, now) -> refresh());
        followed.addListener((of, old, now) -> refresh());
        failedOnly.addListener((of, old, now) -> refresh());
        refresh();
    }

    /** Sets the filter, and waits for it: for whoever goes on with what is shown. */
    public void filterAtOnce(String text) {
        filter.set(text);
        HopFilter parsed = parsed();
        if (parsed != null) {
            asked++;
            show(matching(parsed, candidates(), asked));
        }
    }

    private void refresh() {
        HopFilter parsed = parsed();
        if (parsed == null) {
            return;
        }
        long mine = ++asked;
        int[] candidates = candidates();
        if (candidates.length <= AT_ONCE || filter.get().isBlank()) {
            show(matching(parsed, candidates, mine));
            return;
        }
        background.execute(() -> {
            int[] matching = matching(parsed, candidates, mine);
            foreground.execute(() -> {
                if (mine == asked) {
                    show(matching);
                }
            });
        });
    }

    /** The filter; null where it is none: what was shown stays until the text is one again. */
    private @Nullable HopFilter parsed() {
        try {
            HopFilter parsed = HopFilter.parse(filter.get());
            problem.set("");
            return parsed;
        } catch (HopFilterException unreadable) {
            problem.set(String.valueOf(unreadable.getMessage()));
            return null;
        }
    }

    private int[] candidates() {
        if (followed.get() != ALL) {
            return recording.hopsOf(followed.get());
        }
        IntStream all = IntStream.range(0, recording.size());
        return (failedOnly.get() ? all.filter(i -> failed(recording.hop(i).attempt())) : all)
                .toArray();
    }

    private boolean failed(int attempt) {
        AttemptFacts facts = recording.facts(attempt);
        return facts != null && facts.outcome() != Outcome.Answered;
    }

    /** Those that pass; too few, and not to be shown, where another filter was asked for since. */
    private int[] matching(HopFilter wanted, int[] candidates, long mine) {
        return Arrays.stream(candidates).takeWhile(i -> mine == asked)
                .filter(i -> wanted.matches(recording.hop(i), recording::facts)).toArray();
    }

    /** How many hops of the whole run pass the filter, whoever's they are. */
    public int passing() {
        HopFilter wanted = HopFilter.parse(filter.get());
        return (int) IntStream.range(0, recording.size())
                .filter(i -> wanted.matches(recording.hop(i), recording::facts)).count();
    }

    private void show(int[] shown) {
        boolean[] is = new boolean[recording.size()];
        for (int hop : shown) {
            is[hop] = true;
        }
        member = is;
        hops.set(shown);
    }

    /** In the filter language of the command line. */
    public StringProperty filter() {
        return filter;
    }

    /** The attempt that is followed, or {@link #ALL}. */
    public IntegerProperty followed() {
        return followed;
    }

    /** Whether of all attempts only those are shown, and offered, that failed. */
    public BooleanProperty failedOnly() {
        return failedOnly;
    }

    /** What is wrong with the filter; empty where nothing is. */
    public ReadOnlyStringProperty problem() {
        return problem.getReadOnlyProperty();
    }

    /** Numbers of the hops that are shown, in order. */
    public ReadOnlyObjectProperty<int[]> hops() {
        return hops.getReadOnlyProperty();
    }

    /** Whether a hop is shown. */
    public boolean shows(int hop) {
        return member[hop];
    }

    /** Adds to the filter that hops must be such, or must not be. */
    public void narrow(String condition, boolean such) {
        String all = filter.get().isBlank() ? "" : "(" + filter.get().strip() + ") && ";
        filter.set(all + (such ? condition : "!(" + condition + ")"));
    }

    /** The position among the shown hops of the last one that is not after a hop; -1 for none. */
    public int positionOf(int hop) {
        int found = Arrays.binarySearch(hops.get(), hop);
        return found >= 0 ? found : -found - 2;
    }
}
