package dev.podhop.reports.picture;

import dev.podhop.reports.picture.Item.Area;
import dev.podhop.reports.picture.Item.Stroke;
import dev.podhop.reports.picture.Item.Style;
import dev.podhop.reports.picture.Item.Word;
import dev.podhop.reports.picture.Layout.Card;
import dev.podhop.reports.picture.Layout.Spot;
import dev.podhop.reports.picture.Life.Now;
import dev.podhop.reports.picture.Moment.Ending;
import dev.podhop.reports.picture.Moment.Flight;
import dev.podhop.reports.picture.Moment.Leg;
import dev.podhop.reports.picture.Moment.Load;
import dev.podhop.reports.picture.Moment.Pass;
import dev.podhop.trace.Role;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Draws a moment on a layout. */
public final class Artist {

    private static final double LANE = 3.5;
    private static final double NEXT_LANE = 5;
    private static final int MOST_LEGS = 3;
    private static final double PAST = 0.14;
    private static final double PRESENT = 0.34;

    private final Layout layout;
    private final Subject subject;
    private final PictureWords words;
    private final Ways ways;
    private @Nullable Now painted;
    private List<Item> ground = List.of();

    public Artist(Layout layout, Subject subject, PictureWords words) {
        this.layout = layout;
        this.subject = subject;
        this.words = words;
        this.ways = new Ways(layout, subject.wiring());
    }

    /** All that is seen; the ground is the same object as long as nothing on it changes. */
    public Drawing draw(Moment moment) {
        Now now = subject.life().at(moment.timeNanos());
        if (now != painted) {
            painted = now;
            ground = List.copyOf(new GroundArtist(layout, now, words).draw());
        }
        Box pane = layout.ground();
        return new Drawing(pane.width() * layout.scale(), pane.height() * layout.scale(),
                layout.scale(), ground, new Scene(moment).draw());
    }

    /** What moves, at one moment. */
    private final class Scene {

        private final Moment moment;
        private final List<Leg> legs;
        private final @Nullable Pass current;
        private final List<Item> items = new ArrayList<>();
        private final Placer placer = new Placer(layout);
        private final List<Trail> trails = new ArrayList<>();

        /** A leg's way; the wires between its hops, to write numbers at. */
        private record Trail(Leg leg, Path path, List<Path> wires, boolean now) {}

        Scene(Moment moment) {
            this.moment = moment;
            // What a packet answers, and what that answered: more would be a tangle.
            List<Leg> all = moment.legs();
            this.legs = all.subList(Math.max(0, all.size() - MOST_LEGS), all.size());
            this.current = legs.isEmpty() ? null : legs.getLast().passes().getLast();
        }

        List<Item> draw() {
            moment.lit().stream().map(layout::at).filter(spot -> spot != null)
                    .forEach(spot -> halo(spot.box()));
            for (int i = 0; i < legs.size(); i++) {
                trails.add(trail(legs.get(i), i, i == legs.size() - 1));
            }
            frames();
            plates();
            if (moment.ghost() != null) {
                ghost(moment.ghost());
            }
            trails.forEach(trail -> items.add(new Stroke(trail.path(), Ink.of(trail.leg().role()),
                    trail.now() ? 3.2 : 2.4, style(trail.leg().role()), trail.now() ? 1 : 0.5,
                    true)));
            ground.stream().filter(Word.class::isInstance)
                    .forEach(word -> placer.take(((Word) word).box()));
            layout.spots().values().stream().filter(spot -> spot.hooks() != null)
                    .forEach(this::names);
            signs();
            return items;
        }

        // -------------------------------------------------------------- ways

