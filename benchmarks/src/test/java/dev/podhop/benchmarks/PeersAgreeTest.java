package dev.podhop.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.benchmarks.dispatch.DispatchModel;
import dev.podhop.benchmarks.hold.HoldQueue;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A comparison of speed counts only between programs that do the same. */
class PeersAgreeTest {

    private static final int PENDING = 2_000;
    private static final int EVENTS = 50_000;

    @ParameterizedTest
    @EnumSource
    void everyQueueHoldsTheSameEvents(HoldQueue.Kind kind) {
        assertThat(times(kind.make()))
                .isEqualTo(times(HoldQueue.Kind.JAVA_PRIORITY_QUEUE.make()))
                .isSorted()
                .hasSize(EVENTS);
    }

    @ParameterizedTest
    @EnumSource
    void everyKernelComesToTheSameSum(DispatchModel.Kind kind) {
        assertThat(sum(kind)).isEqualTo(sum(DispatchModel.Kind.EVENT_OBJECTS)).isNotZero();
    }

    private static List<Long> times(HoldQueue queue) {
        Increments increments = increments();
        for (int i = 0; i < PENDING; i++) {
            queue.add(increments.next());
        }
        List<Long> times = new ArrayList<>();
        for (int i = 0; i < EVENTS; i++) {
            long now = queue.removeFirst();
            queue.add(now + increments.next());
            times.add(now);
        }
        return times;
    }

    private static long sum(DispatchModel.Kind kind) {
        DispatchModel model = kind.make(increments(), PENDING);
        for (int i = 0; i < EVENTS; i++) {
            model.step();
        }
        return model.sum();
    }

    private static Increments increments() {
        return new Increments(5, 1_000_000_000);
    }
}
