package dev.podhop.viz.topology;

import dev.podhop.run.result.TraceResult.Diagnosis;
import dev.podhop.trace.Hop;
import dev.podhop.trace.Role;
import dev.podhop.trace.Step;
import dev.podhop.viz.playback.PlaybackViewModel;
import dev.podhop.viz.playback.ShownViewModel;
import dev.podhop.viz.recording.PacketKind;
import dev.podhop.viz.recording.Recording;
import dev.podhop.viz.recording.Visit;
import dev.podhop.viz.topology.Scenery.Load;
import dev.podhop.viz.topology.Scenery.Mark;
import dev.podhop.viz.topology.Scenery.Met;
import dev.podhop.viz.topology.Scenery.Note;
import dev.podhop.viz.topology.Scenery.Token;
import dev.podhop.viz.topology.Scenery.Trail;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What the topology shows at the cursor's moment. */
public final class TopologyViewModel {

    /** More packets than this on the wires cannot be told apart: they are counted instead. */
    static final int MOST_TOKENS = 200;
    private static final int LONGEST_WAY = 60;
    private static final int MOST_LEGS = 3;
    private static final double LANE = 4;
    private static final double NEXT_LANE = 7;
    private static final double BELOW_BRIDGE = 13;
    /** A pane's size as long as no view has said its own. */
    private static final double WIDTH = 960;
    private static final double HEIGHT = 640;
    /** Bad ends that are looked at, the last before the cursor. */
    private static final int MOST_MARKS = 64;

    private final PlaybackViewModel playback;
    private final Recording recording;
    private Layout layout;
    private Ways ways;
    private double width = WIDTH;
    private double height = HEIGHT;
    private int laidOutFor;
    private int[] lost = new int[0];
    private int @Nullable [] searched;
    private List<String> lit = List.of();

    public TopologyViewModel(PlaybackViewModel playback) {
        this.playback = playback;
        this.recording = playback.recording();
        this.layout = built();
        this.ways = new Ways(layout, recording.wiring());
    }

    private Layout built() {
        laidOutFor = playback.shown().followed().get();
        Predicate<String> visited = recording.wiring()::visited;
        if (laidOutFor != ShownViewModel.ALL) {
            Set<String> places = new HashSet<>();
            for (int hop : recording.hopsOf(laidOutFor)) {
                places.add(recording.visit(hop).place());
            }
            visited = places::contains;
        }
        return new LayoutBuilder(recording.wiring(), new Cast(recording.wiring(), visited))
                .build(width, height);
    }

    /** Lays everything out for a pane of this many pixels. */
    void fit(double paneWidth, double paneHeight) {
        width = Math.max(paneWidth, 100);
        height = Math.max(paneHeight, 100);
        layout = built();
        ways = new Ways(layout, recording.wiring());
    }

    /** Shown hops that ended badly; found anew when what is shown has changed. */
    private int[] lost() {
        int[] shown = playback.shown().hops().get();
        if (shown != searched) {
            searched = shown;
            lost = Arrays.stream(shown).filter(recording::lost).toArray();
        }
        return lost;
    }

    /** Points at places, until it is told otherwise. */
    public void highlight(List<String> labels) {
        lit = List.copyOf(labels);
    }

    /** Where everything stands; in a large cluster that changes with the attempt in view. */
    Layout layout() {
        if (laidOutFor != playback.shown().followed().get()) {
            fit(width, height);
        }
        return layout;
    }

    PlaybackViewModel playback() {
        return playback;
    }

    /** All that is drawn over the ground now. */
    Scenery scenery() {
        layout();
        int hop = playback.hop().get();
        List<Token> tokens = new ArrayList<>();
        List<Load> loads = new ArrayList<>();
        underWay(hop, tokens, loads);
        if (hop < 0) {
            return new Scenery(List.of(), tokens, loads, List.of(), List.of(), null, null,
                    List.of(), lit);
        }
        List<Integer> way = recording.legs().wayTo(recording.hop(hop), LONGEST_WAY).stream()
                .map(each -> recording.indexOf(each.id())).toList();
        List<Trail> trails = trails(way);
        tokens.add(underCursor(hop, trails));
        return new Scenery(trails, tokens, loads, marks(hop), notes(way), ghost(hop, way),
                recording.visit(hop).place(), hooks(way), lit);
    }

    // ------------------------------------------------------------------ packets

    private void underWay(int cursor, List<Token> tokens, List<Load> loads) {
        Map<List<Point>, int[]> counts = new LinkedHashMap<>();
        int[] total = {0};
        recording.flights().at(playback.time().get(), playback.shown()::shows,
                (from, to, share) -> {
                    boolean later = from > cursor
                            && recording.time(from) == playback.time().get();
                    if (from == cursor || later) {
                        return;
                    }
                    List<Point> line = ways.wire(recording.visit(from), recording.visit(to));
                    count(counts, line.getFirst(), line.getLast());
                    if (++total[0] <= MOST_TOKENS) {
                        Role role = recording.role(to);
                        Path wire = new Path(line).keptRight(lane(role));
                        tokens.add(new Token(wire.at(share), recording.visit(to).kind(), role,
                                from, false, ""));
                    }
                });
        if (total[0] > MOST_TOKENS) {
            tokens.clear();
            counts.forEach((ends, count) -> loads
                    .add(new Load(ends.getFirst(), ends.getLast(), count[0], count[1])));
        }
    }

