package dev.podhop.reports.picture;

import dev.podhop.trace.StateChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * State at a time: the nearest keyframe before it, and the changes since. A pure function of time,
 * whichever way the cursor moves.
 */
public final class Journal {

    /** Changes between two keyframes: what a look-up replays at most. */
    private static final int INTERVAL = 256;

    private final List<StateChange> changes;
    private final List<Map<Key, StateChange>> keyframes = new ArrayList<>();

    /** What a change is about. */
    private record Key(StateChange.Kind kind, String where, String name)
            implements Comparable<Key> {

        static Key of(StateChange change) {
            return new Key(change.kind(), change.where(), change.key());
        }

        @Override
        public int compareTo(Key other) {
            int order = kind.compareTo(other.kind);
            order = order != 0 ? order : where.compareTo(other.where);
            return order != 0 ? order : name.compareTo(other.name);
        }
    }

    /** A journal of changes in the order of their times. */
    public Journal(List<StateChange> changes) {
        this.changes = changes;
        Map<Key, StateChange> now = new TreeMap<>();
        for (int i = 0; i < changes.size(); i++) {
            if (i % INTERVAL == 0) {
                keyframes.add(new TreeMap<>(now));
            }
            apply(now, changes.get(i));
        }
    }

    private static void apply(Map<Key, StateChange> state, StateChange change) {
        if (change.removed()) {
            state.remove(Key.of(change));
        } else {
            state.put(Key.of(change), change);
        }
    }

    /** The last change of each thing that is there at a time, by kind, place and name. */
    public List<StateChange> at(long timeNanos) {
        int past = countUntil(timeNanos);
        if (past == 0) {
            return List.of();
        }
        int frame = (past - 1) / INTERVAL;
        Map<Key, StateChange> state = new TreeMap<>(keyframes.get(frame));
        for (int i = frame * INTERVAL; i < past; i++) {
            apply(state, changes.get(i));
        }
        return List.copyOf(state.values());
    }

    /** The changes in a span of time, its end included. */
    public List<StateChange> between(long afterNanos, long untilNanos) {
        return changes.subList(countUntil(afterNanos), countUntil(untilNanos));
    }

    /** How many changes happened at or before a time. */
    private int countUntil(long timeNanos) {
        int low = 0;
        int high = changes.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (changes.get(middle).timeNanos() <= timeNanos) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
