package dev.podhop.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.run.result.RunOptions;
import dev.podhop.run.result.RunResult;
import dev.podhop.scenario.LoadedScenario;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
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
}
