package dev.podhop.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.k8s.source.Problems;
import dev.podhop.run.result.RunOptions;
import dev.podhop.scenario.LoadedScenario;
import dev.podhop.scenario.load.ScenarioLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a file expects of the state at a time, held against the run at that time. */
class ExpectedStateTest {

    private static final String CLUSTER = """
            ---
            apiVersion: v1
            kind: Node
            metadata: {name: n1}
            spec: {podCIDR: 10.244.1.0/24}
            status: {addresses: [{type: InternalIP, address: 10.0.0.11}]}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: client}
            spec: {nodeName: n1, containers: [{name: c, image: c}]}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: web-1, labels: {app: web}}
            spec: {nodeName: n1, containers: [{name: c, image: c, ports: [{containerPort: 80}]}]}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: web}
            spec: {type: LoadBalancer, selector: {app: web}, ports: [{port: 80}],
              clusterIP: 10.96.0.10, externalTrafficPolicy: Local}
            """;

    @TempDir
    private Path folder;

    @Test
    void shouldHoldWhatWasThereAtItsTime() throws IOException {
        assertThat(checks("""
                - {state: {at: 1s, conntrack: {n1: []}, slices: {web: {endpoints: {count: 1}}}}}
                - state:
                    at: 2500ms
                    conntrack:
                      n1: {dst: 10.96.0.10, dport: 80, dnat: true, reply: {src: 10.244.1.3}}
                    loadBalancer:
                      web:
                        listeners:
                          protocol: TCP
                          port: 80
                          targets: [{name: n1, healthy: true}]
                - state:
                    slices: {web: {endpoints: {count: 0}}}
                    loadBalancer: {web: {listeners: {targets: {count: 0, healthy: true}}}}
                """)).allMatch(line -> line.startsWith("PASSED state."));
    }

    @Test
    void shouldSayWhatWasThereInstead() throws IOException {
        assertThat(checks("""
                - {state: {at: 1s, conntrack: {n1: {dport: 80}}}}
                - {state: {at: 2500ms, conntrack: {n1: {dport: 81}}}}
                - {state: {slices: {web: {endpoints: {targetRef: {name: web-1}}}}}}
                """)).containsExactly(
                "FAILED state.conntrack at 1s expect.state.other {where=n1, found=no item,"
                        + " expected=one like {dport: 80}}",
                "FAILED state.conntrack at 2.5s expect.state.other {where=n1[0].dport, found=80,"
                        + " expected=81}",
                "FAILED state.slices at the end expect.state.other {where=web[0].endpoints,"
                        + " found=none; there is addressType, apiVersion, kind, metadata,"
                        + " expected={targetRef: {name: \"web-1\"}}}");
    }

    private List<String> checks(String expect) throws IOException {
        Problems problems = new Problems();
        LoadedScenario scenario = ScenarioLoader.load(Files.writeString(folder.resolve("s.yaml"),
                """
                apiVersion: podhop.dev/v1alpha1
                kind: Scenario
                metadata: {name: state}
                spec:
                  timeline:
                  - {at: 2s, send: {flow: vip, from: pod/client, to: service/web:80}}
                  - {at: 3s, delete: pod/web-1}
                  - {at: 9s, send: {flow: last, from: pod/client, to: service/web:80}}
                  expect:
                """ + expect.indent(2) + CLUSTER), problems)
                .orElseThrow(() -> new AssertionError(problems.all()));
        return new ScenarioRunner(scenario).run(RunOptions.OUTCOMES).checks().stream()
                .map(check -> check.status() + " " + check.statement() + (check.failed()
                        ? " " + check.why().code() + " " + check.why().arguments()
                        : ""))
                .toList();
    }
}
