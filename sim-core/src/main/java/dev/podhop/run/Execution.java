package dev.podhop.run;

import dev.podhop.cluster.Cluster;
import dev.podhop.engine.Keys;
import dev.podhop.engine.Rng;
import dev.podhop.engine.SampledChooser;
import dev.podhop.engine.Simulation;
import dev.podhop.scenario.LoadedScenario;
import dev.podhop.scenario.Pacing;
import dev.podhop.scenario.Send;
import dev.podhop.scenario.TimelineEntry;
import dev.podhop.workload.AttemptResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** One seeded run through the timeline. */
final class Execution {

    /** After the last attempt: connections close, late packets find their end. */
    private static final long AFTERMATH_NANOS = 1_000_000_000L;
    /** How soon an attempt whose source port was in use tries again. */
    private static final long PORT_RETRY_NANOS = 1_000_000L;
    private static final long NEVER = -1;

    private final LoadedScenario scenario;
    private final long seed;
    private final Stage stage;
    private final Simulation simulation;
    private final RunRecorder recorder;
    private final List<TimelineEntry> timeline;
    private final boolean recordsState;
    private final List<Driver> drivers = new ArrayList<>();
    private final List<AttemptResult> results = new ArrayList<>();
    private final int driverEvents;
    private int happened;
    private long endNanos;

    /** A flow's attempts, started one by one. */
    private static final class Driver {
        final Flow flow;
        final long startNanos;
        final Rng arrivals;
        int started;
        boolean exhausted;
        /** With a fixed source port: whether an attempt holds it, and since when none does. */
        boolean portInUse;
        long freeSinceNanos;

        Driver(Flow flow, long startNanos, long seed) {
            this.flow = flow;
            this.startNanos = startNanos;
            this.arrivals = new Rng(Rng.mix(seed,
                    Keys.of(flow.send().flow() + ' ' + flow.client().label())));
        }

        boolean isOf(AttemptResult result) {
            return flow.send().flow().equals(result.flow())
                    && flow.client().label().equals(result.client());
        }
    }

    /**
     * @param tracedAttempts of how many attempts a flow's hops are kept; state changes are only
     * where
     *        the options ask for hops themselves
     */
    Execution(LoadedScenario scenario, RunOptions options, int tracedAttempts) {
        this.recordsState = options.tracedAttempts() > 0;
        this.scenario = scenario;
        this.seed = options.seed().orElse(scenario.spec().seed());
        this.stage = new Stage(scenario, new SampledChooser(seed));
        this.simulation = stage.cluster().network().simulation();
        this.recorder = new RunRecorder(tracedAttempts);
        this.timeline = scenario.spec().timeline().stream()
                .sorted(Comparator.comparingLong(TimelineEntry::atNanos)).toList();
        this.driverEvents = simulation.register(this::startNext);
    }

    /** Runs to the end of the scenario. */
    void run() {
        begin();
        Long duration = scenario.spec().durationNanos();
        if (duration != null) {
            simulation.runUntil(duration);
            endNanos = duration;
            return;
        }
        while (!over() && simulation.step()) {
            // Until the last event of the timeline and the last attempt are over.
        }
        simulation.runUntil(simulation.nowNanos() + AFTERMATH_NANOS);
    }

    /** Runs to a moment: all that happens at it has happened. */
    void runUntil(long atNanos) {
        begin();
        simulation.runUntil(atNanos);
    }

    private void begin() {
        Cluster cluster = stage.cluster();
        cluster.network().tracer().sink(recorder);
        if (recordsState) {
            cluster.recordState();
        }
        cluster.workload().onStart(recorder::started);
        cluster.workload().onResult(result -> {
            results.add(result);
            endNanos = result.endNanos();
            freePort(result);
        });
        int events = simulation.register(this::happen);
        for (int i = 0; i < timeline.size(); i++) {
            simulation.scheduleAt(timeline.get(i).atNanos(), events, i, 0);
        }
    }

    private boolean over() {
        return happened == timeline.size() && allStarted()
                && stage.cluster().workload().running() == 0;
    }

    private boolean allStarted() {
        for (Driver driver : drivers) {
            if (!driver.exhausted) {
                return false;
            }
        }
        return true;
    }

    private void happen(long nowNanos, int index, long unused) {
        happened++;
        endNanos = nowNanos;
        TimelineEntry entry = timeline.get(index);
        if (entry.event() instanceof Send send) {
            for (Flow flow : Flow.of(send, stage, scenario.spec())) {
                drivers.add(new Driver(flow, nowNanos, seed));
                plan(drivers.size() - 1, nowNanos);
            }
        } else {
            stage.apply(entry.event());
        }
    }

    /** Starts a flow's next attempt and plans the one after it. */
    private void startNext(long nowNanos, int index, long unused) {
        Driver driver = drivers.get(index);
        Flow flow = driver.flow;
        if (flow.send().sourcePort() != null && mustWait(driver, nowNanos)) {
            simulation.scheduleAfter(PORT_RETRY_NANOS, driverEvents, index, 0);
            return;
        }
        driver.portInUse = flow.send().sourcePort() != null;
        stage.cluster().workload().start(flow.client().namespace(),
                flow.attempt(driver.started++));
        plan(index, nowNanos);
    }

    /**
     * Whether bind or connect would fail with EADDRINUSE: the port's last attempt is under way, or
     * its connection still closing. One whose end is lost is not waited for any longer.
     */
    private static boolean mustWait(Driver driver, long nowNanos) {
        return driver.portInUse || driver.started > 0 && driver.flow.isOpen()
                && nowNanos < driver.freeSinceNanos + AFTERMATH_NANOS;
    }

    private void freePort(AttemptResult result) {
        for (Driver driver : drivers) {
            if (driver.portInUse && driver.isOf(result)) {
                driver.portInUse = false;
                driver.freeSinceNanos = result.endNanos();
            }
        }
    }

    private void plan(int index, long nowNanos) {
        Driver driver = drivers.get(index);
        long next = nextStart(driver, nowNanos);
        driver.exhausted = next == NEVER;
        if (next != NEVER) {
            simulation.scheduleAt(next, driverEvents, index, 0);
        }
    }

    private static long nextStart(Driver driver, long nowNanos) {
        return switch (driver.flow.send().pacing()) {
            case Pacing.Steady steady -> driver.started < steady.count()
                    ? Math.max(nowNanos,
                            driver.startNanos + driver.started * steady.everyNanos())
                    : NEVER;
            case Pacing.Poisson poisson -> {
                long mean = poisson.ratePerSecond().reciprocal().multiply(1_000_000_000L)
                        .longValue();
                long next = nowNanos + driver.arrivals.exponential(mean);
                yield next < driver.startNanos + poisson.forNanos() ? next : NEVER;
            }
            case Pacing.Closed closed -> throw new UsageException("flow "
                    + driver.flow.send().flow() + ": closed loop (`clients`) is not modelled yet; "
                    + "expected `count` and `every`, or `rate` and `for`");
        };
    }

    LoadedScenario scenario() {
        return scenario;
    }

    long seed() {
        return seed;
    }

    Stage stage() {
        return stage;
    }

    List<AttemptResult> results() {
        return results;
    }

    /** Virtual time of the last event of the timeline, or of the last attempt's end. */
    long endNanos() {
        return endNanos;
    }

    RunRecorder recorder() {
        return recorder;
    }

    /** The flows that were started, in order. */
    List<Flow> flows() {
        return drivers.stream().map(driver -> driver.flow).toList();
    }
}
