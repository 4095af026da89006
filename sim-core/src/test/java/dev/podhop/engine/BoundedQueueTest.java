package dev.podhop.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import org.junit.jupiter.api.Test;

class BoundedQueueTest {

    @Test
    void aFullBacklogRefusesUntilSomebodyIsServed() {
        BoundedQueue backlog = new BoundedQueue(2);
        assertThat(backlog.offer(1)).isTrue();
        assertThat(backlog.offer(2)).isTrue();
        assertThat(backlog.offer(3)).isFalse();

        assertThat(backlog.poll()).isEqualTo(1);
        assertThat(backlog.offer(4)).isTrue();
        assertThat(backlog.get(1)).isEqualTo(4);
        assertThat(backlog.poll()).isEqualTo(2);
        assertThat(backlog.poll()).isEqualTo(4);
        assertThat(backlog.isEmpty()).isTrue();
    }

    @Test
    void nothingFitsIntoACapacityOfZero() {
        assertThat(new BoundedQueue(0).offer(1)).isFalse();
        assertThatThrownBy(() -> new BoundedQueue(-1)).hasMessage("negative capacity: -1");
    }

    @Test
    void anEmptyQueueHasNothingToPoll() {
        BoundedQueue queue = new BoundedQueue(4);
        assertThatThrownBy(queue::poll).isInstanceOf(IllegalStateException.class);
        queue.offer(1);
        queue.clear();
        assertThatThrownBy(queue::poll).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void itAgreesWithADequeWhileItGrowsAndWraps() {
        Rng rng = new Rng(5);
        BoundedQueue queue = new BoundedQueue(100);
        ArrayDeque<Long> expected = new ArrayDeque<>();
        for (long i = 0; i < 100_000; i++) {
            // fills and empties in turns of about a thousand operations
            if (rng.nextLong(100) < (i / 1_000 % 2 == 0 ? 60 : 40)) {
                assertThat(queue.offer(i)).isEqualTo(expected.size() < 100);
                if (expected.size() < 100) {
                    expected.add(i);
                }
            } else if (!expected.isEmpty()) {
                assertThat(queue.poll()).isEqualTo(expected.poll());
            }
            assertThat(queue.size()).isEqualTo(expected.size());
        }
    }
}
