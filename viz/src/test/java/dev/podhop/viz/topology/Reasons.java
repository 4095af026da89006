package dev.podhop.viz.topology;

import dev.podhop.reports.picture.Drawing;
import dev.podhop.reports.picture.Item;
import dev.podhop.reports.picture.Layout;
import dev.podhop.reports.picture.Level;
import dev.podhop.reports.picture.Visit;
import dev.podhop.trace.Explanation;
import dev.podhop.viz.playback.PlaybackViewModel;
import dev.podhop.viz.playback.ShownViewModel;
import dev.podhop.viz.recording.Recording;
import dev.podhop.viz.recording.RunKinds.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the reason of a failure says, the picture at its deciding moment shows. */
final class Reasons {

    private static final Pattern PLACE =
            Pattern.compile("\\b(?:pod|node|external)/[A-Za-z0-9./-]*[A-Za-z0-9]|\\bedge\\b");

    private Reasons() {}

    /** Of every kind of failure that the run has what is said and not shown. */
    static List<String> breaches(Recording recording) {
        List<String> breaches = new ArrayList<>();
        ShownViewModel shown = new ShownViewModel(recording);
        PlaybackViewModel playback = new PlaybackViewModel(recording, shown);
        TopologyViewModel model = new TopologyViewModel(playback);
        for (Kind kind : recording.kinds().all()) {
            if (!kind.failed()) {
                continue;
            }
            int attempt = recording.telling(kind).attempt();
            if (recording.attempt(attempt) == null) {
                breaches.add(kind + " cannot be followed");
                continue;
            }
            shown.followed().set(attempt);
            int deciding = recording.decision(attempt);
            if (deciding < 0) {
                continue;
            }
            playback.select(deciding);
            for (Level level : Level.values()) {
                model.level().set(level);
                model.fit(957, 740);
                deciding(recording.visit(deciding), deciding, model, kind + " " + level,
                        breaches);
            }
            named(recording.run().whys().get(attempt), recording, model, kind, breaches);
        }
        return breaches;
    }

    /** The packet stands where it was decided, and where it ended there its end is told. */
    private static void deciding(Visit visit, int hop, TopologyViewModel model, String where,
            List<String> breaches) {
        Drawing drawing = model.drawing();
        Layout.Spot spot = model.layout().at(visit.place());
        boolean there = drawing.above().stream().anyMatch(item -> switch (item) {
            case Item.Sign sign -> sign.hop() == hop && sign.place().equals(visit.place());
            case Item.Cross cross -> cross.hop() == hop && cross.place().equals(visit.place());
            default -> false;
        });
        if (spot == null || !there) {
            breaches.add(where + ": no sign of hop " + hop + " at " + visit.place());
        }
        if (visit.isBadEnd() && drawing.words().stream()
                .noneMatch(word -> word.text().contains(visit.reason()))) {
            breaches.add(where + ": nothing says " + visit.reason());
        }
    }

    /** Places that the run knows and the reason names are drawn, or counted in one that is. */
    private static void named(Explanation why, Recording recording, TopologyViewModel model,
            Kind kind, List<String> breaches) {
        for (Explanation each = why; each != null; each = each.because()) {
            for (String value : each.arguments().values()) {
                Matcher names = PLACE.matcher(value);
                while (names.find()) {
                    String place = names.group();
                    boolean known = recording.wiring().spaces().stream()
                            .anyMatch(space -> space.label().equals(place));
                    if (known && model.layout().at(place) == null) {
                        breaches.add(kind + ": " + place + " is nowhere in the picture");
                    }
                }
            }
        }
    }
}
