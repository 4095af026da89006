package dev.podhop.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.engine.SimTime;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The cloud controller and its load balancers on the clock, told by what {@code get} shows. */
class CloudInTimeTest {

    private static ClusterText tke() {
        return ClusterText.nodes(3).pod("web-1", "n1", "web").pod("web-2", "n2", "web")
                .balanced("web", "web", "10.96.0.10", "VIP", "externalTrafficPolicy: Local")
                .loadBalancer("profile: tke-clb").outside("ext");
    }

    private static ClusterState at(ClusterText text, String time) {
        return new ScenarioRunner(text.load())
                .state(OptionalLong.of(SimTime.parseNanos(time)));
    }

    /** {@code n1 10.0.0.11:30080 10 healthy}. */
    private static List<String> targets(ClusterText text, String time) {
        return at(text, time).loadBalancerTargets().rows().stream()
                .filter(row -> row.get(1).startsWith("TCP"))
                .map(row -> String.join(" ", row.subList(6, 10))).toList();
    }

    /** Instance, access, address, Service, tags, objection. */
    private static String instances(ClusterText text, String time) {
        return at(text, time).loadBalancers().rows().stream()
                .map(row -> String.join(" | ", row)).collect(Collectors.joining("\n"));
    }

    @Test
    void atTimeZeroTheCheckHasFoundWhatThereIs() {
        assertThat(targets(tke(), "0s")).containsExactly("n1 10.0.0.11:30080 10 healthy",
                "n2 10.0.0.12:30080 10 healthy", "n3 10.0.0.13:30080 10 unhealthy");
        assertThat(targets(tke(), "60s")).isEqualTo(targets(tke(), "0s"));
    }

    /** Three probes five seconds apart, the first of them up to five seconds later. */
    @Test
    void aNodeWithoutEndpointsIsNoticedAfterThreeProbes() {
        ClusterText text = tke().at("100s", "stop: pod/web-2")
                .at("100s", "patch: {target: pod/web-2, with: {status: {conditions: "
                        + "[{type: Ready, status: 'False'}]}}}");

        assertThat(targets(text, "109s").get(1)).endsWith(" healthy");
        assertThat(targets(text, "116s").get(1)).endsWith(" unhealthy");
    }
}
