package dev.podhop.reports.picture;

import dev.podhop.reports.picture.Cast.Casting;
import dev.podhop.reports.picture.Cast.Group;
import dev.podhop.reports.picture.Wiring.Space;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gives everything its place: the outside and the edge above, nodes below in rows, by zone. Depends
 * on the subject, the level and the pane's size only: the same at every time.
 */
public final class Composer {

    private static final int MOST_ROWS = 6;
    /** Nothing grows larger than that: the rest is air. */
    private static final double LARGEST = 1.7;
    /** Alike enough that the simpler one is taken. */
    private static final double ALIKE = 1.04;

    private final Subject subject;
    private final PictureWords words;

    public Composer(Subject subject, PictureWords words) {
        this.subject = subject;
        this.words = words;
    }

    /** One way to arrange everything. */
    private record Choice(Plan plan, double fit) {}

    /** For a pane of so many pixels. */
    public Layout compose(Level level, double paneWidth, double paneHeight) {
        Casting casting = new Casting(subject.wiring(), subject.visited()::contains,
                subject.deciding());
        Captions said = subject.said(words);
        Choice last = null;
        Fold before = null;
        for (Fold fold : Fold.of(level)) {
            Cast cast = new Cast(casting, fold);
            Choice best = best(cast, said, paneWidth, paneHeight);
            last = last == null || best.fit() > last.fit() || before == null ? best : last;
            before = fold;
            if (best.fit() >= 1) {
                last = best;
                break;
            }
        }
        if (last == null) {
            throw new IllegalStateException("no fold");
        }
        double scale = Math.min(last.fit(), LARGEST);
        return last.plan().place(level, paneWidth / scale, paneHeight / scale, scale);
    }

    private static Choice best(Cast cast, Captions said, double paneWidth, double paneHeight) {
        Choice best = null;
        int most = cast.groups().stream().mapToInt(Group::cells).max().orElse(1);
        for (int rows = 1; rows <= Math.min(MOST_ROWS, Math.max(1, most)); rows++) {
            for (int across = PodFrame.ACROSS; across >= 1; across--) {
                for (boolean roomy : new boolean[] {true, false}) {
                    Plan plan = new Plan(cast, said, rows, across, roomy);
                    double fit = Math.min(paneWidth / plan.width(),
                            paneHeight / plan.height());
                    if (best == null || Math.min(fit, LARGEST) > best.fit() * ALIKE) {
                        best = new Choice(plan, fit);
                    }
                }
            }
        }
        if (best == null) {
            throw new IllegalStateException("no rows");
        }
        return best;
    }

    /** Whoever stands outside, in a row. */
    static List<PodFrame> hosts(Cast cast, Captions said) {
        List<PodFrame> hosts = new ArrayList<>();
        for (Space each : cast.outside()) {
            hosts.add(new PodFrame(each, cast.visited(each.label()), said.ofPod("", "")));
        }
        return hosts;
    }

    /** The edge; null where there is none. */
    static @Nullable EdgeFrame edge(Cast cast, Captions said) {
        Space edge = cast.edge();
        return edge == null ? null : new EdgeFrame(cast, edge, said);
    }
}
