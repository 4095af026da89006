package dev.podhop.reports.picture;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A way through a place: corners, and at some of them a hook where a packet can stand.
 *
 * @param corners in order
 */
record Track(List<Corner> corners) {

    /**
     * A corner.
     *
     * @param hook where a packet can stand, empty for a stand at no hook; null for no stand
     * @param below the door of the hook
     */
    record Corner(Point at, @Nullable String hook, boolean below) {

        static Corner of(double x, double y) {
            return new Corner(new Point(x, y), null, false);
        }
    }

    List<Point> points() {
        return corners.stream().map(Corner::at).toList();
    }

    /** As far as the last stand at a hook; the first stand of all where there is none. */
    Track until(@Nullable String hook) {
        int first = corners.size() - 1;
        int last = -1;
        for (int i = corners.size() - 1; i >= 0; i--) {
            String here = corners.get(i).hook();
            first = here == null ? first : i;
            last = last < 0 && here != null && here.equals(hook) ? i : last;
        }
        return new Track(corners.subList(0, (last < 0 ? first : last) + 1));
    }

    /** As far as the last stand: where a packet is until it leaves. */
    Track inside() {
        int last = corners.size() - 1;
        while (last > 0 && corners.get(last).hook() == null) {
            last--;
        }
        return new Track(corners.subList(0, last + 1));
    }

    Corner last() {
        return corners.getLast();
    }

    /** The door at which a hook is met; the one above where it is not. */
    boolean isBelow(String hook) {
        return corners.stream().filter(each -> hook.equals(each.hook()))
                .anyMatch(Corner::below);
    }

    /** Puts a track together. */
    static final class Builder {
        private final List<Corner> corners = new ArrayList<>();

        Builder to(double x, double y) {
            corners.add(Corner.of(x, y));
            return this;
        }

        Builder to(Point at) {
            return to(at.x(), at.y());
        }

        /** A stand at no hook. */
        Builder rest(Point at) {
            corners.add(new Corner(at, "", false));
            return this;
        }

        Builder stand(HookPlates hooks, String hook, boolean below) {
            corners.add(new Corner(hooks.stand(hook, below), hook, below));
            return this;
        }

        Track build() {
            return new Track(List.copyOf(corners));
        }
    }
}
