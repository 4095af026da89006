package dev.podhop.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.run.result.RunResult;
import dev.podhop.trace.Hop;
import dev.podhop.trace.Step;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The cloud's load balancers, beyond what the lab has measured.
 *
 * <pre>
 *   ext 203.0.113.2 ---- edge 10.0.0.1, VIP 198.51.100.7:80 ---- n1 (client, web-1), n2 (web-2), n3
 * </pre>
 */
class LoadBalancerTest {

    private static ClusterText cluster(String ipMode, String more) {
        return ClusterText.nodes(3).pod("client", "n1", "client").pod("web-1", "n1", "web")
                .pod("web-2", "n2", "web").balanced("web", "web", "10.96.0.10", ipMode, more)
                .outside("ext", "ext-2", "ext-3");
    }

    private static ClusterText proxied() {
        return cluster("Proxy", "");
    }

    /** The node whose node port each SYN of an attempt was sent to, by attempt. */
    private static Map<Integer, Set<String>> nodesChosen(RunResult run) {
        Map<Integer, Set<String>> nodes = new HashMap<>();
        for (Hop hop : run.hops()) {
            if (hop.place().label().equals("edge") && hop.header().what().equals("SYN")
                    && hop.header().destination().toString().equals("198.51.100.7")
                    && hop.terminal() instanceof Step.Transmitted sent) {
                nodes.computeIfAbsent(hop.attempt(), a -> new HashSet<>())
                        .add(sent.header().destination().toString());
            }
        }
        return nodes;
    }

    @Test
    void retransmissionsMeetTheSameBackend() {
        RunResult run = Answers.of(proxied().flow("loop", "pod/client", "198.51.100.7:80", 30))
                .traced();

        assertThat(Answers.answerers(run, "loop")).contains("TimedOut", "pod/web-1");
        assertThat(nodesChosen(run)).hasSize(30).allSatisfy(
                (attempt, nodes) -> assertThat(nodes).hasSize(1));
        assertThat(nodesChosen(run).values()).flatMap(nodes -> nodes).hasSize(30)
                .contains("10.0.0.11", "10.0.0.12", "10.0.0.13");
        assertThat(run.hops()).filteredOn(h -> h.attempt() == 0)
                .flatMap(Hop::steps).filteredOn(Step.BackendChoice.class::isInstance).hasSize(1);
    }

    @Test
    void roundRobinGoesRoundWhoeverCalls() {
        RunResult run = Answers.of(proxied().loadBalancer("scheduler: weighted round robin")
                .flow("one", "external/ext", "198.51.100.7:80", 10)
                .flow("two", "external/ext-2", "198.51.100.7:80", 11)).traced();

        List<String> turns = run.hops().stream().flatMap(hop -> hop.steps().stream())
                .filter(Step.BackendChoice.class::isInstance)
                .map(step -> ((Step.BackendChoice) step).chosen()).toList();
        assertThat(turns).hasSize(21);
        for (int i = 3; i < turns.size(); i++) {
            assertThat(turns.subList(i - 3, i)).doesNotHaveDuplicates();
            assertThat(turns.get(i)).isEqualTo(turns.get(i - 3));
        }
    }

    @Test
    void leastConnectionsKeepsEverybodyEven() {
        RunResult run = Answers.of(proxied().loadBalancer("scheduler: least connections")
                .spec("servers: [{pods: {app: web}, serviceTime: 1s}]")
                .flow("f", "external/ext", "198.51.100.7:80", 30)).traced();

        Map<String, Integer> perNode = new HashMap<>();
        nodesChosen(run).values().forEach(nodes -> perNode.merge(nodes.iterator().next(), 1,
                Integer::sum));
        assertThat(perNode).isEqualTo(Map.of("10.0.0.11", 10, "10.0.0.12", 10, "10.0.0.13", 10));
    }

    /** Calls of a node, which is never given to itself, do not blur what is known of the others. */
    @Test
    void leastConnectionsKnowsBackendsNotPlacesInAList() {
        RunResult run = Answers.of(proxied().loadBalancer("scheduler: least connections")
                .spec("servers: [{pods: {app: web}, serviceTime: 1s}]")
                .flow("world", "external/ext", "198.51.100.7:80", 30)
                .at("5ms", ClusterText.send("node", "node/n1", "198.51.100.7:80", 30, "")))
                .traced();

        Map<String, Integer> perNode = new HashMap<>();
        nodesChosen(run).values().forEach(nodes -> perNode.merge(nodes.iterator().next(), 1,
                Integer::sum));
        assertThat(perNode).isEqualTo(Map.of("10.0.0.11", 20, "10.0.0.12", 20, "10.0.0.13", 20));
    }

