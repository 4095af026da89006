package dev.podhop.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.run.result.OddsResult.FlowOdds;
import dev.podhop.run.result.Parting;
import dev.podhop.scenario.LoadedScenario;
import dev.podhop.trace.Explanation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What two settings of one file do otherwise, and why. */
class ContrastTest {

    private static LoadedScenario measured(String name, String... settings) {
        return Lab.nftablesCases().stream().filter(each -> each.name().equals(name)).findFirst()
                .orElseThrow().load().set(List.of(settings)).orElseThrow();
    }

    /** Flows whose odds differ, with the two reasons where their ways part. */
    private static Map<String, String> differences(LoadedScenario a, LoadedScenario b) {
        Contrast contrast = new Contrast(a, b);
        Map<String, String> differences = new LinkedHashMap<>();
        for (FlowOdds inA : contrast.a().flows()) {
            FlowOdds inB = contrast.b().flows().stream()
                    .filter(each -> each.flow().equals(inA.flow())).findFirst().orElseThrow();
            if (!inA.results().equals(inB.results())) {
                differences.put(inA.flow(), contrast.parting(inA, inB)
                        .map(each -> code(each.a()) + " | " + code(each.b()) + " | "
                                + code(each.b().wrong()))
                        .orElse("the same way"));
            }
        }
        return differences;
    }

    private static String code(Parting.Way way) {
        return way.step() == null ? "over"
                : code(way.rule() == null ? way.step().why() : way.rule());
    }

    private static String code(@Nullable Explanation why) {
        return why == null ? "answered" : why.code();
    }

    @Test
    void nftablesDropsANodesCallToALocalAddressAndHasNoLoopbackPorts() {
        String name = "lb-local-policy.nft";
        assertThat(differences(measured(name, "kubeProxy.mode=iptables"), measured(name)))
                .containsOnlyKeys("n3-to-vip", "n1-to-localhost-30080")
                .containsEntry("n3-to-vip", "kubeproxy.dnat | kubeproxy.drop.local-policy"
                        + " | diagnosis.dropped.local-policy");
    }

    @Test
    void ipvsHasEveryAddressOnEveryNode() {
        String name = "lb-local-policy.nft";
        assertThat(differences(measured(name, "kubeProxy.mode=iptables"),
                measured(name, "kubeProxy.mode=ipvs")).get("web-1-to-vip"))
                .isEqualTo("kubeproxy.dnat | net.route.local | answered");
    }

    @Test
    void theSameFileDoesTheSame() {
        String name = "lb-local-policy.nft";
        assertThat(differences(measured(name), measured(name))).isEmpty();
    }

    @Test
    void anUpgradeToThirtyFourLetsTheNodeThroughAgain() {
        String name = "lb-local-policy.nft";
        assertThat(differences(measured(name), measured(name, "kubernetesVersion=1.34")))
                .containsOnlyKeys("n3-to-vip");
    }

    /** An object's part in it too: here a label's spelling. */
    @Test
    void whatWentWrongIsWhatATraceSaysOfIt() {
        LoadedScenario right = ClusterText.nodes(1).pod("client", "n1", "client")
                .pod("web-1", "n1", "web").service("web", "web", "10.96.0.10", "")
                .flow("f", "pod/client", "service/web:80", 1).load();
        LoadedScenario wrong = ClusterText.nodes(1).pod("client", "n1", "client")
                .pod("web-1", "n1", "web").service("web", "wbe", "10.96.0.10", "")
                .flow("f", "pod/client", "service/web:80", 1).load();
        Contrast contrast = new Contrast(right, wrong);
        Parting parting = contrast.parting(contrast.a().flows().getFirst(),
                contrast.b().flows().getFirst()).orElseThrow();

        Explanation traced = Objects.requireNonNull(
                FixesTest.trace(new ScenarioRunner(wrong), "f").diagnosis()).what();
        assertThat(parting.b().wrong()).hasToString(traced.toString());
        assertThat(traced.toString()).contains("endpoints.selector.spelling");
    }

    @Test
    void aFileThatAsksNothingIsAskedFromEverywhereToEveryPort() {
        ClusterText text = ClusterText.nodes(2).outside("ext").pod("web-1", "n1", "web")
                .pod("web-2", "n2", "web").pod("client", "n1", "client")
                .balanced("web", "web", "10.96.0.10", "VIP", "");
        Contrast contrast = new Contrast(text.load(), text.mode("nftables").load());
        assertThat(contrast.a().flows()).extracting(FlowOdds::flow).contains(
                "pod/client > service/web:80", "pod/client > service/web@vip:80",
                "pod/client > node/n1:30080", "node/n1 > service/web:80",
                "node/n1 > service/web@vip:80", "node/n1 > node/n1:30081",
                "external/ext > service/web@vip:80", "external/ext > node/n1:30080");
        assertThat(contrast.b().flows()).hasSameSizeAs(contrast.a().flows());
    }
}
