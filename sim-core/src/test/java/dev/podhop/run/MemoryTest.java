package dev.podhop.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.run.result.RunOptions;
import dev.podhop.run.result.RunResult;
import dev.podhop.run.result.RunWatch;
import dev.podhop.run.stage.Execution;
import dev.podhop.scenario.LoadedScenario;
import dev.podhop.scenario.generate.GeneratedCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/**
 * What a pod that nobody talks to keeps alive: of a hundred and fifty thousand, every hundred bytes
 * are fifteen megabytes. Counted by what is reachable after a collection, which no other load on
 * the machine changes.
 */
class MemoryTest {

    private static final int FEW = 1_000;
    private static final int MANY = 3_000;
    /** Of a scenario that was read: the objects, and each document's tree, packed. */
    private static final long READ = 1_500;
    /** Of a run that has ended: all of the cluster. */
    private static final long RUN = 6_600;

    @Test
    void aPodIsSmall() {
        held(FEW); // classes are loaded, caches filled
        Held few = held(FEW);
        Held many = held(MANY);

        assertThat((many.read() - few.read()) / (MANY - FEW)).as("bytes of a pod that was read")
                .isLessThanOrEqualTo(READ);
        assertThat((many.run() - few.run()) / (MANY - FEW)).as("bytes of a pod in a cluster")
                .isLessThanOrEqualTo(RUN);
    }

    /** A row of its result, its luck, and what is known of its end where it failed. */
    private static final long ATTEMPT = 90;

    @Test
    void aMillionAttemptsLiveInAHundredMegabytes() {
        ofAttempts(1_000);
        long few = ofAttempts(10_000);
        long many = ofAttempts(30_000);

        // What is under way, and connections that are remembered, are as many in both.
        assertThat((many - few) / 20_000).isLessThanOrEqualTo(ATTEMPT);
    }

    private static long ofAttempts(int attempts) {
        String text = """
                apiVersion: v1
                kind: Node
                metadata: {name: n1}
                spec: {podCIDR: 10.128.0.0/24}
                status: {addresses: [{type: InternalIP, address: 10.0.0.1}]}
                ---
                apiVersion: v1
                kind: Pod
                metadata: {name: client}
                spec: {nodeName: n1, containers: [{name: c, image: c}]}
                ---
                apiVersion: v1
                kind: Pod
                metadata: {name: server}
                spec:
                  nodeName: n1
                  containers: [{name: s, image: s, ports: [{containerPort: 80}]}]
                ---
                apiVersion: podhop.dev/v1alpha1
                kind: Scenario
                metadata: {name: many}
                spec:
                  duration: 3h
                  timeline:
                  - {at: 0s, send: {flow: a, from: pod/client, to: "pod/server:80", count: %d,
                                    every: 100ms}}
                """.formatted(attempts);
        LoadedScenario scenario = Loaded.of(text).orElseThrow();
        long before = used();
        RunResult result = new ScenarioRunner(scenario).run(RunOptions.OUTCOMES);
        long held = used() - before;
        assertThat(result.attempts()).hasSize(attempts);
        return held;
    }

    private record Held(long read, long run) {}

    private static Held held(int pods) {
        StringBuilder text = new StringBuilder();
        try {
            new GeneratedCluster(50, pods, 100, 1, false, true, 1, 10).writeTo(text);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        long before = used();
        LoadedScenario scenario = Loaded.of(text.toString()).orElseThrow();
        long read = used() - before;
        Execution execution = new Execution(scenario, RunWatch.NONE, RunOptions.OUTCOMES, 0);
        execution.run();
        long run = used() - before;
        assertThat(execution.results()).isNotEmpty();
        assertThat(scenario.objects()).hasSizeGreaterThan(pods);
        return new Held(read, run);
    }

    private static long used() {
        System.gc();
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
