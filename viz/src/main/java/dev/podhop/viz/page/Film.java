package dev.podhop.viz.page;

import dev.podhop.reports.picture.Drawing;
import dev.podhop.reports.picture.Level;
import dev.podhop.reports.picture.Svg;
import dev.podhop.trace.StateChange;
import dev.podhop.viz.inspector.WhyStep;
import dev.podhop.viz.inspector.WhyViewModel;
import dev.podhop.viz.inspector.YamlViewModel;
import dev.podhop.viz.playback.PlaybackViewModel;
import dev.podhop.viz.playback.ShownViewModel;
import dev.podhop.viz.recording.Recording;
import dev.podhop.viz.style.ViewerWords;
import dev.podhop.viz.topology.TopologyViewModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One attempt as the page plays it: a stop at every hop, some on the way to the next, and for each
 * what is drawn and said. Everything comes from the window's own view models.
 */
final class Film {

    /** How a drawing is made: for a screen or a phone, in plain or in full. */
    enum Cut {
        KERNEL(Level.KERNEL, 960, 540),
        PLAIN(Level.PLAIN, 960, 540),
        PHONE(Level.PLAIN, 420, 560);

        private final Level level;
        private final double width;
        private final double height;

        Cut(Level level, double width, double height) {
            this.level = level;
            this.width = width;
            this.height = height;
        }

        String key(Locale language) {
            return name().toLowerCase(Locale.ROOT) + "-" + language.getLanguage();
        }
    }

    static final List<Locale> LANGUAGES = List.of(Locale.ENGLISH, Locale.SIMPLIFIED_CHINESE);
    private static final JsonMapper JSON = new JsonMapper();
    /** Of the state at a moment, as the cursor's place has it. */
    private static final int MOST_STATE = 40;

    private final Recording recording;
    private final Fragments fragments;
    private final int between;
    private final PlaybackViewModel playback;
    private final TopologyViewModel topology;
    private final YamlViewModel yaml;
    private final int[] hops;
    private final List<Cut> cuts;

    /** A moment to stand at. */
    private record Stop(int hop, long nanos, boolean flies) {}

    /**
     * A film.
     *
     * @param between how many pictures there are of a packet on a wire
     * @param cuts in which it is made
     */
    Film(Recording recording, int attempt, int between, List<Cut> cuts, Fragments fragments) {
        this.cuts = cuts;
        this.recording = recording;
        this.fragments = fragments;
        this.between = between;
        ShownViewModel shown = new ShownViewModel(recording);
        shown.followed().set(attempt);
        this.playback = new PlaybackViewModel(recording, shown);
        this.topology = new TopologyViewModel(playback);
        this.yaml = new YamlViewModel(playback);
        this.hops = recording.hopsOf(attempt);
    }

    private List<Stop> stops() {
        List<Stop> stops = new ArrayList<>();
        for (int i = 0; i < hops.length; i++) {
            int hop = hops[i];
            stops.add(new Stop(hop, recording.time(hop), false));
            int next = recording.flights().target(hop);
            long departs = recording.hop(hop).endNanos();
            long last = i + 1 < hops.length ? recording.time(hops[i + 1]) : Long.MAX_VALUE;
            for (int k = 1; next >= 0 && k <= between; k++) {
                long at = departs + (recording.time(next) - departs) * k / (between + 1);
                // Another packet's hop in the meantime is a stop of its own.
                if (at > departs && at < last) {
                    stops.add(new Stop(hop, at, true));
                }
            }
        }
        return stops;
    }

    private void stand(Stop stop) {
        if (stop.flies()) {
            playback.seek(stop.nanos());
        } else {
            playback.select(stop.hop());
        }
    }

