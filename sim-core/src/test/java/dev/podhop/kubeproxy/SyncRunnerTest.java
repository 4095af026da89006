package dev.podhop.kubeproxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.engine.SimTime;
import dev.podhop.engine.Simulation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When syncs begin, given when changes come; all times in milliseconds, minSyncPeriod 1000. */
class SyncRunnerTest {

    private final Simulation simulation = new Simulation();
    private final List<Long> began = new ArrayList<>();
    private SyncRunner runner;

    private void runner(int minor, long minMillis, long tookMillis) {
        int events = simulation.register((now, index, which) -> runner.onEvent(now, which));
        runner = new SyncRunner(simulation, events, 0, new ProxyVersion(minor),
                minMillis * SimTime.MILLISECOND, new SyncRunner.Job() {
                    @Override
                    public long begin(long nowNanos) {
                        began.add(nowNanos / SimTime.MILLISECOND);
                        return tookMillis * SimTime.MILLISECOND;
                    }

                    @Override
                    public void end(long nowNanos) {
                        // what is written is not this test's concern
                    }
                });
    }

    private void changesAt(String millis) {
        int change = simulation.register((now, target, arg) -> runner.request());
        Arrays.stream(millis.split(" ")).mapToLong(Long::parseLong).forEach(
                at -> simulation.scheduleAt(at * SimTime.MILLISECOND, change, 0, 0));
    }

    @ParameterizedTest(name = "1.{0}, a sync takes {1}: changes at {2}, syncs at {3}")
    @CsvSource({
        // a bucket of two: two at once, the third a period after the second's end
        "30, 100, 0 200 400, '0, 200, 1300'",
        // what comes during a run, or while one has to wait, is one more run
        "30, 100, 0 10 20 30, '0, 100'",
        "30, 100, 0 200 400 500 600, '0, 200, 1300'",
        // tokens come back at one a period
        "30, 100, 0 200 3000 3200, '0, 200, 3000, 3200'",
        // a change that comes when a token is there goes out before the timer
        "30, 100, 0 200 400 1050, '0, 200, 1050'",
        // since 1.34 every run waits for a period after the last one's end
        "34, 100, 0 200 400, '0, 1100'",
        "34, 100, 0 2000 2050, '0, 2000, 3100'",
    })
    void syncs(int minor, long took, String changes, String syncs) {
        runner(minor, 1000, took);
        changesAt(changes);

        simulation.run();

        assertThat(began).hasToString("[" + syncs + "]");
    }

    /** k/k#138073: with always something to write, runs start one period after each other. */
    @Test
    void aSteadyLoadCountsFromStartToStart() {
        runner(30, 14_000, 2_800);
        changesAt(LongStream.rangeClosed(0, 140).mapToObj(i -> String.valueOf(500 * i))
                .collect(Collectors.joining(" ")));

        simulation.run();

        assertThat(began).containsExactly(0L, 2_800L, 14_000L, 28_000L, 42_000L, 56_000L,
                70_000L);
    }

    @Test
    void withoutAPeriodNothingWaits() {
        runner(30, 0, 10);
        changesAt("0 20 40 60 80");

        simulation.run();

        assertThat(began).containsExactly(0L, 20L, 40L, 60L, 80L);
    }

    @Test
    void aProcessThatDiesWritesNothingAndStartsWithAFreshBucket() {
        runner(30, 1000, 100);
        changesAt("0 200 250 2010 2150");
        int events = simulation.register((now, target, which) -> {
            if (which == 0) {
                runner.stop();
            } else {
                runner.restart();
            }
        });
        simulation.scheduleAt(260 * SimTime.MILLISECOND, events, 0, 0);
        simulation.scheduleAt(2000 * SimTime.MILLISECOND, events, 0, 1);

        simulation.run();

        assertThat(began).containsExactly(0L, 200L, 2000L, 2100L, 2200L);
    }
}