    @Test
    void aSourcesHashIsFixed() {
        ClusterText text = proxied().loadBalancer("scheduler: source hash")
                .loadBalancer("backends: pod");
        for (String name : List.of("ext", "ext-2", "ext-3")) {
            text.flow(name, "external/" + name, "198.51.100.7:80", 20);
        }
        RunResult run = Answers.of(text).run();

        for (String name : List.of("ext", "ext-2", "ext-3")) {
            assertThat(new HashSet<>(Answers.answerers(run, name))).hasSize(1);
        }
        assertThat(Answers.of(text).odds("ext")).containsExactly(
                "1/2 Answered pod/web-1 203.0.113.2", "1/2 Answered pod/web-2 203.0.113.2");
    }

    /** What else happens in the cluster moves neither a hash nor a turn. */
    @ParameterizedTest
    @CsvSource({"source hash", "weighted round robin"})
    void anotherServicesChangeLeavesTheSchedulerAsItWas(String scheduler) {
        ClusterText text = proxied().service("other", "client", "10.96.0.20", "")
                .loadBalancer("scheduler: " + scheduler).loadBalancer("backends: pod")
                .flow("f", "external/ext", "198.51.100.7:80", 20);
        List<String> undisturbed = Answers.answerers(Answers.of(text).run(), "f");
        for (int i = 0; i < 10; i++) {
            text.at(15 + 20 * i + "ms", "patch: {target: service/other, with: {metadata: "
                    + "{labels: {turn: \"" + i + "\"}}}}");
        }

        assertThat(Answers.answerers(Answers.of(text).run(), "f")).isEqualTo(undisturbed);
    }

    /** A direct server return: the packet reaches its node still addressed to the VIP. */
    @Test
    void theDestinationMayBeKept() {
        Answers answers = Answers.of(cluster("VIP", "externalTrafficPolicy: Local")
                .loadBalancer("destination: keep")
                .flow("f", "external/ext", "198.51.100.7:80", 20));

        assertThat(answers.odds("f")).containsExactly("1/2 Answered pod/web-1 203.0.113.2",
                "1/2 Answered pod/web-2 203.0.113.2");
        assertThat(Answers.story(answers.traced().hops())).filteredOn(line -> line
                .startsWith("fab SYN ")).hasSize(20).allMatch(line -> line
                        .contains(" > 198.51.100.7:80: out v-n"));
    }

    @Test
    void aBalancerThatTakesTheSourceGetsTheAnswersBack() {
        Answers answers = Answers.of(cluster("Proxy", "externalTrafficPolicy: Local")
                .loadBalancer("clientIP: snat")
                .flow("pod", "pod/client", "198.51.100.7:80", 1)
                .flow("world", "external/ext", "198.51.100.7:80", 1));

        List<String> both = List.of("1/2 Answered pod/web-1 10.0.0.1",
                "1/2 Answered pod/web-2 10.0.0.1");
        assertThat(answers.odds("pod")).isEqualTo(both);
        assertThat(answers.odds("world")).isEqualTo(both);
    }

    /** A node's own call: never to itself, or, without avoidance, a martian at its own door. */
    @Test
    void aNodeCallsItsOwnBalancer() {
        ClusterText avoiding = proxied().flow("f", "node/n1", "198.51.100.7:80", 1);
        assertThat(Answers.of(avoiding).odds("f")).containsExactly(
                "1/4 Answered pod/web-1 10.0.0.12", "1/4 Answered pod/web-1 10.0.0.13",
                "1/4 Answered pod/web-2 10.0.0.13", "1/4 Answered pod/web-2 10.244.2.1");

        Answers naive = Answers.of(proxied().loadBalancer("loopAvoidance: none")
                .flow("f", "node/n1", "198.51.100.7:80", 10));
        assertThat(naive.odds("f")).contains("1/3 TimedOut").hasSize(5);
        assertThat(Answers.story(naive.traced().hops())).anyMatch(line -> line
                .matches("n1 SYN 10.0.0.11:\\d+ > [0-9.:]+: IP_LOCAL_SOURCE"));
    }

    @Test
    void aBalancerWithNobodyButTheCallerDrops() {
        Answers answers = Answers.of(ClusterText.nodes(1).pod("web-1", "n1", "web")
                .balanced("web", "web", "10.96.0.10", "Proxy", "")
                .flow("f", "node/n1", "198.51.100.7:80", 1));

        assertThat(answers.odds("f")).containsExactly("TimedOut");
        assertThat(Answers.story(answers.traced().hops()))
                .anyMatch(line -> line.startsWith("fab SYN")
                        && line.endsWith("LB_NO_HEALTHY_BACKEND"));
    }

