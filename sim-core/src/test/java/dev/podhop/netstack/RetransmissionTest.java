package dev.podhop.netstack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.net.IpAddress;
import dev.podhop.net.L4Protocol;
import dev.podhop.net.Tuple;
import dev.podhop.packet.Packet;
import dev.podhop.packet.TcpFlags;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * When TCP tries again, and when it gives up; what a small MTU does to it.
 *
 * <pre>
 *   client 10.0.0.5 --- eth0 10.0.0.1 [ r ] eth1 10.1.0.1 --- server 10.1.0.5
 * </pre>
 */
class RetransmissionTest {

    private final TestNetwork net = new TestNetwork("""
            host   client eth0=10.0.0.5/24
            router r eth0=10.0.0.1/24 eth1=10.1.0.1/24
            host   server eth0=10.1.0.5/24
            wire   client:eth0 r:eth0
            wire   r:eth1 server:eth0
            route  client default via 10.0.0.1 dev eth0
            route  server default via 10.1.0.1 dev eth0
            """);

    /** The numbers of the pitfalls page, section 0; on a real kernel timers are a bit late. */
    @ParameterizedTest(name = "linear {0}, retries {1}: SYN at {2}, gives up at {3}")
    @CsvSource({
        "4, 6, 0 1 2 3 4 5 7 11 19 35 67, 131",
        "0, 6, 0 1 3 7 15 31 63,          127",
        "0, 1, 0 1,                       3",
        "4, 1, 0 1 2 3 4 5,               7",
        "0, 0, 0,                         1",
        "1, 2, 0 1 2 4,                   8",
    })
    void aSynIsSentAgain(int linear, int retries, String times, int givesUp) {
        net.sysctl("client", "net.ipv4.tcp_syn_linear_timeouts", linear)
                .sysctl("client", "net.ipv4.tcp_syn_retries", retries);
        net.rules("r", new TestRules().drop("10.1.0.5:80"));
        net.call("client", L4Protocol.TCP, "10.1.0.5:80");
        net.run();

        assertThat(net.sendTimes("client", "SYN"))
                .containsExactly((times.strip().replace(" ", ".000 ") + ".000").split(" "));
        assertThat(net.outcomes()).containsExactly("TimedOut " + givesUp + ".000");
    }

    @ParameterizedTest(name = "tcp_synack_retries {0}: {1}")
    @CsvSource({"5, 0 1 3 7 15 31", "2, 0 1 3"})
    void aSynAckIsSentAgain(int retries, String times) {
        net.sysctl("server", "net.ipv4.tcp_synack_retries", retries);
        net.listen("server", L4Protocol.TCP, 80);
        net.rules("r", new TestRules().drop("10.0.0.9:4000"));
        Packet syn = net.udp("10.0.0.9:4000", "10.1.0.5:80");
        syn.protocol = L4Protocol.TCP;
        syn.tcpFlags = TcpFlags.SYN;
        net.send("client", syn);
        net.run();

        assertThat(net.sendTimes("server", "SYN-ACK"))
                .containsExactly((times.replace(" ", ".000 ") + ".000").split(" "));
    }

    /** The ACK that ends the handshake is none of the answer that the server sends upon it. */
    @Test
    void anAnswerIsSentAgainThoughTheServerSpokeFirst() {
        net.listen("server", L4Protocol.TCP, 80);
        net.call("client", L4Protocol.TCP, "10.1.0.5:80");
        runUntilSent("client", "ACK");
        cut("10.0.0.5:32769", 0.5);

        assertThat(net.sendTimes("server", "DATA")).containsExactly("0.001", "0.201", "0.601");
        assertThat(net.outcomes()).containsExactly("Answered 0.601");
    }

    @Test
    void aFinIsSentAgainUntilItIsAcknowledged() {
        net.listen("server", L4Protocol.TCP, 80);
        net.call("client", L4Protocol.TCP, "10.1.0.5:80");
        runUntilSent("server", "DATA");
        cut("10.1.0.5:80", 1);

        assertThat(net.outcomes()).containsExactly("Answered 0.001");
        assertThat(net.sendTimes("client", "FIN")).containsExactly("0.001", "0.201", "0.601",
                "1.401");
        assertThat(net.sendTimes("server", "FIN")).containsExactly("1.401");
        assertThat(net.simulation.nowNanos()).as("nobody waits any longer")
                .isLessThan(2 * TestNetwork.SECOND);
    }

