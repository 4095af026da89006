package dev.podhop.netstack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.net.L4Protocol;
import dev.podhop.netstack.netfilter.Verdict.RejectWith;
import dev.podhop.packet.Packet;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Three pods on a node's bridge; the node redirects 10.96.0.1:80.
 *
 * <pre>
 *   a 10.244.1.5 ---- veth0 +
 *   b 10.244.1.6 ---- veth1 + cni0 10.244.1.1/24 [ node ]
 *   c 10.244.1.7 ---- veth2 +
 * </pre>
 */
class BridgeTest {

    private final TestNetwork net = new TestNetwork("""
            router node
            bridge node cni0=10.244.1.1/24 veth0 veth1 veth2
            host   a eth0=10.244.1.5/24
            host   b eth0=10.244.1.6/24
            host   c eth0=10.244.1.7/24
            wire   a:eth0 node:veth0
            wire   b:eth0 node:veth1
            wire   c:eth0 node:veth2
            route  a default via 10.244.1.1 dev eth0
            route  b default via 10.244.1.1 dev eth0
            route  c default via 10.244.1.1 dev eth0
            """);

    @BeforeEach
    void everybodyServes() {
        net.listen("a", L4Protocol.TCP, 8080);
        net.listen("b", L4Protocol.TCP, 8080);
    }

    @Test
    void aQuestionGoesToAllPortsAndItsAnswerToOne() {
        net.call("a", L4Protocol.TCP, "10.244.1.6:8080");
        net.run();

        assertThat(net.arpStory().subList(0, 8)).containsExactly(
                "0.000 a ARP request 10.244.1.5 > 10.244.1.6: out eth0",
                "0.000 node ARP request 10.244.1.5 > 10.244.1.6: 3 copies",
                "0.000 node ARP request 10.244.1.5 > 10.244.1.6: delivered",
                "0.000 node ARP request 10.244.1.5 > 10.244.1.6: out veth1",
                "0.000 node ARP request 10.244.1.5 > 10.244.1.6: out veth2",
                "0.000 b ARP request 10.244.1.5 > 10.244.1.6: delivered",
                "0.000 b ARP reply 10.244.1.6 > 10.244.1.5: out eth0",
                "0.000 c ARP request 10.244.1.5 > 10.244.1.6: delivered");
        assertThat(net.arpStory()).filteredOn(line -> line.contains("reply"))
                .containsExactly("0.000 b ARP reply 10.244.1.6 > 10.244.1.5: out eth0",
                        "0.000 node ARP reply 10.244.1.6 > 10.244.1.5: out veth0",
                        "0.000 a ARP reply 10.244.1.6 > 10.244.1.5: delivered");
        assertThat(net.outcomes()).singleElement().asString().startsWith("Answered");
    }

    @Test
    void aLonelyPodsQuestionIsHeardByTheBridgeAlone() {
        TestNetwork alone = new TestNetwork("""
                router node
                bridge node cni0=10.244.1.1/24 veth0
                host   a eth0=10.244.1.5/24
                wire   a:eth0 node:veth0
                """);
        alone.send("a", alone.udp("10.244.1.5:1", "10.244.1.1:2"));
        alone.run();

        assertThat(alone.arpStory()).startsWith(
                "0.000 a ARP request 10.244.1.5 > 10.244.1.1: out eth0",
                "0.000 node ARP request 10.244.1.5 > 10.244.1.1: 1 copies",
                "0.000 node ARP request 10.244.1.5 > 10.244.1.1: delivered");
    }

    @Test
    void anUnknownAddressIsFloodedToThePortsButTheOneItCameBy() {
        net.send("a", net.udp("10.244.1.5:1", "10.244.1.6:2"));
        net.run();
        Objects.requireNonNull(net.device("node", "cni0").bridge()).flush();
        net.send("a", net.udp("10.244.1.5:1", "10.244.1.6:2"));
        net.run();

        assertThat(net.story()).containsSubsequence(
                "node UDP 10.244.1.5:1 > 10.244.1.6:2: 2 copies",
                "c UDP 10.244.1.5:1 > 10.244.1.6:2: OTHERHOST");
    }

    @Test
    void learnedAgainstWhatIsLearnedTheLatestCounts() {
        net.send("a", net.udp("10.244.1.5:1", "10.244.1.6:2"));
        net.run();
        // b's frames now come by c's port: b's address has moved
        net.arrive("node", "veth2", fromMac(net.device("b", "eth0").mac()));
        net.run();
        net.send("a", net.udp("10.244.1.5:1", "10.244.1.6:2"));
        net.run();

        assertThat(net.story()).last().isEqualTo("c UDP 10.244.1.5:1 > 10.244.1.6:2: OTHERHOST");
    }

