package dev.podhop.viz.topology;

import dev.podhop.reports.picture.Moment;
import dev.podhop.reports.picture.Moment.Ending;
import dev.podhop.reports.picture.Moment.Flight;
import dev.podhop.reports.picture.Moment.Ghost;
import dev.podhop.reports.picture.Moment.Leg;
import dev.podhop.reports.picture.Moment.Load;
import dev.podhop.reports.picture.Moment.Pass;
import dev.podhop.reports.picture.Visit;
import dev.podhop.run.result.TraceResult.Diagnosis;
import dev.podhop.trace.Role;
import dev.podhop.viz.playback.PlaybackViewModel;
import dev.podhop.viz.recording.Recording;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What is under way at the cursor's moment, for a picture. */
final class MomentsViewModel {

    /** More packets than this on the wires cannot be told apart: they are counted instead. */
    static final int MOST_TOKENS = 200;
    private static final int LONGEST_WAY = 60;
    /** Bad ends that are looked at, the last before the cursor. */
    private static final int MOST_MARKS = 64;

    private final PlaybackViewModel playback;
    private final Recording recording;
    private int[] lost = new int[0];
    private int @Nullable [] searched;

    MomentsViewModel(PlaybackViewModel playback) {
        this.playback = playback;
        this.recording = playback.recording();
    }

    /** Now; {@code lit} are places that a lesson points at. */
    Moment now(List<String> lit) {
        int hop = playback.hop().get();
        long time = playback.time().get();
        List<Flight> flights = new ArrayList<>();
        List<Load> loads = new ArrayList<>();
        underWay(hop, flights, loads);
        if (hop < 0) {
            return new Moment(time, List.of(), flights, loads, List.of(), null, lit);
        }
        List<Integer> way = recording.legs().wayTo(recording.hop(hop), LONGEST_WAY).stream()
                .map(each -> recording.indexOf(each.id())).toList();
        return new Moment(time, legs(way), flights, loads, endings(hop), ghost(hop, way), lit);
    }

    private void underWay(int cursor, List<Flight> flights, List<Load> loads) {
        Map<String, Load> counts = new LinkedHashMap<>();
        int[] total = {0};
        recording.flights().at(playback.time().get(), playback.shown()::shows,
                (from, to, share) -> {
                    boolean later = from > cursor
                            && recording.time(from) == playback.time().get();
                    if (from == cursor || later) {
                        return;
                    }
                    Visit a = recording.visit(from);
                    Visit b = recording.visit(to);
                    boolean there = a.place().compareTo(b.place()) < 0;
                    counts.merge(there ? a.place() + " " + b.place() : b.place() + " " + a.place(),
                            there ? new Load(a, b, 1, 0) : new Load(b, a, 0, 1),
                            (x, y) -> new Load(x.from(), x.to(), x.there() + y.there(),
                                    x.back() + y.back()));
                    if (++total[0] <= MOST_TOKENS) {
                        flights.add(new Flight(from, a, b, recording.role(to), share));
                    }
                });
        if (total[0] > MOST_TOKENS) {
            flights.clear();
            loads.addAll(counts.values());
        }
    }

    private List<Leg> legs(List<Integer> way) {
        List<List<Integer>> legs = new ArrayList<>();
        for (int hop : way) {
            boolean goesOn = !legs.isEmpty() && recording.made(hop) == recording
                    .made(legs.getLast().getFirst());
            if (!goesOn) {
                legs.add(new ArrayList<>());
            }
            legs.getLast().add(hop);
        }
        int cursor = way.getLast();
        return legs.stream().map(leg -> new Leg(recording.role(leg.getFirst()),
                leg.stream().map(hop -> pass(hop, cursor)).toList())).toList();
    }

    /** The cursor's hop until its step, and the part of the wire behind it that is made. */
    private Pass pass(int hop, int cursor) {
        Visit visit = recording.visit(hop);
        if (hop != cursor) {
            return new Pass(hop, visit, visit.steps(), null, 1);
        }
        int next = recording.flights().target(hop);
        long now = playback.time().get();
        long departs = recording.hop(hop).endNanos();
        if (next >= 0 && now > departs) {
            double share = (double) (now - departs)
                    / Math.max(1, recording.time(next) - departs);
            return new Pass(hop, visit, visit.steps(), recording.visit(next),
                    Math.min(1, share));
        }
        return new Pass(hop, visit, playback.step().get(), null, 0);
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

    private List<Ending> endings(int cursor) {
        Map<List<String>, Ending> endings = new LinkedHashMap<>();
        int[] bad = lost();
        int until = Arrays.binarySearch(bad, cursor);
        until = until < 0 ? -until - 2 : until;
        for (int i = until; i >= 0 && i > until - MOST_MARKS; i--) {
            int hop = bad[i];
            Visit visit = recording.visit(hop);
            boolean yet = hop != cursor || playback.step().get() == visit.steps() - 1;
            if (yet && visit.isBadEnd()) {
                endings.merge(List.of(visit.place(), visit.reason()), new Ending(hop, visit, 1),
                        (newer, older) -> new Ending(newer.hop(), newer.visit(),
                                newer.count() + 1));
            }
        }
        return new ArrayList<>(endings.values());
    }

    private @Nullable Ghost ghost(int cursor, List<Integer> way) {
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
                .filter(visit -> !visit.hooks() && visit.place().startsWith("node/"))
                .map(Visit::place).filter(expected::contains).distinct().toList();
        if (expected.equals(diagnosis.takenReply()) && bypassed.isEmpty()) {
            return null;
        }
        String balancer = way.stream().map(hop -> recording.visit(hop).balancer())
                .filter(Objects::nonNull).findFirst().orElse(null);
        return new Ghost(expected, skipped, bypassed, balancer);
    }
}
