package dev.podhop.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.k8s.source.Problems;
import dev.podhop.run.result.OddsResult.FlowOdds;
import dev.podhop.scenario.load.ScenarioLoader;
import dev.podhop.trace.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.math3.fraction.BigFraction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A pod calls its own Service on a bridge without the hairpin flag. When it is handed to itself the
 * SYN is dropped before anybody remembers the choice, so that each retransmission draws again.
 *
 * <pre>
 *   n1   web-1 --+-- cni0 (no hairpin)        n2   web-2
 * </pre>
 */
class RedrawsTest {

    @TempDir
    private Path folder;

    @Test
    void aDropBeforeConfirmationIsDrawnForAgain() throws IOException {
        // SYNs at 0, 1 and 2 s: three chances of one half to be handed to itself
        assertThat(failure(2, "2500ms")).isEqualTo(new BigFraction(1, 8));
        assertThat(failure(2, "400ms")).isEqualTo(new BigFraction(1, 2));
    }

    @Test
    void patienceIsWhatTheKernelHas() throws IOException {
        // eleven SYNs in 131 s (Linux 6.5 and newer)
        assertThat(failure(2, "200s")).isEqualTo(new BigFraction(1, 2).pow(11));
    }

    @Test
    void manyEndpointsAndManyRetransmissionsAreFewBranches() throws IOException {
        FlowOdds odds = odds(10, "200s");
        assertThat(odds.exact()).isTrue();
        assertThat(odds.branches()).isLessThan(200);
        assertThat(odds.failure()).isEqualTo(new BigFraction(1, 10).pow(11));
    }

    private BigFraction failure(int endpoints, String timeout) throws IOException {
        FlowOdds odds = odds(endpoints, timeout);
        assertThat(odds.exact()).isTrue();
        assertThat(odds.results()).allMatch(r -> r.key().outcome() == Outcome.Answered
                || r.key().outcome() == Outcome.TimedOut);
        return odds.failure();
    }

    private FlowOdds odds(int endpoints, String timeout) throws IOException {
        StringBuilder text = new StringBuilder("""
                apiVersion: v1
                kind: Service
                metadata: {name: web}
                spec:
                  clusterIP: 10.96.0.10
                  selector: {app: web}
                  ports: [{port: 80, targetPort: 8080}]
                """);
        for (int i = 1; i <= endpoints; i++) {
            text.append("""
                    ---
                    apiVersion: v1
                    kind: Node
                    metadata: {name: n%1$d}
                    spec: {podCIDR: 10.244.%1$d.0/24}
                    status: {addresses: [{type: InternalIP, address: 10.0.0.%2$d}]}
                    ---
                    apiVersion: v1
                    kind: Pod
                    metadata: {name: web-%1$d, labels: {app: web}}
                    spec:
                      nodeName: n%1$d
                      containers: [{name: web, image: web, ports: [{containerPort: 8080}]}]
                    status: {podIP: 10.244.%1$d.20}
                    """.formatted(i, 10 + i));
        }
        text.append("""
                ---
                apiVersion: podhop.dev/v1alpha1
                kind: Scenario
                metadata: {name: self}
                spec:
                  network: {hairpinMode: none, gateway: 10.0.0.1/24}
                  timeline:
                  - {at: 0s, send: {flow: self, from: pod/web-1, to: "10.96.0.10:80", timeout: %s}}
                """.formatted(timeout));
        Path file = Files.writeString(folder.resolve("self.yaml"), text);
        Problems problems = new Problems();
        return new ScenarioRunner(ScenarioLoader.load(file, problems)
                .orElseThrow(() -> new AssertionError(problems.all()))).odds("self").flows()
                .getFirst();
    }
}
