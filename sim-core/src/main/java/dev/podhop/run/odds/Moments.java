package dev.podhop.run.odds;

import dev.podhop.engine.EnumeratingChooser;
import dev.podhop.engine.Simulation;
import dev.podhop.run.result.RunWatch;
import dev.podhop.run.result.UsageException;
import dev.podhop.run.stage.Execution;
import dev.podhop.run.stage.Flow;
import dev.podhop.run.stage.Stage;
import dev.podhop.scenario.LoadedScenario;
import dev.podhop.scenario.Send;
import dev.podhop.scenario.TimelineEntry;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The cluster at moments of its timeline: the control plane has run to that moment on the clock,
 * without the flows, and is frozen there. What is asked of it then, packets alone decide.
 */
public final class Moments {

    private final LoadedScenario scenario;
    private final RunWatch watch;
    private final long seed;
    private final List<TimelineEntry> timeline;
    private @Nullable Moment last;
    private final Set<String> refusals = new LinkedHashSet<>();
    private boolean goesOn;

    /** A frozen cluster; it serves any number of explorations, one after the other. */
    public record Moment(long atNanos, int events, Stage stage, EnumeratingChooser chooser,
            RunWatch watch) {}

    /** @param seed of the run whose moments these are: its lags decide what has happened when */
    public Moments(LoadedScenario scenario, RunWatch watch, long seed) {
        this.watch = watch;
        this.scenario = scenario;
        this.seed = seed;
        this.timeline = scenario.timeline();
    }

    /** The same where what is refused has no effect and is told once, by {@link #refusals}. */
    public Moments goingOn() {
        goesOn = true;
        return this;
    }

    /** What was refused so far, a message each, with the place in the file. */
    public List<String> refusals() {
        return List.copyOf(refusals);
    }

    /**
     * The flows of an entry of the timeline that sends, at its turn or at another time.
     *
     * @throws UsageException with the entry's place where there is nobody to send from, and that is
     *         not told by {@link #refusals}
     */
    public List<Flow> flows(int entry, OptionalLong atNanos) {
        TimelineEntry sends = timeline.get(entry);
        Stage stage = of(entry, atNanos).stage();
        try {
            return Flow.of((Send) sends.event(), stage, scenario.spec());
        } catch (UsageException refused) {
            refuse(Execution.placed(sends, atNanos.orElse(sends.atNanos()), refused));
            return List.of();
        }
    }

    private void refuse(UsageException placed) {
        if (!goesOn) {
            throw placed;
        }
        refusals.add(String.valueOf(placed.getMessage()));
    }

    /** Before anything happens. */
    public Moment beginning() {
        return at(0, 0);
    }

    /** When an entry's turn comes: all before it have happened. */
    Moment before(int entry) {
        return at(entry, timeline.get(entry).atNanos());
    }

    /** When an entry's turn comes, or at another time that is asked for. */
    public Moment of(int entry, OptionalLong atNanos) {
        return atNanos.isPresent() ? at(atNanos.getAsLong()) : before(entry);
    }

    /** At a time; what happens just then is still to come. */
    public Moment at(long atNanos) {
        int entry = 0;
        while (entry < timeline.size() && timeline.get(entry).atNanos() < atNanos) {
            entry++;
        }
        return at(entry, atNanos);
    }

    private Moment at(int entries, long atNanos) {
        List<TimelineEntry> before = timeline.subList(0, entries).stream()
                .filter(e -> !(e.event() instanceof Send)).toList();
        // Nothing stirs in a settled cluster before its first event.
        long time = before.isEmpty() ? 0 : atNanos;
        Moment known = last;
        if (known == null || known.events != before.size() || known.atNanos != time) {
            known = freeze(before, time);
            last = known;
        }
        return known;
    }

    private void happen(TimelineEntry entry, Stage stage) {
        try {
            stage.apply(entry.event());
        } catch (UsageException refused) {
            refuse(Execution.placed(entry, refused));
        }
    }

    private Moment freeze(List<TimelineEntry> before, long atNanos) {
        TwoPhaseChooser chooser = new TwoPhaseChooser(seed);
        Stage stage = new Stage(scenario, chooser, seed);
        Simulation simulation = stage.cluster().network().simulation();
        boolean[] arrived = new boolean[1];
        // As in the run the whole timeline is planned first: of what happens at one instant, its
        // events come before what the control plane makes of them.
        int events = simulation.register(
                (now, index, unused) -> happen(before.get(index), stage));
        int end = simulation.register((now, index, unused) -> arrived[0] = true);
        for (int i = 0; i < before.size(); i++) {
            simulation.scheduleAt(before.get(i).atNanos(), events, i, 0);
        }
        simulation.scheduleAt(atNanos, end, 0, 0);
        while (!arrived[0]) {
            watch.look(simulation.nowNanos());
            simulation.step();
        }
        stage.follow();
        return new Moment(atNanos, before.size(), stage, chooser.enumerate(), watch);
    }
}
