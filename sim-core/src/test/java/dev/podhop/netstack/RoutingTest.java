package dev.podhop.netstack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.net.Cidr;
import dev.podhop.net.L4Protocol;
import dev.podhop.netstack.route.Route;
import dev.podhop.packet.Packet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Where there is no way on, and what the sender hears of it.
 *
 * <pre>
 *   client 10.0.0.5 --- eth0 [ r ] eth1 --- eth0 [ far ] eth1 --- server 10.2.0.5
 *                  10.0.0.1     10.1.0.1   10.1.0.2     10.2.0.1
 * </pre>
 */
class RoutingTest {

    private final TestNetwork net = new TestNetwork("""
            host   client eth0=10.0.0.5/24
            router r eth0=10.0.0.1/24 eth1=10.1.0.1/24
            router far eth0=10.1.0.2/24 eth1=10.2.0.1/24
            host   server eth0=10.2.0.5/24
            wire   client:eth0 r:eth0
            wire   r:eth1 far:eth0
            wire   far:eth1 server:eth0
            route  client default via 10.0.0.1 dev eth0
            route  server default via 10.2.0.1 dev eth0
            route  r 10.2.0.0/24 via 10.1.0.2 dev eth1
            route  far 10.0.0.0/24 via 10.1.0.1 dev eth0
            route  r blackhole 10.8.0.0/16
            route  r unreachable 10.9.0.0/16
            """);

    @ParameterizedTest(name = "to {0}: {1}, and hears of {2}")
    @CsvSource(nullValues = "nothing", value = {
        "10.7.0.1, IP_INNOROUTES, net unreachable",
        "10.8.0.1, IP_INNOROUTES, nothing",
        "10.9.0.1, IP_INNOROUTES, host unreachable",
    })
    void noWayOn(String destination, String reason, String told) {
        net.probe("client", "10.0.0.5:4000");
        net.send("client", net.udp("10.0.0.5:4000", destination + ":53"));
        net.run();

        assertThat(net.story())
                .contains("r UDP 10.0.0.5:4000 > " + destination + ":53: " + reason);
        if (told == null) {
            assertThat(net.heard()).isEmpty();
        } else {
            assertThat(net.heard()).containsExactly(told + " from 10.0.0.1 about udp 10.0.0.5:4000"
                    + " > " + destination + ":53");
        }
    }

    @Test
    void aHostThatDoesNotForwardIsSilent() {
        net.sysctl("r", "net.ipv4.ip_forward", 0);
        net.probe("client", "10.0.0.5:4000");
        net.send("client", net.udp("10.0.0.5:4000", "10.2.0.5:53"));
        net.send("client", net.udp("10.0.0.5:4000", "10.7.0.1:53"));
        net.run();

        assertThat(net.story()).contains("r UDP 10.0.0.5:4000 > 10.2.0.5:53: IP_FORWARD_DISABLED");
        assertThat(net.heard()).isEmpty();
    }

    @Test
    void aClientWithoutARouteKnowsAtOnce() {
        TestNetwork alone = new TestNetwork("host client eth0=10.0.0.5/24");
        alone.call("client", L4Protocol.TCP, "10.2.0.5:80");
        alone.call("client", L4Protocol.UDP, "10.2.0.5:53");
        alone.run();

        assertThat(alone.outcomes()).containsExactly("Unreachable 0.000", "Unreachable 0.000");
    }

    @ParameterizedTest(name = "ttl {0}: ends at {1}")
    @CsvSource({"1, r, 10.0.0.1", "2, far, 10.1.0.2"})
    void aPacketDiesOfAge(int ttl, String where, String teller) {
        net.probe("client", "10.0.0.5:4000");
        Packet p = net.udp("10.0.0.5:4000", "10.2.0.5:53");
        p.ttl = ttl;
        net.send("client", p);
        net.run();

        assertThat(net.story())
                .contains(where + " UDP 10.0.0.5:4000 > 10.2.0.5:53: IP_INHDR");
        assertThat(net.heard()).containsExactly("time exceeded from " + teller
                + " about udp 10.0.0.5:4000 > 10.2.0.5:53");
    }

    @Test
    void withEnoughOfItItArrives() {
        net.probe("server", "10.2.0.5:53");
        Packet p = net.udp("10.0.0.5:4000", "10.2.0.5:53");
        p.ttl = 3;
        net.send("client", p);
        net.run();

        assertThat(net.heard()).containsExactly("UDP 10.0.0.5:4000 > 10.2.0.5:53");
    }

    @Test
    void deathBehindATranslatorIsToldToTheOneWhoKnowsTheConnection() {
        net.rules("r", new TestRules().dnat("10.0.0.1:80", "10.2.0.5:53").masquerade("eth1"));
        net.probe("client", "10.0.0.5:4000");
        Packet p = net.udp("10.0.0.5:4000", "10.0.0.1:80");
        p.ttl = 2;
        net.send("client", p);
        net.run();

        assertThat(net.story()).contains("far UDP 10.1.0.1:4000 > 10.2.0.5:53: IP_INHDR");
        assertThat(net.heard()).containsExactly(
                "time exceeded from 10.0.0.1 about udp 10.0.0.5:4000 > 10.0.0.1:80");
    }

    @Test
    void aLoopEndsWithTheTtl() {
        net.at("far").fib().removeIf(route -> route.toString().startsWith("10.2.0.0"));
        net.at("far").fib().add(Route.via(
                Cidr.of("10.2.0.0/24"), TestNetwork.address("10.1.0.1"), 1,
                "eth0"));
        net.call("client", L4Protocol.TCP, "10.2.0.5:80");
        net.run();

        assertThat(net.outcomes()).hasSize(1).first().asString().startsWith("Unreachable 0.0");
        assertThat(net.story()).filteredOn(line -> line.contains(" SYN ")).hasSize(1 + 64)
                .last().asString().endsWith("IP_INHDR");
    }
}
