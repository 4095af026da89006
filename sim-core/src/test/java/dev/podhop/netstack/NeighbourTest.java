package dev.podhop.netstack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.net.Cidr;
import dev.podhop.net.L4Protocol;
import dev.podhop.netstack.route.Route;
import org.junit.jupiter.api.Test;

/**
 * Who has that address? Requests, packets that wait, and what becomes of them.
 *
 * <pre>
 *   client 10.0.0.5 --- eth0 [ r ] eth1 --- server 10.1.0.5   (and nobody at 10.1.0.9)
 *                  10.0.0.1     10.1.0.1
 * </pre>
 */
class NeighbourTest {

    private final TestNetwork net = new TestNetwork("""
            host   client eth0=10.0.0.5/24
            router r eth0=10.0.0.1/24 eth1=10.1.0.1/24
            host   server eth0=10.1.0.5/24
            wire   client:eth0 r:eth0
            wire   r:eth1 server:eth0
            route  client default via 10.0.0.1 dev eth0
            route  server default via 10.1.0.1 dev eth0
            """);

    @Test
    void threeTriesASecondApartThenTheHostIsUnreachable() {
        net.call("client", L4Protocol.TCP, "10.0.0.9:80");
        net.run();

        assertThat(net.arpStory()).filteredOn(line -> line.contains("client")).containsExactly(
                "0.000 client ARP request 10.0.0.5 > 10.0.0.9: out eth0",
                "1.000 client ARP request 10.0.0.5 > 10.0.0.9: out eth0",
                "2.000 client ARP request 10.0.0.5 > 10.0.0.9: out eth0");
        assertThat(net.outcomes()).containsExactly("Unreachable 3.000");
    }

    @Test
    void aRouterTellsTheSenderByIcmp() {
        net.call("client", L4Protocol.TCP, "10.1.0.9:80");
        net.run();

        assertThat(net.outcomes()).containsExactly("Unreachable 3.000");
        assertThat(net.story()).contains("r SYN 10.0.0.5:32769 > 10.1.0.9:80: NEIGH_FAILED",
                "client ICMP host unreachable 10.0.0.1 > 10.0.0.5: delivered");
    }

    /** {@code icmp_err_convert}: a host unreachable is not fatal, and __udp4_lib_err drops it. */
    @Test
    void noDatagramSocketHearsOfItAsItMayPass() {
        net.call("client", L4Protocol.UDP, "10.0.0.9:53", 0, true);
        net.call("client", L4Protocol.UDP, "10.0.0.9:53", 0, false);
        net.run();

        assertThat(net.outcomes()).containsExactly("TimedOut 3600.000", "TimedOut 3600.000");
    }

    @Test
    void theFailureBehindATranslatorReachesTheClientFromTheAddressItCalled() {
        net.rules("r", new TestRules().dnat("10.0.0.1:80", "10.1.0.9:8080").masquerade("eth1"));
        net.call("client", L4Protocol.TCP, "10.0.0.1:80");
        net.run();

        assertThat(net.outcomes()).containsExactly("Unreachable 3.000");
        assertThat(net.story()).contains("r SYN 10.1.0.1:32769 > 10.1.0.9:8080: NEIGH_FAILED",
                "r ICMP host unreachable 10.0.0.1 > 10.0.0.5: out eth0");
    }

    @Test
    void whatWaitsGoesOnInOrderWhenTheAnswerComes() {
        net.probe("server", "10.1.0.5:53");
        for (int i = 1; i <= 3; i++) {
            net.send("client", net.udp("10.0.0.5:400" + i, "10.1.0.5:53"));
        }
        net.run();

        assertThat(net.heard()).containsExactly("UDP 10.0.0.5:4001 > 10.1.0.5:53",
                "UDP 10.0.0.5:4002 > 10.1.0.5:53", "UDP 10.0.0.5:4003 > 10.1.0.5:53");
        assertThat(net.arpStory()).filteredOn(line -> line.contains("request"))
                .as("one request a neighbour, sent and seen").hasSize(4);
    }

    @Test
    void whenTooManyWaitTheOldestGoes() {
        net.probe("server", "10.1.0.5:53");
        for (int i = 0; i < 103; i++) {
            net.send("client", net.udp("10.0.0.5:" + (4000 + i), "10.1.0.5:53"));
        }
        net.run();

        assertThat(net.story()).filteredOn(line -> line.endsWith("NEIGH_QUEUEFULL"))
                .containsExactly("client UDP 10.0.0.5:4000 > 10.1.0.5:53: NEIGH_QUEUEFULL",
                        "client UDP 10.0.0.5:4001 > 10.1.0.5:53: NEIGH_QUEUEFULL");
        assertThat(net.heard()).hasSize(101).first()
                .isEqualTo("UDP 10.0.0.5:4002 > 10.1.0.5:53");
    }

    @Test
    void aNeighbourIsAskedForOnceAndAgainAfterAFailure() {
        net.probe("server", "10.1.0.5:53");
        net.send("client", net.udp("10.0.0.5:4000", "10.1.0.5:53"));
        net.send("client", net.udp("10.0.0.5:4000", "10.0.0.9:53"));
        net.run();
        net.send("client", net.udp("10.0.0.5:4001", "10.1.0.5:53"));
        net.send("client", net.udp("10.0.0.5:4001", "10.0.0.9:53"));
        net.run();

        assertThat(net.arpStory()).filteredOn(line -> line.contains("client ARP request"))
                .extracting(line -> line.substring(line.indexOf('>') + 2, line.lastIndexOf(':')))
                .containsExactly("10.0.0.1", "10.0.0.9", "10.0.0.9", "10.0.0.9", "10.0.0.9",
                        "10.0.0.9", "10.0.0.9");
    }

    /**
     * A pod with a host route on a node that answers for what it routes elsewhere:
     *
     * <pre>
     *   pod 10.244.1.5/32 --- veth0 (proxy ARP) [ node ] eth0 10.0.0.11/24 --- world 10.0.0.1
     * </pre>
     */
    @Test
    void aProxyAnswersForWhatIsRoutedByAnotherDevice() {
        TestNetwork routed = new TestNetwork("""
                host   pod eth0=10.244.1.5/32
                router node eth0=10.0.0.11/24 veth0
                host   world eth0=10.0.0.1/24
                wire   pod:eth0 node:veth0
                wire   node:eth0 world:eth0
                route  pod 169.254.1.1/32 dev eth0
                route  pod default via 169.254.1.1 dev eth0
                route  node 10.244.1.0/24 dev veth0
                route  node default via 10.0.0.1 dev eth0
                route  world default via 10.0.0.11 dev eth0
                """);
        routed.device("node", "veth0").proxyArp(true);
        routed.listen("world", L4Protocol.TCP, 80);
        routed.call("pod", L4Protocol.TCP, "10.0.0.1:80");
        routed.run();

        assertThat(routed.results().getFirst().outcome()).hasToString("Answered");
        assertThat(routed.arpStory()).contains(
                "0.000 node ARP reply 169.254.1.1 > 10.244.1.5: out veth0");

        // 10.244.1.9 is routed by veth0 itself: the one who asked could as well answer
        routed.at("pod").fib().add(Route.onLink(
                Cidr.of("10.244.1.9/32"), 1, "eth0", null));
        routed.call("pod", L4Protocol.TCP, "10.244.1.9:80");
        routed.run();

        assertThat(routed.arpStory()).noneMatch(line -> line.contains("reply 10.244.1.9"));
        assertThat(routed.results().getLast().outcome()).hasToString("Unreachable");
    }
}
