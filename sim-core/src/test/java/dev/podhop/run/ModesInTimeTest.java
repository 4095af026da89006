package dev.podhop.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.run.result.RunOptions;
import dev.podhop.run.result.RunResult;
import dev.podhop.scenario.LoadedScenario;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** kube-proxy's modes where connections follow one another. */
class ModesInTimeTest {

    private static LoadedScenario measured(String name) {
        return Lab.ipvsCases().stream().filter(each -> each.name().equals(name)).findFirst()
                .orElseThrow().load();
    }

    private static Map<String, Integer> endpoints(String name, String flow) {
        RunResult run = new ScenarioRunner(measured(name)).run(RunOptions.OUTCOMES);
        Map<String, Integer> counts = new TreeMap<>();
        run.flows().stream().filter(each -> each.flow().equals(flow)).findFirst().orElseThrow()
                .results().forEach(each -> counts.put(String.valueOf(each.key().endpoint()),
                        each.count()));
        return counts;
    }

    @Test
    void roundRobinIsFairToOneCaller() {
        assertThat(endpoints("ten-endpoints.ipvs", "client-to-web").values()).hasSize(10)
                .containsOnly(30);
    }

    @Test
    void aDestinationHashHasOneServerForAll() {
        assertThat(endpoints("scheduler-dh.ipvs", "client-to-web")).hasSize(1);
    }

    @Test
    void aRemovedDatagramServerIsLeftAtOnceAndNoneIsRefused() {
        assertThat(endpoints("udp-stale.ipvs", "client-to-web-53-2").keySet())
                .isEqualTo(Set.of("pod/web-2"));
        assertThat(endpoints("udp-stale.ipvs", "client-to-web-53-4").keySet())
                .isEqualTo(Set.of("null"));
    }

    /** {@code get rules --at}: the client is in its endpoint's set, and leaves it when it must. */
    @Test
    void nftablesSetsHoldWhoCame() {
        LoadedScenario scenario = ClusterText.nodes(2).mode("nftables")
                .pod("client", "n1", "client").pod("web-1", "n1", "web")
                .service("web", "web", "10.96.0.10",
                        "sessionAffinity: ClientIP, sessionAffinityConfig:"
                                + " {clientIP: {timeoutSeconds: 60}}")
                .at("1s", "send: {flow: f, from: pod/client, to: \"10.96.0.10:80\", count: 2,"
                        + " every: 10s}")
                .spec("duration: 200s").load();

        assertThat(elements(scenario, 0)).isEmpty();
        assertThat(elements(scenario, 5)).matches("elements = \\{ 10\\.244\\.1\\.10 expires"
                + " 5[56]s(\\d+ms)? }");
        assertThat(elements(scenario, 20)).matches("elements = \\{ 10\\.244\\.1\\.10 expires"
                + " 5[01]s(\\d+ms)? }");
        assertThat(elements(scenario, 100)).isEmpty();
    }

    private static String elements(LoadedScenario scenario, long seconds) {
        return new ScenarioRunner(scenario).state(OptionalLong.of(seconds * 1_000_000_000L))
                .rules("n1").lines().filter(line -> line.contains("expires")).map(String::strip)
                .collect(Collectors.joining());
    }
}
