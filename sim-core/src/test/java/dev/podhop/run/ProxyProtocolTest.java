package dev.podhop.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The PROXY protocol's header comes from the load balancer or not at all. */
class ProxyProtocolTest {

    @ParameterizedTest(name = "balancer sends {0}, server wants {1}, ipMode {2}, {4} bytes: {5}")
    @CsvSource(delimiter = '|', value = {
        "true  | true  | VIP   | external/ext | 100 | Answered pod/web 203.0.113.2",
        "true  | true  | Proxy | external/ext | 0   | Answered pod/web 203.0.113.2",
        // kube-proxy answers for the address, and the load balancer never sees the call
        "true  | true  | VIP   | pod/client   | 100 | Reset",
        "true  | true  | Proxy | pod/client   | 100 | Answered pod/web 10.244.1.10",
        // both wait for the other to begin
        "true  | true  | VIP   | pod/client   | 0   | TimedOut",
        // a header that nobody asked for is no request
        "true  | false | VIP   | external/ext | 100 | Reset",
        "false | true  | VIP   | external/ext | 100 | Reset",
        "false | false | VIP   | external/ext | 100 | Answered pod/web 10.0.0.1",
    })
    void whoSeesWhat(boolean balancer, boolean server, String ipMode, String from, int bytes,
            String outcome) {
        Answers answers = Answers.of(ClusterText.nodes(2).pod("client", "n1", "client")
                .pod("web", "n2", "web").outside("ext")
                .balanced("web", "web", "10.96.0.10", ipMode, "externalTrafficPolicy: Local")
                .loadBalancer("proxyProtocol: " + balancer).loadBalancer("clientIP: snat")
                .spec("servers: [{pods: {app: web}, proxyProtocol: " + server + "}]")
                .flow("f", from, "198.51.100.7:80", 5, "requestSize: " + bytes));

        assertThat(answers.odds("f")).containsExactly(outcome);
        assertThat(answers.run().checks()).isEmpty();
    }
}
