package dev.podhop.k8s.controller;

import static dev.podhop.k8s.TestManifests.nodes;
import static dev.podhop.k8s.TestManifests.pod;
import static dev.podhop.k8s.TestManifests.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.k8s.EndpointSlice;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which endpoints a Service has. */
class EndpointSliceControllerTest {

    private static final String WEB =
            service("web", "selector: {app: web}, ports: [{port: 80, targetPort: 8080}]");

    private final ClusterFixture cluster = new ClusterFixture(34);

    @Test
    void podsWithTheServicesLabelsInTheOrderOfTheirAddresses() {
        cluster.load(nodes(2) + WEB + pod("b", "app: web", "nodeName: n2", "podIP: 10.244.2.10")
                + pod("a", "app: web, tier: front", "nodeName: n1", "podIP: 10.244.1.9")
                + pod("other", "app: api", "nodeName: n1", "podIP: 10.244.1.3"));

        assertThat(cluster.endpoints("web")).isEqualTo("10.244.1.9:8080, 10.244.2.10:8080");
        EndpointSlice slice = cluster.slices("web").get(0);
        assertThat(slice.metadata().name()).matches("web-[bcdfghjklmnpqrstvwxz2456789]{5}");
        assertThat(slice.metadata().labels()).containsAllEntriesOf(
                Map.of(EndpointSlice.SERVICE_NAME_LABEL, "web", EndpointSlice.MANAGED_BY_LABEL,
                        "endpointslice-controller.k8s.io"));
        assertThat(slice.endpoints().get(0)).satisfies(endpoint -> {
            assertThat(endpoint.nodeName()).isEqualTo("n1");
            assertThat(endpoint.zone()).isEqualTo("a");
            assertThat(endpoint.targetRef().name()).isEqualTo("a");
        });
    }

    @ParameterizedTest(name = "{0}, {1}: {2}")
    @CsvSource(delimiter = '|', value = {
        "conditions: [{type: Ready, status: 'True'}]  | '' | 10.244.1.9:8080",
        "conditions: [{type: Ready, status: 'False'}] | '' | 10.244.1.9:8080 unready dead",
        "conditions: [{type: Ready, status: 'False'}] | publishNotReadyAddresses: true"
                + " | 10.244.1.9:8080",
        "conditions: []                               | '' | 10.244.1.9:8080",
        "phase: Succeeded                             | '' | ''",
        "phase: Failed                                | '' | ''"})
    void conditionsFollowThePod(String status, String spec, String endpoints) {
        cluster.load(nodes(1)
                + service("web", "selector: {app: web}, ports: [{port: 80, targetPort: 8080}]"
                        + (spec.isEmpty() ? "" : ", " + spec))
                + pod("a", "app: web", "nodeName: n1", "podIP: 10.244.1.9, " + status));

        assertThat(cluster.endpoints("web")).isEqualTo(endpoints);
    }

    @Test
    void aTerminatingPodServesButIsNotReady() {
        cluster.load(nodes(1) + WEB
                + pod("a", "app: web", "nodeName: n1", "podIP: 10.244.1.9"));

        cluster.patch("pod/a", "metadata: {deletionTimestamp: '2026-01-01T00:00:00Z'}");

        assertThat(cluster.endpoints("web")).isEqualTo("10.244.1.9:8080 unready terminating");
    }

    @Test
    void changesAreFollowed() {
        cluster.load(nodes(2) + WEB + pod("a", "app: web", "nodeName: n1", "")
                + pod("b", "app: web", "nodeName: n2", ""));
        assertThat(cluster.endpoints("web")).isEqualTo("10.244.1.2:8080, 10.244.2.2:8080");

        cluster.patch("pod/a", "status: {conditions: [{type: Ready, status: 'False'}]}");
        assertThat(cluster.endpoints("web"))
                .isEqualTo("10.244.1.2:8080 unready dead, 10.244.2.2:8080");

        cluster.patch("pod/a", "metadata: {labels: {app: 'off'}}");
        assertThat(cluster.endpoints("web")).isEqualTo("10.244.2.2:8080");

        cluster.patch("service/web", "spec: {selector: {app: 'off'}}");
        assertThat(cluster.endpoints("web")).isEqualTo("10.244.1.2:8080 unready dead");

        cluster.delete("pod/a");
        assertThat(cluster.endpoints("web")).isEmpty();
        assertThat(cluster.slices("web")).as("an empty slice says that there is none").hasSize(1);

        cluster.delete("service/web");
        assertThat(cluster.slices("web")).isEmpty();
    }

    /** syncService leaves alone what has no selector (any more), or is an alias. */
    @Test
    void slicesOutliveTheirServicesSelector() {
        cluster.load(nodes(1) + WEB + pod("a", "app: web", "nodeName: n1", ""));

        cluster.patch("service/web", "spec: {selector: null}");
        cluster.delete("pod/a");

        assertThat(cluster.endpoints("web")).isEqualTo("10.244.1.2:8080");
    }

    @Test
    void aPodOnANodeThatIsGoneIsListedOnlyIfAllArePublished() {
        String all = service("all", "selector: {app: web}, publishNotReadyAddresses: true,"
                + " ports: [{port: 80, targetPort: 8080}]");
        cluster.load(nodes(1) + WEB + all + pod("a", "app: web", "nodeName: n9",
                "phase: Running, podIP: 10.244.9.2"));

        assertThat(cluster.endpoints("web")).isEmpty();
        assertThat(cluster.endpoints("all")).isEqualTo("10.244.9.2:8080");
    }

