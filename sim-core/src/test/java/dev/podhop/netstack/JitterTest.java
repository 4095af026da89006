package dev.podhop.netstack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.k8s.source.Problems;
import dev.podhop.run.ScenarioRunner;
import dev.podhop.run.result.RunOptions;
import dev.podhop.scenario.load.ScenarioLoader;
import dev.podhop.workload.AttemptResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LongSummaryStatistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A wire's delay is uniform around its mean, small jitters included. */
class JitterTest {

    @TempDir
    private Path folder;

    @Test
    void smallJitterIsNotRoundedAway() throws IOException {
        Path file = Files.writeString(folder.resolve("jitter.yaml"), """
                apiVersion: v1
                kind: Node
                metadata: {name: n1}
                spec: {podCIDR: 10.244.1.0/24}
                status: {addresses: [{type: InternalIP, address: 10.0.0.11}]}
                ---
                apiVersion: v1
                kind: Pod
                metadata: {name: web}
                spec:
                  nodeName: n1
                  containers: [{name: web, image: web, ports: [{containerPort: 80}]}]
                status: {podIP: 10.244.1.5}
                ---
                apiVersion: podhop.dev/v1alpha1
                kind: Scenario
                metadata: {name: jitter}
                spec:
                  network:
                    gateway: 10.0.0.1/24
                    latency: {pod: {mean: 20us, jitter: 10us}}
                  timeline:
                  - at: 0s
                    send: {flow: f, from: node/n1, to: "10.244.1.5:80", count: 500, timeout: 1s}
                """);
        Problems problems = new Problems();
        ScenarioRunner runner = new ScenarioRunner(ScenarioLoader.load(file, problems)
                .orElseThrow(() -> new AssertionError(problems.all())));
        LongSummaryStatistics durations = runner.run(RunOptions.OUTCOMES).attempts().stream()
                .skip(1).mapToLong(AttemptResult::durationNanos).summaryStatistics();
        // SYN, SYN-ACK, then ACK and answer: four crossings of 10..30 us
        assertThat(durations.getMin()).isBetween(40_000L, 70_000L);
        assertThat(durations.getMax()).isBetween(90_000L, 120_000L);
        assertThat(durations.getAverage()).isBetween(75_000.0, 88_000.0);
    }
}
