package dev.podhop.k8s.controller;

import static dev.podhop.k8s.TestManifests.nodes;
import static dev.podhop.k8s.TestManifests.pod;
import static dev.podhop.k8s.TestManifests.service;
import static dev.podhop.k8s.controller.LivingCluster.key;
import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.engine.SimTime;
import dev.podhop.k8s.EndpointSlice;
import dev.podhop.k8s.TestManifests;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** When slices follow, and how little of them changes. */
class SlicesInTimeTest {

    private static final String WEB =
            service("web", "selector: {app: web}, ports: [{port: 80, targetPort: 8080}]");

    private final LivingCluster cluster = new LivingCluster(34);

    private static String pods(int count) {
        return IntStream.range(0, count).mapToObj(i -> pod("p" + i, "app: web", "nodeName: n1",
                "podIP: 10.0.%d.%d".formatted(1 + i / 250, 1 + i % 250))).collect(
                        Collectors.joining());
    }

    private static void tellStates(LivingCluster cluster) {
        cluster.tell(EndpointSlice.class, event -> event.after() instanceof EndpointSlice slice
                ? slice.endpoints().isEmpty() ? "none"
                        : slice.endpoints().stream().map(e -> (e.isReady() ? "ready" : "unready")
                                + (e.isServing() ? "" : " not serving")
                                + (e.isTerminating() ? " terminating" : "")).collect(
                                        Collectors.joining(", "))
                : "gone");
    }

    /** Ready goes false when the deletion is heard of; the endpoint goes when the pod is gone. */
    @Test
    void aDyingPodsEndpointGoesInTwoSteps() {
        cluster.begin(nodes(1) + WEB + pods(1));
        tellStates(cluster);

        cluster.store.delete(key("pod/p0"));
        cluster.runTo(10);

        assertThat(cluster.told).containsExactly("0.007 unready terminating", "2.007 none");
    }

    /** deleteNode looks at hints only; the pod's own end comes by podgc, 40 to 60 s later. */
    @Test
    void endpointsOutliveTheirNodesObject() {
        cluster.begin(nodes(2) + WEB + pods(1));
        tellStates(cluster);

        cluster.store.remove(key("node/n1"));
        cluster.runTo(39);
        assertThat(cluster.told).isEmpty();
        cluster.runTo(61);
        assertThat(cluster.told).hasSize(1).first().asString().endsWith(" none");
    }

    @Test
    void aBatchPeriodDelaysAndCollects() {
        LivingCluster batched = new LivingCluster(34, 500 * SimTime.MILLISECOND);
        batched.begin(nodes(1) + WEB + pods(2));
        tellStates(batched);

        batched.store.delete(key("pod/p0"));
        batched.runTo(0.3);
        batched.store.delete(key("pod/p1"));
        batched.runTo(1);

        assertThat(batched.told)
                .containsExactly("0.507 unready terminating, unready terminating");
    }

    /** 250 endpoints are three slices; one that goes or comes changes one of them. */
    @Test
    void aChangeTouchesOneSlice() {
        cluster.begin(nodes(1) + WEB + pods(250));
        assertThat(sizes()).containsExactly(100, 100, 50);

        cluster.store.remove(key("pod/p3"));
        cluster.runTo(1);
        assertThat(sizes()).containsExactly(99, 100, 50);

        TestManifests.parse(pods(252).substring(pods(250).length()))
                .forEach(p -> cluster.store.put(p));
        cluster.runTo(2);
        assertThat(sizes()).as("two do not fit the fullest, but the next").containsExactly(99, 100,
                52);
    }

    /** reconcileByPortMapping: what changes anyhow is filled, then whole slices, then a rest. */
    @Test
    void newEndpointsGoWhereLeastChanges() {
        cluster.begin(nodes(1) + WEB + pods(250));
        for (int i = 0; i < 40; i++) {
            cluster.store.remove(key("pod/p" + i));
        }
        cluster.runTo(1);
        assertThat(sizes()).containsExactly(60, 100, 50);

        TestManifests.parse(pods(400).substring(pods(250).length()))
                .forEach(p -> cluster.store.put(p));
        cluster.runTo(2);
        assertThat(sizes()).as("a hundred to a new slice, fifty to the one that then is full")
                .containsExactlyInAnyOrder(60, 100, 100, 100);
    }

    private List<Integer> sizes() {
        return cluster.store.list(EndpointSlice.class).stream().map(s -> s.endpoints().size())
                .toList();
    }
}
