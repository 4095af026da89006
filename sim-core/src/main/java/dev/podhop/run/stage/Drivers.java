package dev.podhop.run.stage;

import dev.podhop.engine.Simulation;
import dev.podhop.workload.AttemptResult;
import dev.podhop.workload.Traffic;
import java.util.ArrayList;
import java.util.List;

/** Starts the attempts of a run's flows, each when its flow's pacing says so. */
final class Drivers {

    /** How soon an attempt whose source port was in use tries again. */
    private static final long PORT_RETRY_NANOS = 1_000_000L;

    private final Simulation simulation;
    private final Traffic workload;
    private final long seed;
    private final List<Driver> drivers = new ArrayList<>();
    private final int events;
    /** Flows that may start further attempts: asked before every event. */
    private int open;

    Drivers(Simulation simulation, Traffic workload, long seed) {
        this.simulation = simulation;
        this.workload = workload;
        this.seed = seed;
        this.events = simulation.register(this::startNext);
    }

    /** A flow begins now. */
    void begin(Flow flow) {
        Driver driver = new Driver(flow, simulation.nowNanos(), seed);
        drivers.add(driver);
        open += driver.exhausted() ? 0 : 1;
        for (int client = 0; client < driver.clients(); client++) {
            plan(drivers.size() - 1, client, driver.firstStart(client));
        }
    }

    /** Whether no flow will start a further attempt. */
    boolean allStarted() {
        return open == 0;
    }

    /** The flows that were begun, in order. */
    List<Flow> flows() {
        return drivers.stream().map(Driver::flow).toList();
    }

    /** Starts a client's next attempt; in an open loop, plans the one after it. */
    private void startNext(long nowNanos, int index, long client) {
        Driver driver = drivers.get(index);
        if (driver.mustWait(nowNanos)) {
            simulation.scheduleAfter(PORT_RETRY_NANOS, events, index, client);
            return;
        }
        Flow flow = driver.flow();
        workload.start(flow.client().namespace(), driver.next((int) client),
                result -> over(index, (int) client, result));
        if (!driver.closedLoop()) {
            plan(index, 0, driver.nextStart(nowNanos));
        }
    }

    private void over(int index, int client, AttemptResult result) {
        Driver driver = drivers.get(index);
        driver.ended(result);
        if (driver.closedLoop()) {
            plan(index, client, driver.nextStart(result));
        }
        driver.closeIfDone();
    }

    private void plan(int index, int client, long atNanos) {
        if (atNanos == Driver.NEVER) {
            drivers.get(index).retire();
            open -= drivers.get(index).exhausted() ? 1 : 0;
        } else {
            simulation.scheduleAt(atNanos, events, index, client);
        }
    }
}