    /** tcp_orphan_retries: eight times; then the kernel lets go without a word. */
    @Test
    void aFinThatNobodyHearsIsGivenUp() {
        net.listen("server", L4Protocol.TCP, 80);
        net.call("client", L4Protocol.TCP, "10.1.0.5:80");
        runUntilSent("server", "DATA");
        cut("10.1.0.5:80", 200);

        assertThat(net.sendTimes("client", "FIN")).containsExactly("0.001", "0.201", "0.601",
                "1.401", "3.001", "6.201", "12.601", "25.401", "51.001");
        assertThat(net.at("client").sockets().isConnected(connection())).isFalse();
        assertThat(net.simulation.pending()).as("the server does not know").isZero();
    }

    private static Tuple connection() {
        return new Tuple(L4Protocol.TCP, IpAddress.of("10.0.0.5"), 32769,
                IpAddress.of("10.1.0.5"), 80);
    }

    private void runUntilSent(String name, String what) {
        while (net.sendTimes(name, what).isEmpty()) {
            net.simulation.step();
        }
    }

    /** So many seconds the router lets nothing through to an address; then all ends. */
    private void cut(String to, double seconds) {
        net.rules("r", new TestRules().drop(to));
        net.simulation.runUntil((long) (seconds * TestNetwork.SECOND));
        net.rules("r", new TestRules());
        net.run();
    }

    @Test
    void theDatagramClientDoesNotTryAgain() {
        net.rules("r", new TestRules().drop("10.1.0.5:53"));
        net.call("client", L4Protocol.UDP, "10.1.0.5:53");
        net.run();

        assertThat(net.sendTimes("client", "UDP")).containsExactly("0.000");
        assertThat(net.outcomes()).containsExactly("TimedOut 3600.000");
    }

    @Test
    void aRequestTooBigForTheWayIsCutSmaller() {
        net.device("r", "eth1").mtu(576);
        net.listen("server", L4Protocol.TCP, 80);
        net.call("client", L4Protocol.TCP, "10.1.0.5:80", 1400, true);
        net.run();

        assertThat(net.story()).containsSubsequence(
                "r DATA 10.0.0.5:32769 > 10.1.0.5:80: PKT_TOO_BIG",
                "client ICMP fragmentation needed 10.0.0.1 > 10.0.0.5: delivered");
        // 1400 bytes in segments of 536
        assertThat(net.story()).filteredOn(line -> line.startsWith("server DATA")
                && line.contains("10.0.0.5:32769 > 10.1.0.5:80: delivered")).hasSize(3);
        assertThat(net.outcomes()).containsExactly("Answered 0.001");
    }

    /** The black hole of path MTU discovery: small requests pass, large ones hang. */
    @Test
    void withoutTheIcmpErrorTheRequestHangs() {
        net.device("r", "eth1").mtu(576);
        net.rules("r", new TestRules().drop("10.0.0.5:0"));
        net.listen("server", L4Protocol.TCP, 80);
        net.call("client", L4Protocol.TCP, "10.1.0.5:80", 100, true);
        net.run();
        assertThat(net.outcomes()).containsExactly("Answered 0.001");

        net.call("client", L4Protocol.TCP, "10.1.0.5:80", 1400, true);
        net.run();

        assertThat(net.outcomes()).last().asString().startsWith("TimedOut");
        assertThat(net.story()).contains(
                "r ICMP fragmentation needed 10.0.0.1 > 10.0.0.5: NETFILTER_DROP");
    }

    @Test
    void throughATranslatorTheErrorStillFindsItsConnection() {
        net.rules("r", new TestRules().dnat("10.0.0.1:80", "10.1.0.5:8080").masquerade("eth1"));
        net.device("r", "eth1").mtu(576);
        net.listen("server", L4Protocol.TCP, 8080);
        net.call("client", L4Protocol.TCP, "10.0.0.1:80", 1400, true);
        net.run();

        assertThat(net.outcomes()).containsExactly("Answered 0.001");
    }

    @Test
    void aDatagramTooBigForTheWayIsLost() {
        net.device("r", "eth1").mtu(576);
        net.listen("server", L4Protocol.UDP, 53);
        net.call("client", L4Protocol.UDP, "10.1.0.5:53", 1000, true);
        net.run();

        assertThat(net.story()).contains("r UDP 10.0.0.5:32769 > 10.1.0.5:53: PKT_TOO_BIG");
        assertThat(net.outcomes()).containsExactly("TimedOut 3600.000");
    }
}