    private Packet fromMac(long mac) {
        Packet p = net.udp("10.244.1.6:1", "10.244.1.1:9");
        p.sourceMac = mac;
        return p;
    }

    /** The redirected packet, and its answer, with the hooks on the bridge or without. */
    @ParameterizedTest(name = "bridge-nf {0}, hairpin {1}, promiscuous {2}, {3} > {4}: {5}")
    @CsvSource({
        // a call that lands on its neighbour: bridged both ways, or routed there and bridged back
        "1, false, false, a, b, Answered",
        "0, false, false, a, b, TimedOut",
        "0, true,  false, a, b, TimedOut",
        "0, false, true,  a, b, TimedOut",
        "1, false, true,  a, b, Answered",
        // a call that lands on itself, unmasqueraded: never
        "1, false, false, a, a, TimedOut",
        "1, true,  false, a, a, TimedOut",
        "0, true,  false, a, a, TimedOut",
    })
    void aRedirectedCall(int bridgeNf, boolean hairpin, boolean promiscuous, String from,
            String to, String outcome) {
        assertThat(call(bridgeNf, hairpin, promiscuous, from, to, new TestRules()))
                .isEqualTo(outcome);
    }

    /** The truth table of the pitfalls page, section 2: a pod that calls itself. */
    @ParameterizedTest(name = "bridge-nf {0}, hairpin {1}, promiscuous {2}, {3} > {4}: {5}")
    @CsvSource({
        "1, false, false, a, a, TimedOut",
        "1, true,  false, a, a, Answered",
        "0, false, false, a, a, Answered",
        "0, true,  false, a, a, Answered",
        "1, false, true,  a, a, TimedOut",
        "0, false, true,  a, a, Answered",
        "1, false, false, a, b, Answered",
        "0, false, false, a, b, Answered",
    })
    void aRedirectedAndMasqueradedCall(int bridgeNf, boolean hairpin, boolean promiscuous,
            String from, String to, String outcome) {
        assertThat(call(bridgeNf, hairpin, promiscuous, from, to,
                new TestRules().masquerade("cni0"))).isEqualTo(outcome);
    }

    private String call(int bridgeNf, boolean hairpin, boolean promiscuous, String from,
            String to, TestRules rules) {
        net.sysctl("node", "net.bridge.bridge-nf-call-iptables", bridgeNf);
        String pod = to.equals("a") ? "10.244.1.5:8080" : "10.244.1.6:8080";
        net.rules("node", rules.dnat("10.96.0.1:80", pod));
        for (String port : new String[] {"veth0", "veth1", "veth2"}) {
            net.device("node", port).hairpin(hairpin);
        }
        Objects.requireNonNull(net.device("node", "cni0").bridge()).promiscuous(promiscuous);
        net.call(from, L4Protocol.TCP, "10.96.0.1:80");
        net.run();
        return net.results().getFirst().outcome().name();
    }

    @Test
    void withoutHairpinAFrameDoesNotLeaveByThePortItCameBy() {
        net.rules("node", new TestRules().dnat("10.96.0.1:80", "10.244.1.5:8080"));
        net.call("a", L4Protocol.TCP, "10.96.0.1:80");
        net.simulation.runUntil(TestNetwork.SECOND / 2);

        assertThat(net.story()).last().asString().endsWith("BRIDGE_NO_HAIRPIN");
    }

    @Test
    void withHairpinAPodDropsWhatSeemsToComeFromItself() {
        net.device("node", "veth0").hairpin(true);
        net.rules("node", new TestRules().dnat("10.96.0.1:80", "10.244.1.5:8080"));
        net.call("a", L4Protocol.TCP, "10.96.0.1:80");
        net.simulation.runUntil(TestNetwork.SECOND / 2);

        assertThat(net.story()).last()
                .isEqualTo("a SYN 10.244.1.5:32769 > 10.244.1.5:8080: IP_LOCAL_SOURCE");
    }

    /** FORWARD's rules meet bridged packets only where the bridge calls iptables. */
    @ParameterizedTest(name = "bridge-nf {0}: {1}")
    @CsvSource({"1, Refused", "0, Answered"})
    void aBridgedPacketIsRejected(int bridgeNf, String outcome) {
        net.sysctl("node", "net.bridge.bridge-nf-call-iptables", bridgeNf);
        net.rules("node", new TestRules()
                .reject("10.244.1.6:8080", RejectWith.ICMP_PORT_UNREACHABLE));
        net.call("a", L4Protocol.TCP, "10.244.1.6:8080");
        net.run();

        assertThat(net.outcomes()).singleElement().asString().startsWith(outcome);
    }
}