    private static void count(Map<List<Point>, int[]> counts, Point from, Point to) {
        boolean ordered = from.x() < to.x() || from.x() == to.x() && from.y() <= to.y();
        counts.computeIfAbsent(ordered ? List.of(from, to) : List.of(to, from),
                k -> new int[2])[ordered ? 0 : 1]++;
    }

    private static double lane(Role role) {
        return LANE + NEXT_LANE * switch (role) {
            case REQUEST, NEIGHBOUR -> 0;
            case REPLY -> 1;
            case RESET, ERROR -> 2;
        };
    }

    private Token underCursor(int hop, List<Trail> trails) {
        Visit visit = recording.visit(hop);
        Point at = clear(visit.place(), trails.getLast().path().points().getLast());
        return new Token(at, visit.kind(), recording.role(hop), hop, true,
                addresses(hop));
    }

    /** A packet at a port of the bridge stands below it, where it leaves the bridge's name free. */
    private Point clear(String place, Point at) {
        Layout.Shape shape = layout.at(place);
        Box bridge = shape == null ? null : shape.bridge();
        if (bridge == null || Math.abs(at.y() - bridge.bottom()) > BELOW_BRIDGE) {
            return at;
        }
        return new Point(at.x(), bridge.bottom() + BELOW_BRIDGE);
    }

    /** As the packet is after the step under the cursor. */
    private String addresses(int hop) {
        Hop here = recording.hop(hop);
        String addresses = here.header().addresses();
        for (int i = 0; i <= playback.step().get(); i++) {
            if (here.steps().get(i) instanceof Step.Nat nat) {
                addresses = nat.after().addresses();
            }
        }
        return addresses;
    }

    // ------------------------------------------------------------------ the way so far

    private List<Trail> trails(List<Integer> way) {
        List<List<Integer>> legs = new ArrayList<>();
        for (int hop : way) {
            boolean goesOn = !legs.isEmpty()
                    && recording.made(hop) == recording.made(legs.getLast().getFirst());
            if (!goesOn) {
                legs.add(new ArrayList<>());
            }
            legs.getLast().add(hop);
        }
        // What a packet answers, and what that answered: more would be a tangle.
        List<List<Integer>> last = legs.subList(Math.max(0, legs.size() - MOST_LEGS),
                legs.size());
        List<Trail> trails = new ArrayList<>();
        int number = 1;
        for (List<Integer> leg : last) {
            trails.add(trail(leg, trails.size(), number, trails.size() == last.size() - 1));
            number += leg.size() - 1;
        }
        return trails;
    }

    private Trail trail(List<Integer> leg, int lane, int firstNumber, boolean current) {
        double aside = LANE + NEXT_LANE * lane;
        List<Point> points = new ArrayList<>();
        List<Scenery.Number> numbers = new ArrayList<>();
        List<String> places = new ArrayList<>();
        for (int i = 0; i < leg.size(); i++) {
            Visit visit = recording.visit(leg.get(i));
            List<Point> through = ways.through(visit);
            if (i > 0) {
                List<Point> corners = ways.corners(places.getLast(), visit.place());
                points.addAll(corners);
                Point before = points.getLast();
                Path wire = new Path(List.of(before, through.getFirst())).keptRight(aside);
                numbers.add(new Scenery.Number(firstNumber + i - 1,
                        beside(wire, lane, visit.place().startsWith("pod/")
                                || places.getLast().startsWith("pod/"))));
            }
            boolean last = current && i == leg.size() - 1;
            points.addAll(last ? reached(leg.get(i), through) : through);
            places.add(visit.place());
        }
        return new Trail(new Path(points).keptRight(aside), recording.role(leg.getFirst()),
                current, places, numbers);
    }

    /** Neighbouring numbers stand at different heights, so that none hides another. */
    private static Point beside(Path wire, int lane, boolean atPod) {
        Point first = wire.points().getFirst();
        Point last = wire.points().getLast();
        boolean up = first.y() > last.y();
        // To a pod leads one line each way, and its end is under the packet.
        double outer = atPod ? 0.42 : up ? 0.34 : 0.7;
        double fromTop = lane == 1 ? atPod ? 0.42 : 0.5 : lane == 2 && atPod ? 0.2 : outer;
        return up ? last.towards(first, fromTop) : first.towards(last, fromTop);
    }

    /** The part of the cursor's hop, and of the wire behind it, that the packet has made. */
    private List<Point> reached(int hop, List<Point> through) {
        Visit visit = recording.visit(hop);
        long now = playback.time().get();
        int next = recording.flights().target(hop);
        long departs = recording.hop(hop).endNanos();
        if (next >= 0 && now > departs) {
            double share = (double) (now - departs)
                    / Math.max(1, recording.time(next) - departs);
            List<Point> all = new ArrayList<>(through);
            all.addAll(new Path(ways.wire(visit, recording.visit(next)))
                    .until(Math.min(1, share)).points());
            return all;
        }
        int step = playback.step().get();
        if (step == visit.steps() - 1) {
            return through;
        }
        return ways.until(visit, visit.hookUntil(step));
    }

