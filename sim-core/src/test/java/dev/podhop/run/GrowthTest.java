package dev.podhop.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.podhop.run.result.RunOptions;
import dev.podhop.run.result.RunResult;
import dev.podhop.scenario.LoadedScenario;
import dev.podhop.scenario.generate.GeneratedCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.function.IntFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a run costs grows as what it simulates does, and no faster. Counted by bytes allocated,
 * which are the same on any machine however busy: nearly all work here makes something, and whoever
 * looks at everything for each thing makes too much. Of each size the cost of the smallest is taken
 * off, and the exponent is that of the largest step.
 */
class GrowthTest {

    private static final int[] TIMES = {1, 2, 4, 8};
    private static final ThreadMXBean THREADS =
            (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private enum Grows {
        NODES(1.1, n -> text(20 * n, 200, 20, false, true, 1, 100)),
        PODS(1.1, n -> text(20, 200 * n, 20, false, true, 1, 100)),
        PODS_THAT_DECLARE_NO_PORT(1.1, n -> text(20, 200 * n, 20, false, false, 1, 100)),
        PODS_OF_DEPLOYMENTS(1.1, n -> text(20, 200 * n, 20, true, true, 1, 100)),
        NODES_AND_PODS_OF_DEPLOYMENTS(1.1,
                n -> text(10 * n, 200 * n, 10 * n, true, true, 1, 100)),
        SERVICES(1.1, n -> text(10, 50 * n, 50 * n, false, true, 1, 100)),
        DEPLOYMENTS(1.1, n -> text(10, 50 * n, 50 * n, true, true, 1, 100)),
        FLOWS(1.1, n -> text(160, 160, 20, false, true, 20 * n, 20)),
        ATTEMPTS(1.1, n -> text(10, 20, 5, false, true, 1, 500 * n)),
        /** A slice is written as a whole, up to its hundred endpoints, with each that changes. */
        REPLICAS_OF_A_ROLLOUT(1.25, n -> rollout(10 * n, 0)),
        PODS_BESIDE_A_ROLLOUT(1.1, n -> rollout(10, 200 * n));

        private final double most;
        private final IntFunction<String> scenario;

        Grows(double most, IntFunction<String> scenario) {
            this.most = most;
            this.scenario = scenario;
        }
    }

    @ParameterizedTest
    @EnumSource
    void asWhatIsSimulatedDoes(Grows what) {
        bytes(what.scenario.apply(1)); // classes are loaded, caches filled
        long[] bytes = Arrays.stream(TIMES).mapToLong(n -> bytes(what.scenario.apply(n)))
                .toArray();

        double exponent = Math.log((double) (bytes[3] - bytes[0]) / (bytes[2] - bytes[0]))
                / Math.log((double) (TIMES[3] - TIMES[0]) / (TIMES[2] - TIMES[0]));
        assertThat(exponent).as("%s: %s", what, Arrays.toString(bytes))
                .isLessThanOrEqualTo(what.most);
    }

    private static long bytes(String text) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        LoadedScenario scenario = Loaded.of(text).orElseThrow();
        RunResult result = new ScenarioRunner(scenario).run(RunOptions.OUTCOMES);
        long bytes = THREADS.getCurrentThreadAllocatedBytes() - before;
        assertThat(result.attempts()).isNotEmpty();
        return bytes;
    }

    /** When nobody asks any more: whoever fails may be followed in a second run, or may not be. */
    private static String rollout(int replicas, int others) {
        return text(20, replicas, 1, true, true, 1, 100)
                .replace("  timeline:\n", """
                          timeline:
                          - {at: 5s, rollout: deployment/app-0}
                          - {at: 60s, scale: {target: deployment/app-0, replicas: %d}}
                        """.formatted(replicas))
                + others(others);
    }

    private static String others(int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append("""
                    ---
                    apiVersion: v1
                    kind: Pod
                    metadata: {name: other-%d, labels: {app: other}}
                    spec:
                      nodeName: node-%d
                      containers: [{name: c, image: example/c}]
                    """.formatted(i, i % 20));
        }
        return text.toString();
    }

    private static String text(int nodes, int pods, int services, boolean deployments,
            boolean declared, int flows, int attempts) {
        StringBuilder text = new StringBuilder();
        try {
            new GeneratedCluster(nodes, pods, services, 1, deployments, declared, flows, attempts)
                    .writeTo(text);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }
}
