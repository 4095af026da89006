package dev.podhop.k8s.store;

import static dev.podhop.k8s.TestManifests.nodes;
import static dev.podhop.k8s.TestManifests.parse;
import static dev.podhop.k8s.TestManifests.pod;
import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.k8s.ApiKind;
import dev.podhop.k8s.ObjectKey;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.admission.Admission;
import dev.podhop.k8s.source.Problems;
import dev.podhop.net.Cidr;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the API server does to pods at their two ends, once there are kubelets. */
class PodDeletionTest {

    private static final ObjectKey WEB = new ObjectKey(ApiKind.POD, "default", "web");

    private final ApiStore store =
            new ApiStore(new Admission(List.of(Cidr.of("10.96.0.0/16")), 30));

    private void apply(String manifests) {
        parse(manifests).forEach(object -> store.apply(object, new Problems()));
    }

    private Pod web() {
        return store.get(Pod.class, "default", "web");
    }

    @ParameterizedTest(name = "{0}, status {1}: gone at once {2}")
    @CsvSource(delimiter = '|', textBlock = """
            nodeName: n1                                       | phase: Running   | false
            nodeName: n1, terminationGracePeriodSeconds: 5     | phase: Running   | false
            nodeName: n1, terminationGracePeriodSeconds: 0     | phase: Running   | true
            nodeName: n1                                       | phase: Succeeded | true
            nodeName: n1                                       | phase: Failed    | true
            hostname: w                                        | phase: Pending   | true
            """)
    void whoIsOnANodeAndAliveIsMarked(String spec, String status, boolean gone) {
        apply(nodes(1) + pod("web", "app: web", spec, status));
        store.begin(() -> 90_500_000_000L);

        assertThat(store.delete(WEB)).isTrue();

        assertThat(web() == null).isEqualTo(gone);
    }

    @Test
    void theMarkSaysWhenItsGraceIsOverAndIsMadeOnce() {
        apply(nodes(1)
                + pod("web", "app: web", "nodeName: n1, terminationGracePeriodSeconds: 40", ""));
        long[] now = {90_500_000_000L};
        store.begin(() -> now[0]);
        store.delete(WEB);
        long version = store.resourceVersion();
        now[0] = 95_000_000_000L;

        assertThat(store.delete(WEB)).isTrue();
        assertThat(store.resourceVersion()).isEqualTo(version);
        assertThat(web().metadata().deletionTimestamp()).isEqualTo("1970-01-01T00:02:10Z");
        assertThat(web().metadata().deletionGracePeriodSeconds()).isEqualTo(40);
        assertThat(web().isTerminating()).isTrue();

        assertThat(store.remove(WEB)).isTrue();
        assertThat(web()).isNull();
        assertThat(store.delete(WEB)).isFalse();
    }

    @Test
    void beforeTimeBeginsADeletionIsOne() {
        apply(nodes(1) + pod("web", "app: web", "nodeName: n1", "phase: Running"));

        store.delete(WEB);

        assertThat(web()).isNull();
    }

    @Test
    void aNewPodsStatusIsNotItsManifestsToSay() {
        store.begin(() -> 0);
        apply(nodes(1) + pod("web", "app: web", "nodeName: n1", "phase: Running, "
                + "podIP: 10.244.1.7, conditions: [{type: Ready, status: 'True'}]"));

        assertThat(web().status().phase()).isEmpty();
        assertThat(web().isReady()).isFalse();
        assertThat(web().status().podIP()).as("a wish").isEqualTo("10.244.1.7");
    }
}
