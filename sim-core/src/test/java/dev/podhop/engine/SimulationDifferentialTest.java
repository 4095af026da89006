package dev.podhop.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The ladder against a heap with sequence numbers: the same random history must give the same log,
 * line by line. Part of the history is made inside handlers, which schedule and cancel themselves.
 */
class SimulationDifferentialTest {

    private static final int HISTORIES = 60;
    private static final int OPERATIONS = 6_000;

    /** How far ahead events are scheduled: each stresses another part of the ladder. */
    enum Delays {
        /** Nearly everything ties with something, much of it with now. */
        TIES(rng -> rng.nextLong(4)),
        /** One level of the ladder, slots of single times. */
        NEAR(rng -> rng.nextLong(60)),
        /** The shape of queueing models. */
        EXPONENTIAL(rng -> rng.exponential(1_000_000)),
        /** Links with constant delays under long timers, as in a network. */
        NETWORK(rng -> rng.nextLong(10) > 0 ? 800 + 5_000 * rng.nextLong(2)
                : rng.exponential(SimTime.SECOND)),
        /** All levels at once, centuries included. */
        ALL_MAGNITUDES(rng -> rng.nextLong() >>> 4 >>> rng.nextLong(60));

        private final Function<Rng, Long> next;

        Delays(Function<Rng, Long> next) {
            this.next = next;
        }
    }

    @ParameterizedTest
    @EnumSource
    void firesTheSameEventsInTheSameOrderAsAHeap(Delays delays) {
        for (int seed = 0; seed < HISTORIES; seed++) {
            List<String> expected = new History(seed, delays, ReferenceKernel::new).play();
            List<String> actual = new History(seed, delays, TestKernel::of).play();
            assertThat(actual).as("history %d of %s", seed, delays).isEqualTo(expected);
            assertThat(expected).hasSizeGreaterThan(OPERATIONS / 2);
        }
    }

    /** One random history; everything in it follows from the seed and from the kernel's answers. */
    private static final class History {

        private final Rng rng;
        private final Delays delays;
        private final TestKernel kernel;
        private final List<String> log = new ArrayList<>();
        private final List<Long> handles = new ArrayList<>();
        private long nextArg;

        History(long seed, Delays delays, Function<EventHandler, TestKernel> kernel) {
            this.rng = new Rng(seed);
            this.delays = delays;
            this.kernel = kernel.apply(this::onEvent);
        }

        List<String> play() {
            for (int i = 0; i < OPERATIONS; i++) {
                operate();
            }
            while (kernel.step()) {
                log.add("pending " + kernel.pending());
            }
            log.add("fired " + kernel.processed() + " until " + kernel.nowNanos());
            return log;
        }

        private void operate() {
            // time must not overflow under the greatest delays
            if (rng.nextLong(1_000) == 0 || kernel.nowNanos() > Long.MAX_VALUE / 2) {
                kernel.reset();
            }
            switch ((int) rng.nextLong(10)) {
                case 0, 1, 2 -> schedule();
                case 3 -> burst();
                case 4, 5 -> cancelSome();
                case 6 -> kernel.runUntil(kernel.nowNanos() + delays.next.apply(rng) / 8);
                default -> log.add("step " + kernel.step());
            }
            log.add(kernel.nowNanos() + " pending " + kernel.pending());
        }

        private void schedule() {
            long arg = nextArg++;
            handles.add(kernel.scheduleAfter(delays.next.apply(rng), (int) arg & 7, arg));
        }

        /** Many events around one time, more than the bottom holds. */
        private void burst() {
            long around = delays.next.apply(rng);
            for (long left = rng.nextLong(80); left > 0; left--) {
                long arg = nextArg++;
                handles.add(kernel.scheduleAfter(around + rng.nextLong(3), (int) arg & 7, arg));
            }
        }

        private void cancelSome() {
            for (long left = handles.isEmpty() ? 0 : rng.nextLong(60); left > 0; left--) {
                int index = (int) rng.nextLong(handles.size());
                long handle = handles.get(index);
                boolean pending = kernel.isPending(handle);
                assertThat(kernel.cancel(handle)).isEqualTo(pending);
                log.add("cancel " + index + " " + pending);
            }
        }

        private void onEvent(long nowNanos, int target, long arg) {
            log.add(nowNanos + " event " + target + " " + arg);
            switch (target) {
                case 0 -> handles.add(kernel.scheduleAfter(0, 7, nextArg++));
                case 1 -> schedule();
                case 2 -> cancelSome();
                default -> log.add("pending " + kernel.pending());
            }
        }
    }
}
