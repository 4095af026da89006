package dev.podhop.viz.playback;

import dev.podhop.trace.HopFilter;
import dev.podhop.trace.HopFilterException;
import dev.podhop.viz.recording.Recording;
import java.util.Arrays;
import java.util.stream.IntStream;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/**
 * Which hops are shown: those of the attempt that is followed, or of all, that pass the filter.
 * Every
 * pane shows these and no others.
 */
public final class ShownViewModel {

    /** Following no single attempt. */
    public static final int ALL = -1;

    private final Recording recording;
    private final StringProperty filter = new SimpleStringProperty("");
    private final IntegerProperty followed = new SimpleIntegerProperty(ALL);
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private final ReadOnlyObjectWrapper<int[]> hops;
    private boolean[] member;

    public ShownViewModel(Recording recording) {
        this.recording = recording;
        this.member = new boolean[recording.size()];
        this.hops = new ReadOnlyObjectWrapper<>(new int[0]);
        filter.addListener((of, old, now) -> refresh());
        followed.addListener((of, old, now) -> refresh());
        refresh();
    }

    private void refresh() {
        HopFilter parsed;
        try {
            parsed = HopFilter.parse(filter.get());
        } catch (HopFilterException unreadable) {
            // What was shown stays until the text is a filter again.
            problem.set(String.valueOf(unreadable.getMessage()));
            return;
        }
        problem.set("");
        IntStream candidates = followed.get() == ALL ? IntStream.range(0, recording.size())
                : Arrays.stream(recording.hopsOf(followed.get()));
        int[] shown = candidates
                .filter(i -> parsed.matches(recording.hop(i), recording::flow)).toArray();
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