    /** All of it. */
    ObjectNode tree() {
        ObjectNode film = JSON.createObjectNode();
        List<Stop> stops = stops();
        ArrayNode times = film.putArray("stops");
        stops.forEach(stop -> times.add(JSON.createArrayNode().add(stop.nanos())
                .add(stop.hop()).add(stop.flies())));
        ObjectNode frames = film.putObject("frames");
        for (Locale language : LANGUAGES) {
            topology.speak(language);
            for (Cut cut : cuts) {
                topology.level().set(cut.level);
                topology.fit(cut.width, cut.height);
                frames.set(cut.key(language), frames(stops));
            }
        }
        ObjectNode said = film.putObject("said");
        LANGUAGES.forEach(language -> said.set(language.getLanguage(), said(language)));
        film.set("lit", perHop(this::lit));
        film.set("state", perHop(this::state));
        film.put("decision", decision(stops));
        return film;
    }

    private int decision(List<Stop> stops) {
        int deciding = recording.decision(playback.shown().followed().get());
        for (int i = 0; i < stops.size(); i++) {
            if (stops.get(i).hop() == deciding) {
                return i;
            }
        }
        return 0;
    }

    private ObjectNode frames(List<Stop> stops) {
        ObjectNode made = JSON.createObjectNode();
        ArrayNode frames = made.putArray("items");
        Drawing size = topology.drawing();
        made.put("width", size.width()).put("height", size.height()).put("scale", size.scale());
        for (Stop stop : stops) {
            stand(stop);
            // What stands still is one text: the same for many stops.
            Drawing drawing = topology.drawing();
            ArrayNode frame = frames.addArray();
            frame.add(fragments.number(Svg.fragment(drawing.ground())));
            drawing.above().forEach(item -> frame.add(fragments.number(
                    Svg.fragment(List.of(item)))));
        }
        return made;
    }

    /** What a part of the page shows of each hop. */
    private interface OfHop {
        void add(ArrayNode to);
    }

    private ObjectNode perHop(OfHop part) {
        ObjectNode made = JSON.createObjectNode();
        for (int hop : hops) {
            playback.select(hop);
            part.add(made.putArray(Integer.toString(hop)));
        }
        return made;
    }

    private void lit(ArrayNode to) {
        new TreeSet<>(yaml.lit()).forEach(to::add);
    }

    /** What the place of the cursor knows then: its connections first. */
    private void state(ArrayNode to) {
        long now = playback.time().get();
        String place = recording.visit(playback.hop().get()).place();
        String name = place.substring(place.indexOf('/') + 1);
        recording.journal().at(now).stream()
                .filter(each -> each.where().equals(name) || each.where().equals(place)
                        || each.kind() != StateChange.Kind.CONNTRACK)
                .sorted((a, b) -> Boolean.compare(a.kind() != StateChange.Kind.CONNTRACK,
                        b.kind() != StateChange.Kind.CONNTRACK))
                .limit(MOST_STATE).forEach(each -> to.add(fragments.number(line(each))));
    }

    private static String line(StateChange change) {
        return change.kind() == StateChange.Kind.CONNTRACK
                ? change.value().getOrDefault("entry", change.key())
                : change.kind().name().toLowerCase(Locale.ROOT).replace('_', '-') + " "
                        + change.where() + " " + change.key() + " " + change.value();
    }

    private ObjectNode said(Locale language) {
        WhyViewModel why = new WhyViewModel(playback, ViewerWords.in(language));
        ObjectNode said = JSON.createObjectNode();
        for (int hop : hops) {
            playback.select(hop);
            ObjectNode here = said.putObject(Integer.toString(hop));
            here.put("title", fragments.number(why.title()));
            here.put("packet", fragments.number(why.subtitle()));
            here.put("verdict", fragments.number(why.verdict()));
            here.put("place", fragments.number(recording.visit(hop).place()));
            ArrayNode steps = here.putArray("steps");
            why.steps().forEach(step -> steps.add(step(step)));
        }
        return said;
    }

    private ArrayNode step(WhyStep step) {
        ArrayNode told = JSON.createArrayNode();
        told.add(fragments.number(step.stage())).add(fragments.number(step.what()))
                .add(step.bad() ? 2 : step.nat() ? 1 : 0);
        step.remarks().forEach(each -> told.add(fragments.number(each.sentence()))
                .add(fragments.number(each.evidence())));
        return told;
    }
}
