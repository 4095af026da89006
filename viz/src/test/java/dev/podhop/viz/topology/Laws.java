package dev.podhop.viz.topology;

import dev.podhop.reports.picture.Box;
import dev.podhop.reports.picture.Drawing;
import dev.podhop.reports.picture.Item;
import dev.podhop.reports.picture.Item.Cable;
import dev.podhop.reports.picture.Item.Sign;
import dev.podhop.reports.picture.Item.Word;
import dev.podhop.reports.picture.Layout;
import dev.podhop.reports.picture.Layout.Card;
import dev.podhop.reports.picture.Layout.Kind;
import dev.podhop.reports.picture.Layout.Spot;
import dev.podhop.reports.picture.Letters;
import dev.podhop.reports.picture.Point;
import dev.podhop.reports.picture.Wiring;
import java.util.ArrayList;
import java.util.List;

/** What holds for every drawing; each breach in words. */
final class Laws {

    /** Half of the widest line. */
    private static final double LINE = 3;

    private final Layout layout;
    private final Drawing drawing;
    private final List<String> breaches = new ArrayList<>();

    private Laws(Layout layout, Drawing drawing) {
        this.layout = layout;
        this.drawing = drawing;
    }

    static List<String> breaches(Layout layout, Drawing drawing, Wiring wiring) {
        Laws laws = new Laws(layout, drawing);
        laws.nothingLeavesThePane();
        laws.noCableCrossesAnothersPlace();
        laws.noWayCrossesABalancerThatItDoesNotAsk();
        laws.packetsStandWhereTheirStepHappened();
        laws.wordsAreApartAndLargeEnough();
        laws.whoIsNotDrawnIsCounted(wiring);
        return laws.breaches;
    }

    /** Nodes and pods, drawn and counted, are all that there are. */
    private void whoIsNotDrawnIsCounted(Wiring wiring) {
        int nodes = 0;
        int pods = 0;
        for (Spot spot : layout.spots().values()) {
            nodes += spot.crowd().nodes() + (spot.kind() == Kind.NODE ? 1 : 0);
            pods += spot.crowd().pods() + (spot.kind() == Kind.POD ? 1 : 0);
        }
        long allNodes = wiring.spaces().stream()
                .filter(each -> each.kind() == Wiring.Kind.NODE).count();
        long allPods = wiring.spaces().stream()
                .filter(each -> each.kind() == Wiring.Kind.POD).count();
        if (nodes != allNodes || pods != allPods) {
            breaches.add(nodes + " nodes and " + pods + " pods are drawn or counted of " + allNodes
                    + " and " + allPods);
        }
    }

    private void nothingLeavesThePane() {
        Box pane = layout.ground();
        drawing.items().forEach(item -> {
            boolean inside = switch (item) {
                case Item.Area area -> pane.grown(8).holds(area.box());
                case Item.Stroke stroke -> within(stroke.path().points());
                case Cable cable -> within(cable.path().points());
                case Word word -> pane.holds(word.box());
                case Sign sign -> pane.holds(sign.box());
                case Item.Cross cross -> within(List.of(cross.at()));
            };
            if (!inside) {
                breaches.add("leaves the pane: " + item);
            }
        });
        for (Spot spot : layout.spots().values()) {
            for (Word word : spot.words()) {
                if (!spot.box().holds(word.box())) {
                    breaches.add("is cut by its place: " + word);
                }
            }
        }
    }

    private boolean within(List<Point> points) {
        return points.stream().allMatch(at -> layout.ground().grown(-LINE / 2).contains(at.x(),
                at.y()));
    }

    private void noCableCrossesAnothersPlace() {
        for (Cable cable : layout.cables()) {
            for (Spot spot : layout.spots().values()) {
                Spot a = layout.at(cable.a());
                Spot b = layout.at(cable.b());
                boolean own = spot == a || spot == b || a != null && a.home().equals(spot.label())
                        || b != null && b.home().equals(spot.label());
                List<Point> line = cable.path().points();
                for (int i = 1; i < line.size() && !own; i++) {
                    if (spot.box().isCrossedBy(line.get(i - 1), line.get(i))) {
                        breaches.add(cable.a() + " - " + cable.b() + " crosses " + spot.label());
                    }
                }
            }
        }
    }

    private void noWayCrossesABalancerThatItDoesNotAsk() {
        List<Box> asked = drawing.above().stream().filter(Item.Area.class::isInstance)
                .map(item -> ((Item.Area) item).box()).toList();
        for (Card card : layout.cards().values()) {
            boolean own = asked.contains(card.box());
            drawing.above().stream().filter(Item.Stroke.class::isInstance)
                    .map(item -> (Item.Stroke) item)
                    .filter(stroke -> stroke.style() != Item.Style.GHOST && !own)
                    .filter(stroke -> crosses(stroke.path().points(), card.box()))
                    .forEach(stroke -> breaches.add("a way crosses " + card.name()));
        }
    }

    private static boolean crosses(List<Point> line, Box box) {
        for (int i = 1; i < line.size(); i++) {
            if (box.isCrossedBy(line.get(i - 1), line.get(i))) {
                return true;
            }
        }
        return false;
    }

    private void packetsStandWhereTheirStepHappened() {
        drawing.above().forEach(item -> {
            if (item instanceof Sign sign && !sign.onWire()) {
                stands(sign);
            }
        });
    }

    private void stands(Sign sign) {
        Spot spot = layout.at(sign.place());
        if (spot == null || !spot.box().grown(1).holds(sign.box())) {
            breaches.add("not inside " + sign.place() + " "
                    + (spot == null ? "" : spot.box()) + ": " + sign);
            return;
        }
        boolean hooked = sign.hook() == null || spot.plates(sign.hook()).isEmpty()
                || spot.plates(sign.hook()).stream().anyMatch(plate -> plate.contains(
                        sign.box().centerX(), sign.box().centerY()));
        if (!hooked) {
            breaches.add("not at " + sign.hook() + ": " + sign);
        }
        boolean onPod = spot.kind() == Kind.NODE && layout.spots().values().stream()
                .filter(each -> each.kind() == Kind.POD && each.home().equals(spot.label()))
                .anyMatch(pod -> pod.box().overlaps(sign.box()));
        if (onPod) {
            breaches.add("on a pod of " + sign.place() + ": " + sign);
        }
    }

    private void wordsAreApartAndLargeEnough() {
        List<Word> words = drawing.words();
        for (int i = 0; i < words.size(); i++) {
            Word word = words.get(i);
            if (word.size() * drawing.scale() < Letters.SMALL - 0.01) {
                breaches.add("too small, at " + drawing.scale() + ": " + word);
            }
            for (int j = i + 1; j < words.size(); j++) {
                if (word.box().overlaps(words.get(j).box())) {
                    breaches.add(word + " on " + words.get(j));
                }
            }
        }
    }
}
