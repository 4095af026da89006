package dev.podhop.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.cloud.LoadBalancerSettings.Scheduler;
import dev.podhop.kubeproxy.FakePacket;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which backend a listener takes next, by its scheduler. */
class SchedulingTest {

    private static final IntUnaryOperator NONE_OPEN = backend -> 0;

    private final Scheduling scheduling = new Scheduling("lb/tcp/80");
    private final Chosen packet = new Chosen();

    /** What outlives a connection is chosen by the test too. */
    private static final class Chosen extends FakePacket {
        @Override
        public int chooseLasting(long who, long whom, int n) {
            return chooseUniform(who, n);
        }
    }

    private int next(Scheduler scheduler, int... weights) {
        return scheduling.choose(scheduler, packet, weights, weights.length, NONE_OPEN);
    }

    /**
     * A turn goes over as many places as the weights sum up to, and nobody knows where it stood
     * when the run began.
     */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"0|0 0 1 2 2 2 0", "1|0 1 2 2 2 0 0", "5|2 0 0 1 2 2 2"})
    void roundRobinGoesOverTheWeightsFromAnywhere(int start, String turns) {
        packet.choice = start;
        List<String> taken = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            taken.add(String.valueOf(next(Scheduler.WEIGHTED_ROUND_ROBIN, 2, 1, 3)));
        }

        assertThat(String.join(" ", taken)).isEqualTo(turns);
        assertThat(packet.possibilities).isEqualTo(6);
    }

    /** A backend of weight 0 takes nothing new, wherever the turn stands. */
    @ParameterizedTest
    @CsvSource({"0", "1", "2"})
    void roundRobinPassesOverWeightZero(int start) {
        packet.choice = start;
        for (int i = 0; i < 6; i++) {
            assertThat(next(Scheduler.WEIGHTED_ROUND_ROBIN, 0, 2, 0, 1)).isIn(1, 3);
        }
    }

    /** {@code open / weight} decides; among equals anybody's turn comes as often. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        // open of three | their weights | the draw | who takes it | among how many
        "3 1 2|1 1 1|0|1|1", "1 1 2|1 1 1|0|0|2", "1 1 2|1 1 1|1|1|2", "2 1 2|2 1 1|0|0|2",
        "2 1 2|2 1 1|1|1|2", "4 3 0|4 2 1|0|2|1", "0 0 0|1 5 1|2|2|3"})
    void leastConnectionsCountsForTheWeight(String open, String weights, int draw, int taken,
            int among) {
        packet.choice = draw;
        int[] connections = numbers(open);
        int chosen = scheduling.choose(Scheduler.LEAST_CONNECTIONS, packet, numbers(weights), 3,
                backend -> connections[backend]);

        assertThat(chosen).isEqualTo(taken);
        assertThat(packet.possibilities).isEqualTo(among);
    }

    private static int[] numbers(String text) {
        return List.of(text.split(" ")).stream().mapToInt(Integer::parseInt).toArray();
    }

    @Test
    void aSourceKeepsWhatItsHashWasWhateverItsPort() {
        packet.from("10.244.1.5").choice = 2;
        int first = next(Scheduler.SOURCE_HASH, 1, 1, 1);
        packet.choice = 0;
        packet.sourcePort = 50_000;

        assertThat(next(Scheduler.SOURCE_HASH, 1, 1, 1)).isEqualTo(first).isEqualTo(2);
        assertThat(next(Scheduler.SOURCE_HASH, 1, 1)).as("two are left").isEqualTo(2 % 2);
        packet.from("10.244.1.6");
        assertThat(next(Scheduler.SOURCE_HASH, 1, 1, 1)).as("another source").isZero();
    }

    @Test
    void aConnectionsPacketsHashAlikeAndAnotherPortAnew() {
        packet.from("10.244.1.5").choice = 1;
        int first = next(Scheduler.TUPLE_HASH, 1, 1, 1);
        packet.choice = 2;

        assertThat(next(Scheduler.TUPLE_HASH, 1, 1, 1)).as("its next packet").isEqualTo(first);
        packet.sourcePort++;
        assertThat(next(Scheduler.TUPLE_HASH, 1, 1, 1)).as("the next connection").isEqualTo(2);
    }
}
