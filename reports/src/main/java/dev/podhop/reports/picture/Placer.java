package dev.podhop.reports.picture;

import dev.podhop.reports.picture.Layout.Kind;
import dev.podhop.reports.picture.Layout.Spot;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds free ground for what is written at some times only; none is where there is no room. */
final class Placer {

    private static final double STEP = 9;
    private static final double REACH = 260;
    /** How much further away free ground outside seems than ground of one's own. */
    private static final double ABROAD = 90;

    private final Layout layout;
    private final List<Box> taken = new ArrayList<>();

    Placer(Layout layout) {
        this.layout = layout;
    }

    void take(Box box) {
        taken.add(box);
    }

    boolean isFree(Box box) {
        return layout.ground().holds(box) && taken.stream().noneMatch(box::overlaps);
    }

    /** The nearest free box of a size around a place, and takes it; null where there is none. */
    @Nullable Box near(Point at, double width, double height, @Nullable Spot about) {
        Box best = null;
        double least = REACH;
        for (double dy = -REACH; dy <= REACH; dy += STEP) {
            for (double dx = -REACH; dx <= REACH; dx += STEP) {
                double far = Math.hypot(dx * 0.8, dy);
                if (far >= least) {
                    continue;
                }
                Box box = inside(Box.around(at.x() + dx, at.y() + dy, width, height));
                double cost = far + abroad(box, about) * ABROAD;
                if (cost < least && isFree(box)) {
                    least = cost;
                    best = box;
                }
            }
        }
        if (best != null) {
            take(best);
        }
        return best;
    }

    /** Moved so far that it does not leave the ground. */
    Box inside(Box box) {
        Box ground = layout.ground();
        double x = Math.clamp(box.x(), ground.x() + 1,
                Math.max(ground.x() + 1, ground.right() - box.width() - 1));
        double y = Math.clamp(box.y(), ground.y() + 1,
                Math.max(ground.y() + 1, ground.bottom() - box.height() - 1));
        return new Box(x, y, box.width(), box.height());
    }

    /** How many places it would lie on that it is not about. */
    private double abroad(Box box, @Nullable Spot about) {
        double count = 0;
        for (Spot spot : layout.spots().values()) {
            boolean own = about != null && (spot == about || spot.label().equals(about.home()));
            boolean on = spot.box().overlaps(box);
            if (on && !own) {
                count += spot.kind() == Kind.EDGE ? 0.6 : 1;
            }
        }
        boolean home = about != null && about.box().holds(box);
        return count + (home ? 0 : 0.1);
    }
}
