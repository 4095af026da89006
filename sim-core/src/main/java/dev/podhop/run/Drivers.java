package dev.podhop.run;

import dev.podhop.engine.Keys;
import dev.podhop.engine.Rng;
import dev.podhop.engine.Simulation;
import dev.podhop.scenario.Pacing;
import dev.podhop.workload.AttemptResult;
import dev.podhop.workload.Workload;
import java.util.ArrayList;
import java.util.List;

/** Starts the attempts of a run's flows, each when its flow's pacing says so. */
final class Drivers {

    /** How long a port whose connection's end was lost stays in use. */
    private static final long LOST_CLOSE_NANOS = 1_000_000_000L;
    /** How soon an attempt whose source port was in use tries again. */
    private static final long PORT_RETRY_NANOS = 1_000_000L;
    private static final long NEVER = -1;

    private final Simulation simulation;
    private final Workload workload;
    private final long seed;
    private final List<Driver> drivers = new ArrayList<>();
    private final int events;

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

    Drivers(Simulation simulation, Workload workload, long seed) {
        this.simulation = simulation;
        this.workload = workload;
        this.seed = seed;
        this.events = simulation.register(this::startNext);
    }

    /** A flow begins now. */
    void begin(Flow flow) {
        drivers.add(new Driver(flow, simulation.nowNanos(), seed));
        plan(drivers.size() - 1, simulation.nowNanos());
    }

    /** An attempt of whichever flow is over. */
    void ended(AttemptResult result) {
        for (Driver driver : drivers) {
            if (driver.portInUse && driver.isOf(result)) {
                driver.portInUse = false;
                driver.freeSinceNanos = result.endNanos();
            }
        }
    }

    /** Whether no flow will start a further attempt. */
    boolean allStarted() {
        for (Driver driver : drivers) {
            if (!driver.exhausted) {
                return false;
            }
        }
        return true;
    }

    /** The flows that were begun, in order. */
    List<Flow> flows() {
        return drivers.stream().map(driver -> driver.flow).toList();
    }

    /** Starts a flow's next attempt and plans the one after it. */
    private void startNext(long nowNanos, int index, long unused) {
        Driver driver = drivers.get(index);
        Flow flow = driver.flow;
        if (flow.send().sourcePort() != null && mustWait(driver, nowNanos)) {
            simulation.scheduleAfter(PORT_RETRY_NANOS, events, index, 0);
            return;
        }
        driver.portInUse = flow.send().sourcePort() != null;
        workload.start(flow.client().namespace(), flow.attempt(driver.started++));
        plan(index, nowNanos);
    }

    /**
     * Whether bind or connect would fail with EADDRINUSE: the port's last attempt is under way, or
     * its connection still closing. One whose end is lost is not waited for any longer.
     */
    private static boolean mustWait(Driver driver, long nowNanos) {
        return driver.portInUse || driver.started > 0 && driver.flow.isOpen()
                && nowNanos < driver.freeSinceNanos + LOST_CLOSE_NANOS;
    }

    private void plan(int index, long nowNanos) {
        Driver driver = drivers.get(index);
        long next = nextStart(driver, nowNanos);
        driver.exhausted = next == NEVER;
        if (next != NEVER) {
            simulation.scheduleAt(next, events, index, 0);
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
}
