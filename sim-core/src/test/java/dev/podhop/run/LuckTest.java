package dev.podhop.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.run.result.RunOptions;
import dev.podhop.run.result.RunWatch;
import dev.podhop.run.stage.Execution;
import dev.podhop.trace.Step;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every attempt has luck of its own: whoever else is about, it meets the same backends, the same
 * endpoints, the same losses.
 */
class LuckTest {

    /** Everybody is known to everybody before the flow begins. */
    private static ClusterText cluster(String network) {
        return ClusterText.nodes(3).pod("client", "n1", "client").pod("web-1", "n1", "web")
                .pod("web-2", "n2", "web").pod("web-3", "n3", "web").pod("busy", "n2", "client")
                .balanced("web", "web", "10.96.0.10", "Proxy", "").outside("ext", "ext-2")
                .network(network)
                .flow("warm", "pod/client", "198.51.100.7:80", 30)
                .flow("warm-2", "external/ext", "198.51.100.7:80", 30)
                .at("10s", flow("subject", "pod/client", "198.51.100.7:80", 60, ""))
                .at("10s", flow("subject-2", "external/ext", "198.51.100.7:80", 60, ""));
    }

    private static String flow(String name, String from, String to, int count, String more) {
        return ClusterText.send(name, from, to, count, more);
    }

    private static ClusterText crowd(ClusterText text) {
        return text.at("10s", flow("other", "pod/client", "10.96.0.10:80", 60, ""))
                .at("10s", flow("another", "pod/busy", "198.51.100.7:80", 60, ""))
                .at("10s", flow("yet-another", "external/ext-2", "198.51.100.7:80", 60, ""))
                .at("10s", flow("udp", "external/ext", "198.51.100.7:80", 60, "protocol: UDP"));
    }

    private static List<String> results(ClusterText text, String flow) {
        Execution execution = new Execution(text.load(), RunWatch.NONE, RunOptions.OUTCOMES, 0);
        execution.run();
        return execution.results().stream().filter(a -> a.flow().equals(flow))
                .map(a -> a.number() + " " + a.outcome() + " " + a.endpoint() + " " + a.source())
                .sorted().toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"fabric: vpc", "ipMasq: true", "podAttachment: routed",
        "latency: {node: {mean: 200us, jitter: 100us}, pod: {mean: 20us, jitter: 20us}}",
        "latency: {external: {mean: 1ms, loss: 0.1}, node: {mean: 200us, loss: 0.01}}"})
    void othersChangeNothing(String network) {
        for (String subject : List.of("subject", "subject-2")) {
            List<String> alone = results(cluster(network), subject);

            assertThat(alone).hasSize(60);
            assertThat(results(crowd(cluster(network)), subject)).isEqualTo(alone);
        }
    }

    /** Where its source port is taken on the way, the search for another shifts no later choice. */
    @Test
    void aPortThatIsTakenChangesNothing() {
        // n1 gives its pods its own address on their way out: the same ports of two pods clash
        ClusterText alone = cluster("ipMasq: true").pod("twin", "n1", "client");
        ClusterText both = cluster("ipMasq: true").pod("twin", "n1", "client")
                .at("9s", flow("twin", "pod/twin", "198.51.100.7:80", 100, ""));

        assertThat(Answers.of(both).traced().hops()).as("source ports that n1 had to change")
                .filteredOn(hop -> hop.place().name().equals("n1")
                        && hop.header().what().equals("SYN")
                        && hop.header().destination().toString().equals("198.51.100.7")
                        && hop.terminal() instanceof Step.Transmitted sent
                        && sent.header().sourcePort() != hop.header().sourcePort())
                .hasSizeGreaterThan(10);
        assertThat(results(both, "subject")).isEqualTo(results(alone, "subject"));
    }
}
