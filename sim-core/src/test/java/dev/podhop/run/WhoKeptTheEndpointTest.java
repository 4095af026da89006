package dev.podhop.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.run.result.RunOptions;
import dev.podhop.run.result.RunReason;
import dev.podhop.scenario.LoadedScenario;
import dev.podhop.trace.Explanation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A packet goes to a pod that is gone: because the node's rules are behind, or because the
 * connection began before they changed. The words must not blame the one for the other.
 */
class WhoKeptTheEndpointTest {

    private static final Set<RunReason> KEEPERS =
            Set.of(RunReason.STALE, RunReason.IPVS_KEPT, RunReason.CONNECTION_KEPT);

    /** kube-proxy stands still while the only pod is deleted. */
    @ParameterizedTest
    @ValueSource(strings = {"iptables", "nftables", "ipvs"})
    void rulesThatAreBehind(String mode) {
        ClusterText text = cluster(mode).at("1s", "fail: kube-proxy/n1")
                .at("5s", "delete: pod/web-2").at("50s",
                        "send: {flow: f, from: pod/client, to: \"service/web:80\", count: 2,"
                                + " every: 4s, timeout: 3s}");

        assertThat(named(text.load())).containsExactly(RunReason.STALE);
    }

    /** From 1.32 to 1.36 nobody clears the entry (k/k#139628). */
    @ParameterizedTest
    @ValueSource(strings = {"iptables", "nftables"})
    void aSenderThatNeverPausesIsKeptByConntrack(String mode) {
        ClusterText text = cluster(mode).spec("kubernetesVersion: \"1.34\"")
                .at("0s", "send: {flow: f, from: pod/client, to: \"10.96.0.10:80\", count: 40,"
                        + " protocol: UDP, sourcePort: 40000, every: 2s, timeout: 1s}")
                .at("5s", "delete: pod/web-2");

        assertThat(named(text.load())).containsExactly(RunReason.CONNECTION_KEPT);
    }

    /** Before Linux 5.9 a port that comes round meets IPVS' old entry. */
    @Test
    void aPortThatComesRoundIsKeptByIpvs() throws IOException {
        String text = Files.readString(Path.of("../scenarios/08-ipvs-conn-reuse/scenario.yaml"));

        assertThat(named(Loaded.of(text).orElseThrow())).containsExactly(RunReason.IPVS_KEPT);
    }

    private static ClusterText cluster(String mode) {
        return ClusterText.nodes(2).mode(mode).pod("client", "n1", "client")
                .pod("web-2", "n2", "web").service("web", "web", "10.96.0.10", "");
    }

    private static Set<RunReason> named(LoadedScenario scenario) {
        return new ScenarioRunner(scenario).run(RunOptions.OUTCOMES).whys().values().stream()
                .flatMap(WhoKeptTheEndpointTest::all).map(Explanation::reason)
                .filter(KEEPERS::contains).map(RunReason.class::cast)
                .collect(Collectors.toSet());
    }

    private static Stream<Explanation> all(Explanation why) {
        return Stream.iterate(why, Objects::nonNull, Explanation::because);
    }
}
