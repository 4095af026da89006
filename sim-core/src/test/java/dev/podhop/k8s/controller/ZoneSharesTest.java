package dev.podhop.k8s.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.k8s.TestManifests;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Topology aware routing's arithmetic (KEP-2433, endpointslice/topologycache). */
class ZoneSharesTest {

    private final ClusterFixture cluster = new ClusterFixture(34);

    /** A node for each number of thousandths of a processor, in zones a, b, c. */
    private static String nodes(String cpu) {
        StringBuilder text = new StringBuilder();
        String[] each = cpu.split(" ");
        for (int i = 1; i <= each.length; i++) {
            String one = TestManifests.nodes(i);
            text.append(one.substring(one.lastIndexOf("---")).replace("status: {",
                    "status: {allocatable: {cpu: " + each[i - 1] + "}, "));
        }
        return text.toString();
    }

    private static String pods(String counts) {
        StringBuilder text = new StringBuilder();
        String[] each = counts.split(" ");
        for (int zone = 1; zone <= each.length; zone++) {
            for (int i = 0; i < Integer.parseInt(each[zone - 1]); i++) {
                text.append(TestManifests.pod("p" + zone + "-" + i, "app: web",
                        "nodeName: n" + zone, ""));
            }
        }
        return text.toString();
    }

    private static final String SERVICE =
            TestManifests.service("web", "selector: {app: web}, ports: [{port: 80}]").replace(
                    "{name: web}",
                    "{name: web, annotations: {service.kubernetes.io/topology-mode: Auto}}");

    /** How many endpoints serve each zone. */
    private String served() {
        Map<String, Integer> zones = new TreeMap<>();
        cluster.slices("web").forEach(slice -> slice.endpoints().forEach(endpoint -> endpoint
                .hintedZones().forEach(zone -> zones.merge(zone, 1, Integer::sum))));
        return zones.toString();
    }

    @ParameterizedTest(name = "processors {0}, endpoints {1}: {2}")
    @CsvSource(delimiter = '|', value = {
        // fewer endpoints than zones; 4 among 3 equal zones would burden one by a third
        "4 4 4       | 1 1 0  | {}",
        "4 4 4       | 2 1 1  | {}",
        // k/k#122437: 4 + 4 + 3 burdens the last zone by 22 %
        "4 4 4       | 4 4 3  | {}",
        "4 4 4       | 4 4 4  | {a=4, b=4, c=4}",
        // 20 % is the most: 5 + 5 + 6 leaves a zone with 5 for 5 1/3
        "4 4 4       | 6 5 5  | {a=6, b=5, c=5}",
        // all in one zone: the others are lent what their processors call for
        "4 4         | 6 0    | {a=3, b=3}",
        "2000m 6     | 4 4    | {a=2, b=6}",
        // half an endpoint is lent, less is not
        "4 4         | 4 3    | {a=4, b=3}",
        "4 4         | 5 2    | {a=4, b=3}",
        // a node without processors or zone spoils it; one zone is none
        "4 0         | 2 2    | {}",
        "4           | 4      | {}"})
    void hintsFollowTheProcessors(String cpu, String endpoints, String zones) {
        cluster.load(nodes(cpu) + SERVICE + pods(endpoints));

        assertThat(served()).isEqualTo(zones);
    }

    /** A node that is not ready has no processors, and pods of it no longer serve. */
    @Test
    void aDeadZonesShareGoesToTheOthers() {
        cluster.load(nodes("4 4 4") + SERVICE + pods("3 3 3"));
        assertThat(served()).isEqualTo("{a=3, b=3, c=3}");

        cluster.patch("node/n3", "status: {conditions: [{type: Ready, status: 'Unknown'}]}");
        for (int i = 0; i < 3; i++) {
            cluster.patch("pod/p3-" + i,
                    "status: {conditions: [{type: Ready, status: 'False'}]}");
        }

        assertThat(served()).isEqualTo("{a=3, b=3}");
    }

    @Test
    void withoutTheAnnotationThereAreNone() {
        cluster.load(nodes("4 4") + SERVICE.replace("Auto", "Disabled") + pods("2 2"));

        assertThat(served()).isEqualTo("{}");
    }
}
