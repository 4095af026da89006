package dev.podhop.netstack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.net.L4Protocol;
import dev.podhop.netstack.netfilter.Verdict.RejectWith;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a node says to itself, and to a port of its own that leads elsewhere.
 *
 * <pre>
 *   node 10.0.0.11 --- eth0 10.0.0.1 [ world ] eth1 --- server 10.1.0.5
 * </pre>
 */
class LoopbackTest {

    private final TestNetwork net = new TestNetwork("""
            router node eth0=10.0.0.11/24
            router world eth0=10.0.0.1/24 eth1=10.1.0.1/24
            host   server eth0=10.1.0.5/24
            wire   node:eth0 world:eth0
            wire   world:eth1 server:eth0
            route  node default via 10.0.0.1 dev eth0
            route  server default via 10.1.0.1 dev eth0
            """);

    @ParameterizedTest
    @CsvSource({"127.0.0.1:80", "127.9.9.9:80", "10.0.0.11:80"})
    void toAnAddressOfItsOwn(String to) {
        net.listen("node", L4Protocol.TCP, 80);
        net.call("node", L4Protocol.TCP, to);
        net.run();

        assertThat(net.outcomes()).containsExactly("Answered 0.000");
        String own = to.substring(0, to.indexOf(':'));
        assertThat(net.story()).startsWith("node SYN " + own + ":32769 > " + to + ": out lo",
                "node SYN " + own + ":32769 > " + to + ": delivered",
                "node SYN-ACK " + to + " > " + own + ":32769: out lo");
        assertThat(net.results().getFirst().source()).hasToString(own);
    }

    @Test
    void aClosedPortOfItsOwnRefuses() {
        net.call("node", L4Protocol.TCP, "127.0.0.1:81");
        net.call("node", L4Protocol.UDP, "127.0.0.1:81");
        net.run();

        assertThat(net.outcomes()).containsExactly("Refused 0.000", "Refused 0.000");
    }

    @Test
    void rejectedOnTheWayOut() {
        net.rules("node",
                new TestRules().reject("10.1.0.5:80", RejectWith.ICMP_PORT_UNREACHABLE));
        net.call("node", L4Protocol.TCP, "10.1.0.5:80");
        net.run();

        assertThat(net.outcomes()).containsExactly("Refused 0.000");
    }

    /** {@code 127.0.0.1:nodePort}: redirected in OUTPUT, routed anew, masqueraded at the end. */
    @Test
    void aLocalPortThatLeadsElsewhere() {
        net.sysctl("node", "net.ipv4.conf.all.route_localnet", 1);
        net.rules("node",
                new TestRules().dnat("127.0.0.1:30080", "10.1.0.5:8080").masquerade("eth0"));
        net.listen("server", L4Protocol.TCP, 8080);
        net.call("node", L4Protocol.TCP, "127.0.0.1:30080");
        net.run();

        assertThat(net.outcomes()).singleElement().asString().startsWith("Answered");
        assertThat(net.results().getFirst().source()).hasToString("10.0.0.11");
    }

    /**
     * Without the sysctl no route leads out for what comes from 127.0.0.1 ({@code
     * __mkroute_output}); the masquerade would only come after it. A client that waits for its
     * handshake is not told.
     */
    @Test
    void withoutRouteLocalnetItDoesNotLeave() {
        net.rules("node",
                new TestRules().dnat("127.0.0.1:30080", "10.1.0.5:8080").masquerade("eth0"));
        net.listen("server", L4Protocol.TCP, 8080);
        net.call("node", L4Protocol.TCP, "127.0.0.1:30080");
        net.run();

        assertThat(net.outcomes()).containsExactly("TimedOut 131.000");
        assertThat(net.story()).isNotEmpty()
                .containsOnly("node SYN 127.0.0.1:32769 > 10.1.0.5:8080: IP_INVALID_SOURCE");
    }

    /** A redirection to the node's own address: never through POSTROUTING of another device. */
    @Test
    void aLocalPortThatLeadsToAnotherLocalPort() {
        net.rules("node", new TestRules().dnat("10.0.0.11:30080", "10.0.0.11:8080"));
        net.listen("node", L4Protocol.TCP, 8080);
        net.call("node", L4Protocol.TCP, "10.0.0.11:30080");
        net.run();

        assertThat(net.outcomes()).containsExactly("Answered 0.000");
    }
}
