package dev.podhop.k8s.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.k8s.ApiKind;
import dev.podhop.k8s.ManifestReader;
import dev.podhop.k8s.Node;
import dev.podhop.k8s.ObjectKey;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.source.TreeBuilder;
import dev.podhop.k8s.source.Trees;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The scheduler puts each pod where one would that asks every node about it anew, and refuses it in
 * the same words, while pods come and go and nodes come, change and go.
 */
class PlacementAgreesTest {

    private static final int CLUSTERS = 40;
    private static final int STEPS = 60;

    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private final Map<ObjectKey, Pod> pods = new LinkedHashMap<>();
    private final ClusterView view = new ClusterView();
    private int placed;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void onRandomClusters(long seed) {
        for (int i = 0; i < CLUSTERS; i++) {
            new PlacementAgreesTest().onOne(seed * 1_000 + i);
        }
    }

    private void onOne(long seed) {
        RandomCluster random = new RandomCluster(seed);
        int count = 1 + random.upTo(9);
        for (int i = 0; i < count; i++) {
            put(random.node(i));
        }
        for (int step = 0; step < STEPS; step++) {
            switch (random.upTo(12)) {
                case 0 -> put(random.node(random.upTo(count + 1)));
                case 1 -> nodes.values().stream().skip(random.upTo(count)).findFirst()
                        .ifPresent(this::remove);
                case 2, 3 -> pods.values().stream().skip(random.upTo(pods.size() + 1)).findFirst()
                        .ifPresent(this::remove);
                case 4 -> add(random.pod(step, "n" + random.upTo(count + 1)));
                default -> place(random.pod(step, ""), seed + " " + step);
            }
        }
        assertThat(placed).as("seed %s", seed).isPositive();
    }

    private void place(Pod pod, String when) {
        var oracle = new dev.podhop.k8s.scheduler.oracle.Placement(
                new dev.podhop.k8s.scheduler.oracle.ClusterView(nodes.values(), pods.values(),
                        List.of()));
        Placement placement = new Placement(view);
        Optional<String> wanted = oracle.nodeFor(pod).map(node -> node.metadata().name());

        assertThat(placement.nodeFor(pod).map(node -> node.metadata().name()))
                .as("%s %s", when, pod.spec()).isEqualTo(wanted);
        assertThat(placement.refusals(pod)).isEqualTo(oracle.refusals(pod));
        placed += wanted.isPresent() ? 1 : 0;
        wanted.ifPresent(node -> add((Pod) ManifestReader.view(ApiKind.POD, Trees.set(pod.source(),
                TreeBuilder.string(pod.source().location(), node), "spec", "nodeName"))));
    }

    private void put(Node node) {
        nodes.put(node.metadata().name(), node);
        view.put(node);
    }

    private void remove(Node node) {
        nodes.remove(node.metadata().name());
        view.remove(node);
    }

    private void add(Pod pod) {
        pods.put(pod.key(), pod);
        view.add(pod);
    }

    private void remove(Pod pod) {
        pods.remove(pod.key());
        view.remove(pod);
    }
}
