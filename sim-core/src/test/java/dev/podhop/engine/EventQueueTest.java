package dev.podhop.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventQueueTest {

    private final EventQueue queue = new EventQueue();

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 63, 64, 4_095, 1_000_000_007, 1L << 60, Long.MAX_VALUE})
    void equalTimesComeOutInTheOrderTheyWentIn(long time) {
        List<Integer> values = IntStream.range(0, 10_000).boxed().toList();
        values.forEach(value -> queue.push(time, value));

        assertThat(drain()).isEqualTo(values);
    }

    @Test
    void aTimeScheduledAgainWhileItIsBeingServedComesLast() {
        IntStream.range(0, 100).forEach(value -> queue.push(5_000, value));
        assertThat(queue.hasNext(5_000)).isTrue();
        assertThat(queue.poll()).isZero();
        IntStream.range(100, 200).forEach(value -> queue.push(5_000, value));

        assertThat(drain()).isEqualTo(IntStream.range(1, 200).boxed().toList());
    }

    /** Quadratic cost here would take minutes. */
    @Test
    @Timeout(10)
    void aHundredThousandEventsOfOneInstantCostNoMoreThanOthers() {
        IntStream.range(0, 100_000).forEach(value -> queue.push(7, value));
        for (int i = 0; i < 200_000; i++) {
            assertThat(queue.hasNext(7)).isTrue();
            assertThat(queue.poll()).isEqualTo(i % 100_000);
            queue.push(7, i % 100_000);
        }
    }

    @Test
    void everyPowerOfTwoAndItsNeighboursComeOutSorted() {
        List<Long> times = new ArrayList<>(List.of(0L));
        for (int bit = 0; bit < 63; bit++) {
            times.add((1L << bit) - 1);
            times.add(1L << bit);
            times.add((1L << bit) + 1);
        }
        times.reversed().forEach(time -> queue.push(time, 0));

        List<Long> seen = new ArrayList<>();
        while (queue.hasNext(Long.MAX_VALUE)) {
            seen.add(queue.nextTime());
            queue.poll();
        }
        assertThat(seen).isEqualTo(times.stream().sorted().toList());
    }

    @Test
    void lookingAheadDoesNotShutOutWhatIsScheduledBeforeTheNextEvent() {
        queue.push(1_000_000_000, 2);
        assertThat(queue.hasNext(999_999_999)).isFalse();
        queue.push(999_999_999, 1);

        assertThat(drain()).containsExactly(1, 2);
    }

    @Test
    void aTimeThatIsPassedIsRefused() {
        queue.push(100, 1);
        assertThat(queue.hasNext(100)).isTrue();
        assertThat(queue.poll()).isEqualTo(1);

        assertThatThrownBy(() -> queue.push(99, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("time 99 lies before 100");
    }

    private List<Integer> drain() {
        List<Integer> values = new ArrayList<>();
        while (queue.hasNext(Long.MAX_VALUE)) {
            values.add(queue.poll());
        }
        return values;
    }
}