        private Trail trail(Leg leg, int lane, boolean now) {
            double aside = LANE + NEXT_LANE * lane;
            List<Point> points = new ArrayList<>();
            List<Path> wires = new ArrayList<>();
            List<Pass> passes = leg.passes();
            for (int i = 0; i < passes.size(); i++) {
                Pass pass = passes.get(i);
                boolean last = i == passes.size() - 1;
                Track track = ways.through(pass.visit());
                List<Point> through = (now && last ? reached(pass, track) : track).points();
                if (i > 0) {
                    List<Point> wire = new ArrayList<>(List.of(points.getLast()));
                    wire.addAll(ways.corners(passes.get(i - 1).visit().place(),
                            pass.visit().place()));
                    wire.add(through.getFirst());
                    points.addAll(wire.subList(1, wire.size()));
                    wires.add(new Path(wire).keptRight(aside));
                }
                points.addAll(through);
            }
            Pass end = passes.getLast();
            Visit next = now ? end.next() : null;
            if (next != null) {
                points.addAll(new Path(ways.wire(end.visit(), next))
                        .until(Math.clamp(end.share(), 0, 1)).points());
            }
            Path whole = new Path(points).keptRight(aside);
            Path drawn = next == null && points.size() > 1
                    ? whole.then(new Path(List.of(points.getLast())))
                    : whole;
            return new Trail(leg, drawn, wires, now);
        }

        /** As far as a packet under the cursor has come in its place. */
        private static Track reached(Pass pass, Track track) {
            return pass.next() != null ? track
                    : pass.isOver() ? track.inside()
                    : track.until(pass.visit().hookUntil(pass.step()));
        }

        private static Style style(Role role) {
            return switch (role) {
                case REQUEST, NEIGHBOUR -> Style.SOLID;
                case REPLY -> Style.DOUBLE;
                case RESET -> Style.DOTTED;
                case ERROR -> Style.DASHED;
            };
        }

        private void halo(Box box) {
            for (int ring = 0; ring < 3; ring++) {
                items.add(new Area("", box.grown(2 + ring * 2), 14, null, 1, Ink.GHOST,
                        2.2 - ring * 0.6, Style.SOLID));
            }
        }

        private void frames() {
            if (current == null) {
                return;
            }
            Spot spot = layout.at(current.visit().place());
            boolean lost = current.isOver() && current.visit().lost();
            if (spot != null) {
                items.add(Area.frame("", spot.box(), lost ? Ink.BAD : Ink.ACCENT, 2.4,
                        Style.SOLID));
            }
            for (Leg leg : legs) {
                for (Pass pass : leg.passes()) {
                    Card card = layout.card(pass.visit().balancer());
                    if (card != null) {
                        items.add(Area.frame("", card.box(), Ink.of(leg.role()), 2.2,
                                Style.SOLID));
                    }
                }
            }
        }

        /** The plates of the hooks that the ways met, each in the ink of the last that did. */
        private void plates() {
            Map<Box, Area> plates = new LinkedHashMap<>();
            for (Leg leg : legs) {
                for (Pass pass : leg.passes()) {
                    Spot spot = layout.spots().get(pass.visit().place());
                    if (spot == null || spot.hooks() == null) {
                        continue;
                    }
                    Track track = ways.through(pass.visit());
                    String at = pass.visit().hookUntil(pass.step());
                    for (Visit.Stop stop : pass.visit().stops()) {
                        if (stop.step() <= pass.step()) {
                            Box box = spot.hooks().plate(stop.hook(),
                                    track.isBelow(stop.hook())).box();
                            boolean now = pass == current && !pass.isOver()
                                    && stop.hook().equals(at);
                            plates.remove(box);
                            Ink ink = now ? Ink.ACCENT : Ink.of(leg.role());
                            plates.put(box, new Area("", box, 4, ink,
                                    pass == current ? PRESENT : PAST, ink, 1, Style.SOLID));
                        }
                    }
                }
            }
            items.addAll(plates.values());
        }

        private void names(Spot node) {
            HookPlates hooks = node.hooks();
            if (hooks != null) {
                for (HookPlates.Plate plate : hooks.plates()) {
                    Word name = hooks.name(plate, node.label(), Ink.FAINT);
                    boolean met = items.stream().anyMatch(item -> item instanceof Area area
                            && area.box().equals(plate.box()));
                    items.add(met ? name.inked(Ink.TEXT) : name);
                    placer.take(name.box());
                }
            }
        }

