package dev.podhop.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulationTest {

    private final Simulation simulation = new Simulation();
    private final List<String> log = new ArrayList<>();
    private final int say =
            simulation.register((now, target, arg) -> log.add(now + ": " + target + "/" + arg));

    @Test
    void eventsFireAtTheirTimesAndTiesInTheOrderOfScheduling() {
        simulation.scheduleAt(20, say, 1, 1);
        simulation.scheduleAt(10, say, 2, -2);
        simulation.scheduleAt(20, say, -3, Long.MIN_VALUE);
        simulation.run();

        assertThat(log).containsExactly("10: 2/-2", "20: 1/1", "20: -3/" + Long.MIN_VALUE);
        assertThat(simulation.nowNanos()).isEqualTo(20);
        assertThat(simulation.processed()).isEqualTo(3);
    }

    @Test
    void runUntilIncludesItsEndAndMovesTimeThere() {
        simulation.scheduleAt(100, say, 0, 1);
        simulation.scheduleAt(101, say, 0, 2);
        simulation.runUntil(100);
        assertThat(log).containsExactly("100: 0/1");

        simulation.runUntil(100);
        simulation.scheduleAfter(0, say, 0, 3);
        simulation.runUntil(1_000);
        assertThat(log).containsExactly("100: 0/1", "100: 0/3", "101: 0/2");
        assertThat(simulation.nowNanos()).isEqualTo(1_000);
    }

    @Test
    void aSliceStopsAfterSoManyEventsAndTheNextGoesOn() {
        for (int i = 1; i <= 5; i++) {
            simulation.scheduleAt(10 * i, say, 0, i);
        }
        assertThat(simulation.runUntil(45, 3)).isFalse();
        assertThat(simulation.nowNanos()).isEqualTo(30);
        assertThat(simulation.runUntil(45, 3)).isTrue();
        assertThat(simulation.nowNanos()).isEqualTo(45);
        assertThat(log).containsExactly("10: 0/1", "20: 0/2", "30: 0/3", "40: 0/4");
    }

    @Test
    void aCancelledEventNeverFiresAndItsHandleIsDead() {
        long timer = simulation.scheduleAt(50, say, 0, 1);
        assertThat(simulation.isPending(timer)).isTrue();
        assertThat(simulation.cancel(timer)).isTrue();
        assertThat(simulation.cancel(timer)).isFalse();
        assertThat(simulation.isPending(timer)).isFalse();
        assertThat(simulation.pending()).isZero();

        assertThat(simulation.step()).isFalse();
        assertThat(log).isEmpty();
    }

    @Test
    void noEventIsNeverPending() {
        assertThat(simulation.cancel(Simulation.NO_EVENT)).isFalse();
        simulation.scheduleAt(1, say, 0, 0);
        assertThat(simulation.cancel(Simulation.NO_EVENT)).isFalse();
        assertThat(simulation.isPending(Simulation.NO_EVENT)).isFalse();
    }

    @Test
    void anOldHandleDoesNotReachTheEventThatTookItsPlace() {
        long first = simulation.scheduleAt(1, say, 0, 1);
        simulation.run();
        long second = simulation.scheduleAt(2, say, 0, 2);

        assertThat(simulation.cancel(first)).isFalse();
        assertThat(simulation.isPending(second)).isTrue();
    }

    @Test
    void timeDoesNotPassWhileOnlyCancelledEventsAreLeft() {
        simulation.cancel(simulation.scheduleAt(1_000, say, 0, 1));
        simulation.run();
        assertThat(simulation.nowNanos()).isZero();

        simulation.scheduleAt(5, say, 0, 2);
        simulation.run();
        assertThat(log).containsExactly("5: 0/2");
    }

    @Test
    void resetForgetsEventsButNotHandlers() {
        long before = simulation.scheduleAt(7, say, 0, 1);
        simulation.runUntil(3);
        simulation.reset();
        assertThat(simulation.nowNanos()).isZero();
        assertThat(simulation.isPending(before)).isFalse();

        simulation.scheduleAt(2, say, 0, 2);
        assertThat(simulation.isPending(before)).isFalse();
        simulation.run();
        assertThat(log).containsExactly("2: 0/2");
        assertThat(simulation.processed()).isEqualTo(1);
    }

    /** A timer that is set anew with every packet must not fill the memory until it would fire. */
    @Test
    void cancelledTimersGiveTheirMemoryBackBeforeTheirTimeComes() {
        long timer = Simulation.NO_EVENT;
        for (int packet = 0; packet < 1_000_000; packet++) {
            simulation.cancel(timer);
            timer = simulation.scheduleAt(packet + 120 * SimTime.SECOND, say, 0, packet);
        }

        assertThat(simulation.pending()).isEqualTo(1);
        assertThat(simulation.bytes()).isLessThan(200_000);
        simulation.run();
        assertThat(log).containsExactly("120000999999: 0/999999");
    }

    @Test
    void cancelledEventsOfThePresentInstantGiveTheirMemoryBackToo() {
        int busy =
                simulation.register(
                        (now, target, arg) -> {
                            for (int i = 0; i < 1_000_000; i++) {
                                simulation.cancel(simulation.scheduleAfter(0, say, 0, i));
                            }
                        });
        simulation.scheduleAt(1, busy, 0, 0);
        simulation.run();

        assertThat(simulation.bytes()).isLessThan(200_000);
        assertThat(log).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {100_000, 300_000, 1_000_000})
    void aPendingEventTakesAtMostFortyEightBytes(int pending) {
        Rng rng = new Rng(1);
        for (int i = 0; i < pending; i++) {
            simulation.scheduleAfter(rng.exponential(SimTime.SECOND), say, i, i);
        }

        assertThat(simulation.pending()).isEqualTo(pending);
        // three words for what to do, two for when, and some slack
        assertThat((double) simulation.bytes() / pending).isBetween(40.0, 48.0);
    }

    @Test
    void mistakesAreRefusedWithTheirReason() {
        simulation.runUntil(100);
        assertRefused(() -> simulation.scheduleAt(99, say, 0, 0), "99 ns lies before now, 100 ns");
        assertRefused(() -> simulation.scheduleAfter(-1, say, 0, 0), "lies before now");
        assertRefused(() -> simulation.scheduleAfter(Long.MAX_VALUE, say, 0, 0), "before now");
        assertRefused(() -> simulation.runUntil(99), "lies before now");
        assertRefused(() -> simulation.scheduleAt(100, 1, 0, 0), "no handler is registered");
        assertRefused(() -> simulation.scheduleAt(100, -1, 0, 0), "no handler is registered");
    }

    @Test
    void aHandlerCannotRunTheSimulationItRunsIn() {
        int nested = simulation.register((now, target, arg) -> simulation.run());
        simulation.scheduleAt(1, nested, 0, 0);
        assertThatThrownBy(simulation::run).isInstanceOf(IllegalStateException.class);

        simulation.scheduleAt(2, say, 0, 2);
        simulation.run();
        assertThat(log).containsExactly("2: 0/2");
    }

    private static void assertRefused(Runnable action, String reason) {
        assertThatThrownBy(action::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }
}
