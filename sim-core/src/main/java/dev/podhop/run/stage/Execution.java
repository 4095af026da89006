package dev.podhop.run.stage;

import dev.podhop.cluster.Cluster;
import dev.podhop.engine.SampledChooser;
import dev.podhop.engine.SimTime;
import dev.podhop.engine.Simulation;
import dev.podhop.run.result.RunOptions;
import dev.podhop.run.result.RunWatch;
import dev.podhop.run.result.UsageException;
import dev.podhop.scenario.LoadedScenario;
import dev.podhop.scenario.Send;
import dev.podhop.scenario.TimelineEntry;
import dev.podhop.workload.AttemptLog;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One seeded run through the timeline. */
public final class Execution {

    /** After the last attempt: connections close, late packets find their end. */
    private static final long AFTERMATH_NANOS = 1_000_000_000L;
    /** Events between two looks of the watch: some milliseconds of work. */
    private static final int SLICE = 4_096;

    private final LoadedScenario scenario;
    private final RunWatch watch;
    private final long seed;
    private final Stage stage;
    private final Simulation simulation;
    private final RunRecorder recorder;
    private final List<TimelineEntry> timeline;
    private final boolean recordsState;
    private final Drivers drivers;
    private final AttemptLog results = new AttemptLog();
    private final List<String> refusals = new ArrayList<>();
    private boolean goesOn;
    private int happened;
    private long endNanos;

    /**
     * @param tracedAttempts of how many attempts a flow's hops are kept; and with them the changes
     *        of state, without which an invariant cannot be judged
     */
    public Execution(LoadedScenario scenario, RunWatch watch, RunOptions options,
            int tracedAttempts) {
        this(scenario, watch, options.seed().orElse(scenario.spec().seed()),
                new RunRecorder(tracedAttempts), tracedAttempts > 0);
    }

    private Execution(LoadedScenario scenario, RunWatch watch, long seed, RunRecorder recorder,
            boolean recordsState) {
        this.watch = watch;
        this.recordsState = recordsState;
        this.scenario = scenario;
        this.seed = seed;
        this.stage = new Stage(scenario, new SampledChooser(seed), seed);
        this.simulation = stage.cluster().network().simulation();
        this.recorder = recorder;
        this.timeline = scenario.timeline();
        this.drivers = new Drivers(simulation, stage.cluster().workload(), seed);
    }

    /** The same run, not begun, that keeps the hops of these attempts. */
    public Execution again(BitSet attempts) {
        Execution again =
                new Execution(scenario, watch, seed, new RunRecorder(attempts), false);
        again.goesOn = goesOn;
        return again;
    }

    /**
     * The same run, not begun, that keeps the hops of these attempts besides those of each flow's
     * first, and with them the changes of state.
     */
    public Execution again(int tracedAttempts, BitSet attempts) {
        return new Execution(scenario, watch, seed, new RunRecorder(tracedAttempts, attempts),
                true);
    }

    /** Looks at a run that stands still. */
    public interface Stop {
        /** @param atNanos virtual time; null for the end of the scenario */
        void at(@Nullable Long atNanos, Stage stage);
    }

    /** Runs to the end of the scenario. */
    public void run() {
        run(List.of(), (atNanos, seen) -> {});
    }

    /**
     * The same, with stops on the way. What is refused on the way has no effect, and the rest
     * happens all the same: see {@link #refusals}.
     *
     * @param times virtual times in order; the end is a stop of its own
     */
    public void run(List<Long> times, Stop stop) {
        goesOn = true;
        begin();
        for (long at : times) {
            advance(at);
            stop.at(at, stage);
        }
        toTheEnd();
        stop.at(null, stage);
    }

    private void toTheEnd() {
        Long duration = scenario.spec().durationNanos();
        if (duration != null) {
            advance(duration);
            endNanos = duration;
            return;
        }
        // Until the last event of the timeline and the last attempt are over.
        while (!over() && simulation.step()) {
            if (simulation.processed() % SLICE == 0) {
                watch.look(simulation.nowNanos());
            }
        }
        advance(simulation.nowNanos() + AFTERMATH_NANOS);
    }

    /** Runs to a moment: all that happens at it has happened. */
    public void runUntil(long atNanos) {
        begin();
        advance(atNanos);
    }

    /** Goes on with a run that stands still, to a later moment. */
    public void goOnUntil(long atNanos) {
        advance(Math.max(atNanos, simulation.nowNanos()));
    }

    private void advance(long untilNanos) {
        while (!simulation.runUntil(untilNanos, SLICE)) {
            watch.look(simulation.nowNanos());
        }
    }

    private void begin() {
        Cluster cluster = stage.cluster();
        cluster.network().tracer().sink(recorder);
        if (recordsState) {
            cluster.recordState();
            stage.names().recordState();
        }
        cluster.workload().onStart(recorder::started);
        cluster.workload().onResult(result -> {
            results.ended(result);
            recorder.ended(result);
            endNanos = result.endNanos();
        });
        int events = simulation.register(this::happen);
        for (int i = 0; i < timeline.size(); i++) {
            simulation.scheduleAt(timeline.get(i).atNanos(), events, i, 0);
        }
    }

    private boolean over() {
        return happened == timeline.size() && drivers.allStarted()
                && stage.cluster().workload().running() == 0;
    }

    private void happen(long nowNanos, int index, long unused) {
        happened++;
        endNanos = nowNanos;
        TimelineEntry entry = timeline.get(index);
        try {
            happen(entry);
        } catch (UsageException refused) {
            UsageException placed = placed(entry, refused);
            if (!goesOn) {
                throw placed;
            }
            refusals.add(String.valueOf(placed.getMessage()));
        }
    }

    /** A refusal with its place in the file and its time. */
    public static UsageException placed(TimelineEntry entry, UsageException refused) {
        return placed(entry, entry.atNanos(), refused);
    }

    /** The same of what is asked for at another time. */
    public static UsageException placed(TimelineEntry entry, long atNanos,
            UsageException refused) {
        String flow = entry.event() instanceof Send send ? "flow " + send.flow() + ": " : "";
        return new UsageException(entry.where() + ": " + entry.path() + ": at "
                + SimTime.format(atNanos) + ": " + flow + refused.getMessage());
    }

    private void happen(TimelineEntry entry) {
        if (entry.event() instanceof Send send) {
            stage.follow();
            Flow.of(send, stage, scenario.spec()).forEach(drivers::begin);
        } else {
            recorder.happened();
            stage.apply(entry.event());
        }
    }

    public long seed() {
        return seed;
    }

    public Stage stage() {
        return stage;
    }

    /** In the order in which they ended. */
    public AttemptLog results() {
        return results;
    }

    /** Virtual time of the last event of the timeline, or of the last attempt's end. */
    public long endNanos() {
        return endNanos;
    }

    /** Virtual time at which the run stands. */
    public long nowNanos() {
        return simulation.nowNanos();
    }

    /** Events that could not happen, a message each, with the place in the file. */
    public List<String> refusals() {
        return refusals;
    }

    public RunRecorder recorder() {
        return recorder;
    }

    /** The flows that were started, in order. */
    public List<Flow> flows() {
        return drivers.flows();
    }
}