    @Test
    void aNamedTargetPortIsEachPodsOwn() {
        String named = service("web",
                "selector: {app: web}, ports: [{port: 80, targetPort: http}]");
        cluster.load(nodes(1) + named + pod("old", "app: web", "nodeName: n1", "")
                + pod("new", "app: web", "nodeName: n1", "").replace("8080", "9090")
                + pod("misspelt", "app: web", "nodeName: n1", "").replace("http", "htpp"));

        assertThat(cluster.endpoints("web")).as("one slice for each list of ports; the pod without"
                + " the port is listed without ports").isEqualTo(
                        "10.244.1.2:8080 | 10.244.1.3:9090 | 10.244.1.4:");
    }

    @Test
    void aPodOnTheHostsNetworkIsItsNode() {
        cluster.load(nodes(1) + WEB + pod("a", "app: web", "nodeName: n1, hostNetwork: true", ""));

        assertThat(cluster.endpoints("web")).isEqualTo("10.0.0.11:8080");
    }

    @Test
    void eachFamilyHasItsSlices() {
        String dual = nodes(1).replace("spec: {podCIDR: 10.244.1.0/24}",
                "spec: {podCIDRs: [10.244.1.0/24, 'fd00:1::/64']}");
        cluster.load(dual
                + service("web", "ipFamilyPolicy: PreferDualStack, selector: {app: web},"
                        + " ports: [{port: 80, targetPort: 8080}]")
                + service("v6", "ipFamilies: [IPv6], selector: {app: web}, ports: [{port: 80}]")
                + pod("a", "app: web", "nodeName: n1", "")
                + pod("v4only", "app: web", "nodeName: n1", "podIP: 10.244.1.77"));

        assertThat(cluster.endpoints("web"))
                .isEqualTo("10.244.1.2:8080, 10.244.1.77:8080 | fd00:1::2:8080");
        assertThat(cluster.endpoints("v6")).isEqualTo("fd00:1::2:80");
    }

    @ParameterizedTest(name = "1.{0} {1}: {2}")
    @CsvSource(delimiter = '|', value = {
        "30 | PreferClose    | 10.244.1.2:8080, 10.244.2.2:8080",
        "31 | PreferClose    | 10.244.1.2:8080 for a, 10.244.2.2:8080 for b",
        "34 | PreferSameZone | 10.244.1.2:8080 for a, 10.244.2.2:8080 for b",
        "34 | PreferSameNode | 10.244.1.2:8080 for a+n1, 10.244.2.2:8080 for b+n2"})
    void hintsFollowTheTrafficDistribution(int minor, String distribution, String endpoints) {
        ClusterFixture versioned = new ClusterFixture(minor);

        versioned.load(nodes(2)
                + service("web", "selector: {app: web}, trafficDistribution: " + distribution
                        + ", ports: [{port: 80, targetPort: 8080}]")
                + pod("a", "app: web", "nodeName: n1", "")
                + pod("b", "app: web", "nodeName: n2", ""));

        assertThat(versioned.endpoints("web")).isEqualTo(endpoints);
    }

    @Test
    void slicesOfTheFileAreLeftAlone() {
        cluster.load(nodes(1) + WEB + """
                ---
                apiVersion: discovery.k8s.io/v1
                kind: EndpointSlice
                metadata: {name: mine, labels: {kubernetes.io/service-name: web}}
                addressType: IPv4
                endpoints: [{addresses: [10.9.9.9]}]
                ports: [{port: 1}]
                """ + pod("a", "app: web", "nodeName: n1", ""));
        cluster.patch("pod/a", "status: {conditions: [{type: Ready, status: 'False'}]}");

        assertThat(cluster.endpoints("web")).isEqualTo("10.9.9.9:1");
    }

    @Test
    void endpointsOfAServiceWithoutSelectorAreMirrored() {
        cluster.load(service("db", "ports: [{port: 5432}]") + WEB + """
                ---
                apiVersion: v1
                kind: Endpoints
                metadata: {name: db}
                subsets:
                - addresses: [{ip: 192.0.2.7}, {ip: '2001:db8::7'}]
                  notReadyAddresses: [{ip: 192.0.2.8}]
                  ports: [{port: 5432}]
                ---
                apiVersion: v1
                kind: Endpoints
                metadata: {name: web}
                subsets: [{addresses: [{ip: 192.0.2.9}], ports: [{port: 80}]}]
                """);

        assertThat(cluster.endpoints("db"))
                .isEqualTo("192.0.2.7:5432, 192.0.2.8:5432 unready | 2001:db8::7:5432");
        assertThat(cluster.endpoints("web")).as("its selector counts").isEmpty();

        cluster.delete("endpoints/db");
        assertThat(cluster.slices("db")).isEmpty();
    }

    @Test
    void aSliceHoldsAHundredEndpoints() {
        StringBuilder pods = new StringBuilder(nodes(1) + WEB);
        for (int i = 0; i < 150; i++) {
            pods.append(pod("p" + i, "app: web", "nodeName: n1", ""));
        }
        cluster.load(pods.toString());

        assertThat(cluster.slices("web")).extracting(s -> s.endpoints().size())
                .containsExactly(100, 50);
    }

    @Test
    void externalNamesHaveNoEndpointsAndHeadlessServicesDo() {
        cluster.load(
                nodes(1) + pod("a", "app: web", "nodeName: n1, hostname: a, subdomain: set", "")
                        + service("name",
                                "type: ExternalName, externalName: x.y, selector: {app: web}")
                        + service("set", "clusterIP: None, selector: {app: web}"));

        assertThat(cluster.slices("name")).isEmpty();
        assertThat(cluster.endpoints("set")).isEqualTo("10.244.1.2:");
        assertThat(cluster.slices("set").get(0).endpoints().get(0).hostname()).isEqualTo("a");
    }
}
