package dev.podhop.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** The kernel's promise: in steady state an event costs no garbage, cancelled or not. */
class AllocationTest {

    private static final int EVENTS = 2_000_000;

    private final Simulation simulation = new Simulation();
    private final Rng rng = new Rng(42);
    private final long[] timers = new long[1_000];
    private int hop;
    private int timeout;

    @Test
    void steadyStateAllocatesNothing() {
        hop = simulation.register(this::onHop);
        timeout = simulation.register((now, target, arg) -> timers[target] = Simulation.NO_EVENT);
        for (int flow = 0; flow < timers.length; flow++) {
            simulation.scheduleAfter(rng.exponential(10_000), hop, flow, 0);
        }
        run(EVENTS);

        long before = allocatedBytes();
        run(EVENTS);
        double bytesPerEvent = (double) (allocatedBytes() - before) / EVENTS;

        assertThat(bytesPerEvent).isLessThan(0.1);
    }

    /** A packet passes on, and sets its flow's timer anew. */
    private void onHop(long nowNanos, int flow, long arg) {
        simulation.cancel(timers[flow]);
        timers[flow] = simulation.scheduleAfter(SimTime.SECOND, timeout, flow, 0);
        simulation.scheduleAfter(rng.exponential(10_000), hop, flow, arg + 1);
    }

    private void run(int events) {
        for (int i = 0; i < events; i++) {
            simulation.step();
        }
    }

    private static long allocatedBytes() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean())
                .getCurrentThreadAllocatedBytes();
    }
}