        private void ghost(Moment.Ghost ghost) {
            items.add(new Stroke(ways.along(ghost.places(), ghost.balancer())
                    .keptRight(LANE + 2 * NEXT_LANE), Ink.GHOST, 2.6, Style.GHOST, 1, true));
            missed(ghost).forEach((box, spot) -> items.add(Area.frame("", box, Ink.GHOST, 2.4,
                    Style.GHOST)));
        }

        /** What the answer should have come by: a place, or a node's hooks. */
        private Map<Box, Spot> missed(Moment.Ghost ghost) {
            Map<Box, Spot> missed = new LinkedHashMap<>();
            ghost.skipped().stream().map(layout::at).filter(spot -> spot != null)
                    .forEach(spot -> missed.put(spot.box(), spot));
            for (String node : ghost.bypassed()) {
                Spot spot = layout.at(node);
                if (spot != null) {
                    missed.put(spot.hooks() == null ? spot.box() : spot.hooks().kernel(), spot);
                }
            }
            return missed;
        }

        // -------------------------------------------------------------- what is written

        private void signs() {
            Signs signs = new Signs(layout, placer, items, words);
            moment.loads().forEach(load -> load(load, signs));
            moment.flights().forEach(this::flight);
            if (current != null) {
                Point at = trails.getLast().path().points().getLast();
                boolean lost = current.isOver() && current.visit().lost();
                signs.token(current, legs.getLast().role(), at, lost, standing(current));
            }
            notes(signs);
            moment.endings().stream().filter(this::isTold).forEach(ending -> signs
                    .reason(ending, end(ending), standing(new Pass(ending.hop(), ending.visit(),
                            ending.visit().steps(), null, 0))));
            int number = 1;
            for (Trail trail : trails) {
                for (Path wire : trail.wires()) {
                    signs.number(number++, wire, Ink.of(trail.leg().role()));
                }
            }
            if (moment.ghost() != null) {
                missed(moment.ghost()).forEach(signs::expected);
            }
        }

        private boolean isTold(Ending ending) {
            return current == null || ending.hop() != current.hop() || current.isOver();
        }

        private Point end(Ending ending) {
            return ways.through(ending.visit()).inside().last().at();
        }

        /** The hook at which a hop's packet stands; null for none. */
        private @Nullable String standing(Pass pass) {
            String hook = pass.next() != null ? null
                    : reached(pass, ways.through(pass.visit())).last().hook();
            return hook == null || hook.isEmpty() ? null : hook;
        }

        /** What each hop replaced, the last one at a place. */
        private void notes(Signs signs) {
            Map<String, Runnable> notes = new LinkedHashMap<>();
            for (Leg leg : legs) {
                for (Pass pass : leg.passes()) {
                    List<String> lines = Subject.translations(pass.visit(), pass.step(), words);
                    String place = pass.visit().place();
                    if (!lines.isEmpty()) {
                        notes.put(place, () -> signs.note(pass.visit(), lines,
                                Ink.of(leg.role()), pass == current));
                    } else if (pass == current) {
                        notes.remove(place);
                    }
                }
            }
            notes.values().forEach(Runnable::run);
        }

        private void flight(Flight flight) {
            Path wire = new Path(ways.wire(flight.from(), flight.to())).keptRight(lane(
                    flight.role()));
            Point at = wire.at(flight.share());
            items.add(new Item.Sign(flight.to().kind(), flight.role(), Box.around(at.x(), at.y(),
                    13, 11), flight.from().place(), null, flight.hop(), false, true));
        }

        private static double lane(Role role) {
            return LANE + NEXT_LANE * switch (role) {
                case REQUEST, NEIGHBOUR -> 0;
                case REPLY -> 1;
                case RESET, ERROR -> 2;
            };
        }

        private void load(Load load, Signs signs) {
            List<Point> line = ways.wire(load.from(), load.to());
            signs.load(new Path(line).keptRight(5), load.there(), Role.REQUEST);
            signs.load(new Path(line.reversed()).keptRight(5), load.back(), Role.REPLY);
        }
    }
}
