package dev.podhop.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Load balancers for inside only, and who reaches them nevertheless. */
class InternalBalancersTest {

    private static final String VIP = "10.3.0.9";

    /**
     * Internal because the Service or the Scenario wants it so: a public address is the world's.
     * Internal by its profile: whoever is named stands in its network.
     */
    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({"aws-nlb-instance, internal, TimedOut", "aws-nlb-instance, public, Answered",
        "gcp-internal, '', Answered", "azure-ilb, internal, TimedOut", "azure-ilb, '', Answered"})
    void whoMayCallAnInternalOne(String profile, String access, String ofTheWorld) {
        ClusterText text = ClusterText.nodes(1).pod("web-1", "n1", "web")
                .balanced("web", "web", "10.96.0.10", VIP, 30080, "VIP", "")
                .spec("externalHosts: [{name: ext, ip: 203.0.113.2}, {name: vm, ip: 10.3.0.4}]")
                .loadBalancer("profile: " + profile)
                .at("0s", ClusterText.send("world", "external/ext", VIP + ":80", 1, ""))
                .at("0s", ClusterText.send("vm", "external/vm", VIP + ":80", 1, ""));
        if (!access.isEmpty()) {
            text.loadBalancer("access: " + access);
        }

        assertThat(Answers.of(text).odds("world").getFirst()).startsWith(ofTheWorld);
        assertThat(Answers.of(text).odds("vm").getFirst()).startsWith("Answered");
        assertThat(new ScenarioRunner(text.load()).state(OptionalLong.of(0)).loadBalancers().rows()
                .getFirst().get(1))
                .isEqualTo(access.isEmpty() ? "internal" : access);
    }
}
