package dev.podhop.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.run.result.RunOptions;
import dev.podhop.run.result.TraceResult.Diagnosis;
import dev.podhop.run.result.TraceResult.Fix;
import dev.podhop.trace.Explanation;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A Service that cannot answer says why, in words of its objects, and says the same from {@code
 * validate}, {@code run} and {@code trace}.
 */
class NoEndpointTest {

    private static final String OWN = """
            apiVersion: v1
            kind: Service
            metadata: {name: web}
            spec:
              clusterIP: 10.96.0.9
              selector: {%s}
              ports: [{name: http, port: 80, targetPort: %s}]
            """;

    /**
     * A way of having no endpoint.
     *
     * @param code of the reason
     * @param said values that are among its arguments
     * @param fix a setting that mends it; empty where none does
     */
    private record Way(String name, String code, List<String> said, String fix,
            Function<ClusterText, ClusterText> cluster) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static ClusterText service(ClusterText text, String selector, String port) {
        return text.document(OWN.formatted(selector, port));
    }

    private static String pod(String name, String labels, String spec, String status) {
        return """
                apiVersion: v1
                kind: Pod
                metadata: {name: %s, labels: {%s}}
                spec: {%scontainers: [{name: c, image: x, ports: [{name: http, \
                containerPort: 8080}]}]}
                status: {%s}
                """.formatted(name, labels, spec, status);
    }

    private static String deployment(int replicas, String labels) {
        return """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: web}
                spec:
                  replicas: %d
                  selector: {matchLabels: {%2$s}}
                  template:
                    metadata: {labels: {%2$s}}
                    spec: {containers: [{name: c, image: x, ports: [{containerPort: 8080}]}]}
                """.formatted(replicas, labels);
    }

    private static final String READY =
            "podIP: 10.244.2.30, conditions: [{type: Ready, status: 'True'}]";
    private static final String NOT_READY = "podIP: 10.244.2.30, conditions: [{type: Ready,"
            + " status: 'False', reason: ContainersNotReady}]";

    static Stream<Way> ways() {
        return Stream.of(
                new Way("a letter in a label's value", "endpoints.selector.spelling",
                        List.of("app=wbe", "app=web", "pod/web-1"),
                        "service/web.selector[app]=\"web\"",
                        t -> service(t.pod("web-1", "n2", "web"), "app: wbe", "8080")),
                new Way("a letter in a label's key", "endpoints.selector.spelling",
                        List.of("ap=web", "app=web", "pod/web-1"),
                        "service/web.selector[app]=\"web\"",
                        t -> service(t.pod("web-1", "n2", "web"), "ap: web", "8080")),
                new Way("another namespace", "endpoints.selector.namespace",
                        List.of("app=web", "default", "shop", "pod/shop/web-1"), "",
                        t -> service(t.document(pod("web-1, namespace: shop", "app: web",
                                "nodeName: n2, ", READY)), "app: web", "8080")),
                new Way("one label too many", "endpoints.selector.missing",
                        List.of("tier=front", "pod/web-1"), "",
                        t -> service(t.pod("web-1", "n2", "web"), "app: web, tier: front",
                                "8080")),
                new Way("nothing like it", "endpoints.selector.none",
                        List.of("app=database", "default"), "",
                        t -> service(t, "app: database", "8080")),
                new Way("a port's name misspelt", "endpoints.port.name",
                        List.of("htpp", "http", "pod/web-1"),
                        "service/web.ports[0].targetPort=http",
                        t -> service(t.document(pod("web-1", "app: web", "nodeName: n2, ", READY)),
                                "app: web", "htpp")),
                new Way("a port's name that is another", "endpoints.port.names",
                        List.of("metrics", "http"), "service/web.ports[0].targetPort=http",
                        t -> service(t.document(pod("web-1", "app: web", "nodeName: n2, ", READY)),
                                "app: web", "metrics")),
                new Way("ports without names", "endpoints.port.unnamed",
                        List.of("http", "pod/web-1"), "service/web.ports[0].targetPort=8080",
                        t -> service(t.pod("web-1", "n2", "web"), "app: web", "http")),
                new Way("not ready", "endpoints.unready", List.of("1", "pod/web-1"), "",
                        t -> service(t.document(pod("web-1", "app: web", "nodeName: n2, ",
                                NOT_READY)), "app: web", "8080")),
                new Way("a readiness gate", "endpoints.unready", List.of("1", "pod/web-1"), "",
                        t -> service(t.document(pod("web-1", "app: web",
                                "nodeName: n2, readinessGates: [{conditionType: lb/ready}], ",
                                NOT_READY)), "app: web", "8080")),
                new Way("no node that takes it", "endpoints.pending",
                        List.of("1", "pod/web-1", "0/2 nodes are available: 2 node(s) didn't match"
                                + " Pod's node affinity/selector"),
                        "", t -> service(t.document(pod("web-1", "app: web",
                                "nodeSelector: {disk: ssd}, ", "phase: Pending")), "app: web",
                                "8080")),
                new Way("a taint that it does not tolerate", "endpoints.pending",
                        List.of("pod/web-1"), "",
                        t -> service(t.document(pod("web-1", "app: web",
                                "affinity: {podAffinity: {requiredDuringSchedulingIgnoredDuring"
                                        + "Execution: [{labelSelector: {matchLabels: {app: db}},"
                                        + " topologyKey: kubernetes.io/hostname}]}}, ",
                                "phase: Pending")), "app: web", "8080")),
                new Way("scaled to 0", "endpoints.scaled-to-zero",
                        List.of("deployment/web"), "deployment/web.replicas=1",
                        t -> service(t.document(deployment(0, "app: web")), "app: web", "8080")),
                new Way("finished pods", "endpoints.finished", List.of("1", "pod/web-1"), "",
                        t -> service(t.document(pod("web-1", "app: web", "nodeName: n2, ",
                                "phase: Succeeded")), "app: web", "8080")),
                new Way("terminating pods", "endpoints.terminating", List.of("1", "pod/web-1"),
                        "", t -> service(t.document(pod("web-1, deletionTimestamp: "
                                + "'2026-01-01T00:00:30Z', deletionGracePeriodSeconds: 30",
                                "app: web", "nodeName: n2, ", NOT_READY)), "app: web", "8080")),
                new Way("no selector and no slice", "endpoints.selectorless", List.of(), "",
                        t -> t.document(OWN.formatted("", "8080").replace("selector: {}\n  ",
                                ""))),
                new Way("a slice by hand that says serving, and not ready",
                        "endpoints.slice.unready", List.of("endpointslice/web-1"), "",
                        t -> t.document(OWN.formatted("", "8080").replace("selector: {}\n  ", ""))
                                .pod("web-1", "n2", "web").document("""
                                        apiVersion: discovery.k8s.io/v1
                                        kind: EndpointSlice
                                        metadata:
                                          name: web-1
                                          labels: {kubernetes.io/service-name: web}
                                        addressType: IPv4
                                        ports: [{name: http, port: 8080, protocol: TCP}]
                                        endpoints:
                                        - addresses: [10.244.2.10]
                                          conditions: {ready: false, serving: true}
                                        """)),
                new Way("a slice whose port has another name", "endpoints.slice.port",
                        List.of("\"http\"", "\"web\"", "endpointslice/web-1"),
                        "endpointslice/web-1.ports[0].name=\"http\"",
                        t -> t.document(OWN.formatted("", "8080").replace("selector: {}\n  ", ""))
                                .pod("web-1", "n2", "web").document("""
                                        apiVersion: discovery.k8s.io/v1
                                        kind: EndpointSlice
                                        metadata:
                                          name: web-1
                                          labels: {kubernetes.io/service-name: web}
                                        addressType: IPv4
                                        ports: [{name: web, port: 8080, protocol: TCP}]
                                        endpoints: [{addresses: [10.244.2.10]}]
                                        """)));
    }