    /** The hooks along the way, each at its door; of the cursor's hop those until its step. */
    private List<Met> hooks(List<Integer> way) {
        List<Met> met = new ArrayList<>();
        int cursor = way.getLast();
        for (int hop : way) {
            Visit visit = recording.visit(hop);
            boolean current = hop == cursor;
            for (Visit.Stop stop : visit.stops()) {
                int step = playback.step().get();
                if (!current || stop.step() <= step) {
                    met.add(new Met(visit.place(), stop.hook(), ways.below(visit, stop.hook()),
                            recording.role(hop), current,
                            current && step < visit.steps() - 1
                                    && stop.hook().equals(visit.hookUntil(step))));
                }
            }
        }
        return met;
    }

    // ------------------------------------------------------------------ signs

    private List<Mark> marks(int cursor) {
        Map<List<String>, Mark> marks = new LinkedHashMap<>();
        int[] bad = lost();
        int until = Arrays.binarySearch(bad, cursor);
        until = until < 0 ? -until - 2 : until;
        for (int i = until; i >= 0 && i > until - MOST_MARKS; i--) {
            int hop = bad[i];
            Visit visit = recording.visit(hop);
            boolean yet = hop != cursor || playback.step().get() == visit.steps() - 1;
            if (yet && !isBystander(visit)) {
                marks.merge(List.of(visit.place(), visit.reason()),
                        new Mark(ways.end(visit), visit.place(), visit.reason(), 1, hop),
                        (newer, older) -> new Mark(newer.at(), newer.place(), newer.reason(),
                                newer.count() + 1, newer.hop()));
            }
        }
        return new ArrayList<>(marks.values());
    }

    /** Frames for others and unanswered resets end everywhere, and mean nothing. */
    private static boolean isBystander(Visit visit) {
        return visit.reason().equals("OTHERHOST") || visit.kind() == PacketKind.ARP;
    }

    private List<Note> notes(List<Integer> way) {
        Map<String, Note> notes = new LinkedHashMap<>();
        int cursor = way.getLast();
        for (int hop : way) {
            Visit visit = recording.visit(hop);
            List<String> lines = visit.changes().stream()
                    .filter(each -> hop != cursor || each.step() <= playback.step().get())
                    .map(each -> (each.field().equals("source") ? "src "
                            : each.field().equals("destination") ? "dst "
                            : each.field() + " ")
                            + each.before() + " → " + each.after())
                    .toList();
            if (!lines.isEmpty()) {
                notes.put(visit.place(), new Note(visit.place(), lines,
                        recording.role(hop), hop == cursor));
            } else if (hop == cursor) {
                notes.remove(visit.place());
            }
        }
        return new ArrayList<>(notes.values());
    }

    private Scenery.@Nullable Ghost ghost(int cursor, List<Integer> way) {
        List<Visit> replies = way.stream()
                .filter(hop -> recording.role(hop) == Role.REPLY).map(recording::visit)
                .toList();
        Diagnosis diagnosis =
                recording.diagnosis(recording.hop(cursor).attempt()).orElse(null);
        if (playback.secret().get() || replies.isEmpty() || diagnosis == null
                || diagnosis.expectedReply().size() < 2) {
            return null;
        }
        List<String> expected = diagnosis.expectedReply();
        List<String> skipped = expected.stream().distinct()
                .filter(place -> !diagnosis.takenReply().contains(place)).toList();
        List<String> bypassed = replies.stream()
                .filter(visit -> !visit.hooks() && isNode(visit.place())).map(Visit::place)
                .filter(expected::contains).distinct().toList();
        if (expected.equals(diagnosis.takenReply()) && bypassed.isEmpty()) {
            return null;
        }
        String balancer = way.stream().map(hop -> recording.visit(hop).balancer())
                .filter(Objects::nonNull).findFirst().orElse(null);
        Path path = ways.along(expected, balancer);
        return new Scenery.Ghost(path.keptRight(LANE + 2 * NEXT_LANE), expected, skipped,
                bypassed);
    }

    private boolean isNode(String place) {
        Layout.Shape shape = layout.shapes().get(place);
        return shape != null && shape.kind() == Layout.Kind.NODE;
    }

    /** The nearest packet or bad end to a place on the ground; -1 where none is near. */
    int hopAt(double x, double y, double within) {
        Scenery now = scenery();
        Point here = new Point(x, y);
        int found = Recording.NONE;
        double nearest = within;
        for (Token token : now.tokens()) {
            if (token.at().distance(here) < nearest) {
                nearest = token.at().distance(here);
                found = token.hop();
            }
        }
        for (Mark mark : now.marks()) {
            if (mark.at().distance(here) < nearest) {
                nearest = mark.at().distance(here);
                found = mark.hop();
            }
        }
        return found;
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
