package dev.podhop.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.trace.Explanation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A call that fails says what the timeline did to its way before, and whom that parts from others.
 *
 * <pre>
 *   client - n1 - edge - n2 - web
 *                           - other
 * </pre>
 */
class HappeningsTest {

    private static String told(String event) {
        ClusterText text = ClusterText.nodes(2).pod("client", "n1", "client")
                .pod("web", "n2", "web").pod("other", "n2", "other")
                .service("web", "web", "10.96.0.10", "");
        for (String each : event.split("; ")) {
            text = text.at("1s", each);
        }
        text = text.at("2s", "send: {flow: f, from: pod/client, to: 'service/web:80', count: 1}");
        Explanation why = Answers.of(text).run().flows().getFirst().failures().getFirst().why();
        List<String> facts = new ArrayList<>();
        for (Explanation fact = why; fact != null; fact = fact.because()) {
            if (fact.code().equals("diagnosis.happened")) {
                facts.add(fact.arguments().get("event") + " at " + fact.arguments().get("at"));
            } else if (fact.code().equals("diagnosis.parted")) {
                facts.add("joins " + fact.arguments().get("places"));
            }
        }
        return String.join(", ", facts);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "fail: link/node/n2|fail link/node/n2 at 1 s, joins node/n2, pod/web, pod/other",
        "fail: link/pod/web|fail link/pod/web at 1 s", "fail: node/n2|fail node/n2 at 1 s",
        "stop: pod/web|stop pod/web at 1 s",
        "fail: link/pod/client|fail link/pod/client at 1 s",
        "fail: link/node/n1; recover: link/node/n1; fail: node/n2|fail node/n2 at 1 s",
        "fail: link/node/n1|fail link/node/n1 at 1 s, joins node/n1, pod/client"})
    void theCauseIsNamedWithItsTime(String event, String told) {
        assertThat(told(event)).isEqualTo(told);
    }
}
