package dev.podhop.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What the shrinker leaves of a file is what the failure needs, and it still fails. */
class ShrinkerTest {

    @Test
    void shouldLeaveWhatTheFailureNeeds() {
        String yaml = RandomFaults.of(3).yaml();
        // A failure that needs one pod, one flow to it and a sysctl.
        String small = Shrinker.shrink(yaml, text -> Loaded.of(text)
                .map(scenario -> text.contains("kind: \"Pod\"")
                        && text.contains("rp_filter") && text.contains("send:"))
                .orElse(false));

        assertThat(Loaded.of(small)).as(small).isPresent();
        assertThat(small).contains("rp_filter", "send:")
                .doesNotContain("Deployment", "scale", "drain");
        assertThat(small.lines()).as(small).hasSizeLessThan(yaml.lines().toList().size() / 2);
        assertThat(small.split("kind: \"Pod\"", -1)).hasSize(2);
    }

    @Test
    void shouldFindTheLoopThatNobodyAllowed() {
        String yaml = ClusterText.nodes(2).network("podAttachment: routed")
                .pod("client", "n1", "client").pod("web-1", "n2", "web")
                .service("web", "web", "10.96.0.10", "")
                .flow("gone", "pod/client", "10.244.2.99:80", 3)
                .flow("fine", "pod/client", "service/web:80", 5)
                .at("2s", "delete: pod/web-1").yaml();

        RandomFailure failure = RandomFailure.of(yaml);
        assertThat(failure.kind()).isEqualTo("invariant noForwardingLoop");
        assertThat(failure.shrunk()).doesNotContain("fine", "web-1", "Service")
                .contains("gone", "count: 1");
        assertThat(RandomFailure.of(failure.shrunk()).kind()).isEqualTo(failure.kind());
    }
}