    private static ClusterText text(Way way) {
        return way.cluster.apply(ClusterText.nodes(2).pod("client", "n1", "client"))
                .flow("f", "pod/client", "service/web:80", 2);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ways")
    void validateRunAndTraceSayTheSame(Way way) {
        ScenarioRunner runner = new ScenarioRunner(text(way).load());
        Explanation found = runner.findings().stream()
                .filter(f -> "web".equals(f.arguments().get("service"))).findFirst().orElseThrow();
        Explanation ran = runner.run(RunOptions.OUTCOMES).flows().getFirst().failures().getFirst()
                .why();
        Diagnosis traced = Objects.requireNonNull(FixesTest.trace(runner, "f").diagnosis());

        assertThat(found.code()).isEqualTo(way.code);
        assertThat(found.arguments().values()).containsAll(way.said);
        assertThat(found.arguments().values()).as("where it stands in the file").anySatisfy(
                value -> assertThat(value).matches(found.arguments().containsKey("where")
                        ? ".*\\.yaml:\\d+"
                        : ".*"));
        assertThat(chain(ran)).startsWith("diagnosis.refused.no-endpoint", way.code);
        assertThat(ran.because()).isEqualTo(found);
        assertThat(traced.what()).isEqualTo(ran);
        if (way.fix.isEmpty()) {
            assertThat(traced.fixes()).isEmpty();
        } else {
            assertThat(traced.fixes()).extracting(Fix::settings)
                    .anySatisfy(settings -> assertThat(settings).contains(way.fix));
        }
    }

    private static List<String> chain(Explanation why) {
        List<String> codes = new ArrayList<>();
        for (Explanation each = why; each != null; each = each.because()) {
            codes.add(each.code());
        }
        return codes;
    }

    /** The condition's own reason follows, and the gate by its name. */
    @Test
    void whatKeepsAPodFromBeingReadyFollows() {
        assertThat(behind("not ready").arguments()).containsEntry("reason", "ContainersNotReady")
                .containsEntry("status", "False");
        assertThat(behind("a readiness gate").arguments()).containsEntry("gate", "lb/ready");
    }

    private static Explanation behind(String name) {
        Way way = ways().filter(w -> w.name.equals(name)).findFirst().orElseThrow();
        return Objects.requireNonNull(
                new ScenarioRunner(text(way).load()).findings().getFirst().because());
    }

    /** A patch that takes a port's name away: the pods made from then on get no call. */
    @Test
    void podsThatLostTheNamedPortAreToldOf() {
        ClusterText text = service(ClusterText.nodes(2).pod("client", "n1", "client")
                .document(pod("web-1", "app: web", "nodeName: n2, ", READY))
                .pod("web-2", "n1", "web"), "app: web", "http");

        assertThat(new ScenarioRunner(text.load()).findings()).singleElement()
                .satisfies(f -> {
                    assertThat(f.code()).isEqualTo("endpoints.port.some");
                    assertThat(f.arguments()).containsEntry("n", "1").containsEntry("all", "2")
                            .containsEntry("pods", "pod/web-2");
                });
    }

    @Test
    void aNumberThatSomePodsDoNotListenOnIsToldOf() {
        ClusterText text = service(ClusterText.nodes(2).pod("client", "n1", "client")
                .pod("web-1", "n2", "web").document("""
                        apiVersion: v1
                        kind: Pod
                        metadata: {name: web-2, labels: {app: web}}
                        spec:
                          nodeName: n1
                          containers: [{name: c, image: x, ports: [{containerPort: 9090}]}]
                        status: {podIP: 10.244.1.30, conditions: [{type: Ready, status: 'True'}]}
                        """), "app: web", "8080").flow("f", "pod/client", "service/web:80", 20);
        ScenarioRunner runner = new ScenarioRunner(text.load());

        assertThat(runner.findings()).extracting(Explanation::code)
                .containsExactly("endpoints.port.number");
        assertThat(runner.run(RunOptions.OUTCOMES).flows().getFirst().failures()).singleElement()
                .satisfies(f -> assertThat(chain(f.why())).containsExactly(
                        "diagnosis.refused-by-host", "endpoints.port.number"));
    }

    /** Whatever is declared, and said of processes: a number is told of where calls fail. */
    @ParameterizedTest(name = "web-1 declares [{0}], web-2 [{1}], servers [{2}]")
    @CsvSource(value = {"8080|9090||true", "9090|9090||false", "9090|||false", "||  |false",
        "8080|9090|8080|false", "9090|9090|9090|true", "8080|8080|9090|true",
        "9090, protocol: UDP|8080||true", "8080, protocol: UDP|9090||false"}, delimiter = '|')
    void aNumberIsToldOfExactlyWhereCallsFail(String first, String second, String stated,
            boolean fails) {
        ClusterText text = service(ClusterText.nodes(2).pod("client", "n1", "client")
                .document(listening("web-1", "10.244.2.30", first))
                .document(listening("web-2", "10.244.2.31", second)), "app: web", "8080")
                .flow("f", "pod/client", "service/web:80", 40);
        if (stated != null) {
            text.spec("servers: [{pods: {app: web}, ports: [" + stated + "]}]");
        }
        ScenarioRunner runner = new ScenarioRunner(text.load());

        assertThat(runner.run(RunOptions.OUTCOMES).flows().getFirst().failures().isEmpty())
                .isEqualTo(!fails);
        assertThat(runner.findings().isEmpty()).isEqualTo(!fails);
    }

    /** What no API server keeps, and a file that somebody edited has. */
    @Test
    void anEndpointWithoutAddressIsNone() {
        ClusterText text = ClusterText.nodes(2).pod("client", "n1", "client")
                .balanced("web", "web", "10.96.0.10", "Proxy", "").document("""
                        apiVersion: discovery.k8s.io/v1
                        kind: EndpointSlice
                        metadata:
                          name: web-1
                          uid: 5b1e
                          resourceVersion: "7"
                          labels:
                            kubernetes.io/service-name: web
                            endpointslice.kubernetes.io/managed-by: me
                        addressType: IPv4
                        ports: [{name: t, port: 8080, protocol: TCP}]
                        endpoints: [{addresses: [], conditions: {ready: true}}]
                        """).flow("f", "pod/client", "10.96.0.10:80", 2);

        assertThat(new ScenarioRunner(text.load()).findings()).isNotEmpty();
    }

    private static String listening(String name, String address, String port) {
        String ports = port == null ? "" : ", ports: [{containerPort: " + port + "}]";
        return """
                apiVersion: v1
                kind: Pod
                metadata: {name: %s, labels: {app: web}}
                spec: {nodeName: n2, containers: [{name: c, image: x%s}]}
                status: {podIP: %s, conditions: [{type: Ready, status: 'True'}]}
                """.formatted(name, ports, address);
    }

    @Test
    void whatAnswersHasNoFinding() {
        ClusterText text = service(ClusterText.nodes(2).pod("client", "n1", "client")
                .pod("web-1", "n2", "web"), "app: web", "8080");

        assertThat(new ScenarioRunner(text.load()).findings()).isEmpty();
    }
}