    /** Two unready pods, and a health check that knows. */
    @ParameterizedTest(name = "{0}, {1}: {2}, {3}")
    @CsvSource(delimiter = '|', value = {
        // every node's node port is tried, and refuses in the name of the VIP
        "forwardToAll | Cluster | Refused  | icmp-port-unreachable",
        "drop         | Cluster | TimedOut | LB_NO_HEALTHY_BACKEND",
        "forwardToAll | Local   | Refused  | icmp-port-unreachable",
        "drop         | Local   | TimedOut | LB_NO_HEALTHY_BACKEND",
    })
    void whenAllAreUnhealthy(String setting, String policy, String outcome, String end) {
        Answers answers = Answers.of(ClusterText.nodes(2).pod("web-1", "n1", "web", false)
                .balanced("web", "web", "10.96.0.10", "Proxy", "externalTrafficPolicy: " + policy)
                .loadBalancer("allUnhealthy: " + setting)
                .loadBalancer("healthCheck: {interval: 5s, timeout: 2s, unhealthyThreshold: 3, "
                        + "healthyThreshold: 3}")
                .outside("ext").flow("f", "external/ext", "198.51.100.7:80", 3));

        assertThat(answers.odds("f")).containsExactly(outcome);
        assertThat(Answers.story(answers.traced().hops())).anyMatch(line -> line.endsWith(end));
    }

    /** Of two nodes one has an endpoint; the other is no target while anybody is healthy. */
    @Test
    void theUnhealthyAreLeftOutWhileAnybodyIsHealthy() {
        Answers answers = Answers.of(cluster("Proxy", "externalTrafficPolicy: Local")
                .loadBalancer("healthCheck: {interval: 5s}")
                .flow("f", "external/ext", "198.51.100.7:80", 1));

        assertThat(answers.odds("f")).containsExactly("1/2 Answered pod/web-1 203.0.113.2",
                "1/2 Answered pod/web-2 203.0.113.2");
    }

    /**
     * Where nodes share a segment an answer goes to the pod's node directly, from every node:
     * all calls fail, while the world's still come back by the balancer.
     */
    @Test
    void onASharedSegmentEveryAnswerMissesTheBalancer() {
        Answers answers = Answers.of(proxied().network("fabric: l2")
                .flow("pod", "pod/client", "198.51.100.7:80", 20)
                .flow("world", "external/ext", "198.51.100.7:80", 1));

        assertThat(answers.odds("pod")).containsExactly("TimedOut");
        assertThat(answers.odds("world")).allMatch(line -> line.contains("Answered"));
        // the own node's answer reaches the client; the others', to the client's node an answer to
        // nothing it has seen, are INVALID there
        assertThat(Answers.story(answers.traced().hops())).filteredOn(line -> line
                .contains(" SYN-ACK 10.0.0.1") && line.contains(":30080 > 10.244.1.10:"))
                .anyMatch(line -> line.startsWith("client SYN-ACK 10.0.0.11:30080")
                        && line.endsWith(": NO_SOCKET"))
                .anyMatch(line -> line.startsWith("n1 SYN-ACK 10.0.0.12:30080")
                        && line.endsWith(": NETFILTER_DROP"))
                .anyMatch(line -> line.startsWith("n1 SYN-ACK 10.0.0.13:30080")
                        && line.endsWith(": NETFILTER_DROP"));
    }

    @Test
    void aPortThatNobodyListensOnIsSilence() {
        Answers answers = Answers.of(proxied().flow("f", "external/ext", "198.51.100.7:81", 1));

        assertThat(answers.odds("f")).containsExactly("TimedOut");
        assertThat(Answers.story(answers.traced().hops()))
                .anyMatch(line -> line.endsWith("198.51.100.7:81: LB_NO_LISTENER"));
    }

    /** web-2's UDP server is gone: its kernel's refusal passes two translators on its way back. */
    @Test
    void anErrorComesBackThroughNodeAndBalancer() {
        Answers answers = Answers.of(ClusterText.nodes(2).pod("web-2", "n2", "web")
                .balanced("web", "web", "10.96.0.10", "Proxy", "").outside("ext")
                .at("0s", "stop: pod/web-2")
                .flow("f", "external/ext", "198.51.100.7:80", 20, "protocol: UDP"));

        assertThat(answers.odds("f")).containsExactly("Refused");
        assertThat(Answers.story(answers.traced().hops())).anyMatch(line -> line.equals(
                "ext ICMP port unreachable 198.51.100.7 > 203.0.113.2: delivered"));
    }
}
