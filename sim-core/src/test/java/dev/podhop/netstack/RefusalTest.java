package dev.podhop.netstack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.net.L4Protocol;
import dev.podhop.netstack.netfilter.Verdict.RejectWith;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A router that says no, and what its clients see.
 *
 * <pre>
 *   client 10.0.0.5 --- eth0 10.0.0.1 [ r ] eth1 10.1.0.1 --- server 10.1.0.5
 * </pre>
 */
class RefusalTest {

    private final TestNetwork net = new TestNetwork("""
            host   client eth0=10.0.0.5/24
            router r eth0=10.0.0.1/24 eth1=10.1.0.1/24
            host   server eth0=10.1.0.5/24
            wire   client:eth0 r:eth0
            wire   r:eth1 server:eth0
            route  client default via 10.0.0.1 dev eth0
            route  server default via 10.1.0.1 dev eth0
            """);

    @ParameterizedTest(name = "{0} to {1}, {2}: {3}")
    @CsvSource({
        // forwarded, and to the router itself
        "TCP, 10.1.0.5:80, ICMP_PORT_UNREACHABLE, Refused 0.000",
        "TCP, 10.0.0.1:80, ICMP_PORT_UNREACHABLE, Refused 0.000",
        "TCP, 10.1.0.5:80, TCP_RESET,             Refused 0.000",
        "TCP, 10.0.0.1:80, TCP_RESET,             Refused 0.000",
        "UDP, 10.1.0.5:80, ICMP_PORT_UNREACHABLE, Refused 0.000",
    })
    void rejected(L4Protocol protocol, String to, RejectWith with, String outcome) {
        net.listen("server", protocol, 80);
        net.rules("r", new TestRules().reject(to, with));
        net.call("client", protocol, to);
        net.run();

        assertThat(net.outcomes()).containsExactly(outcome);
    }

    @Test
    void droppedMeansSilence() {
        net.listen("server", L4Protocol.TCP, 80);
        net.rules("r", new TestRules().drop("10.1.0.5:80"));
        net.call("client", L4Protocol.TCP, "10.1.0.5:80");
        net.run();

        assertThat(net.outcomes()).containsExactly("TimedOut 131.000");
        assertThat(net.story()).filteredOn(line -> line.startsWith("r "))
                .allMatch(line -> line.endsWith("NETFILTER_DROP")).hasSize(11);
    }

    @Test
    void aClosedPortRefusesAfterARoundTrip() {
        net.call("client", L4Protocol.TCP, "10.1.0.5:81");
        net.call("client", L4Protocol.UDP, "10.1.0.5:81");
        net.run();

        // 4 wires of 0.1 ms, and ARP's four
        assertThat(net.results()).allMatch(r -> r.outcome().name().equals("Refused")
                && r.durationNanos() == 8 * Drawing.WIRE_NANOS);
    }

    /** What is refused on the way is told in the name of the address that was called. */
    @Test
    void rejectionBehindARedirectionComesFromWhereTheClientCalled() {
        net.rules("r", new TestRules().dnat("10.0.0.1:80", "10.1.0.5:8080").masquerade("eth1")
                .reject("10.1.0.5:8080", RejectWith.ICMP_PORT_UNREACHABLE));
        net.probe("client", "10.0.0.5:4000");
        net.send("client", net.udp("10.0.0.5:4000", "10.0.0.1:80"));
        net.run();

        assertThat(net.heard()).containsExactly(
                "port unreachable from 10.0.0.1 about udp 10.0.0.5:4000 > 10.0.0.1:80");
    }

    /** {@code inet_peer_xrlim_allow}: six tokens at once, then one a second. */
    @Test
    void theSeventhRefusalInABurstIsSilence() {
        net.rules("r", new TestRules().reject("10.1.0.5:80", RejectWith.ICMP_PORT_UNREACHABLE));
        net.probe("client", "10.0.0.5:4000");
        burst(8);
        assertThat(net.heard()).hasSize(6);

        wait(999);
        burst(1);
        assertThat(net.heard()).as("no second has passed").hasSize(6);

        wait(1);
        burst(2);
        assertThat(net.heard()).as("one more a second").hasSize(7);

        wait(60_000);
        burst(8);
        assertThat(net.heard()).as("no more than six are saved").hasSize(13);
    }

    @ParameterizedTest(name = "{0}={1}: {2} of 20")
    @CsvSource({
        "net.ipv4.icmp_ratelimit, 0,    20",
        "net.ipv4.icmp_ratelimit, 1000, 6",
        // a mask without destination unreachable
        "net.ipv4.icmp_ratemask,  0,    20",
        "net.ipv4.icmp_ratemask,  2048, 20",
        "net.ipv4.icmp_ratemask,  8,    6",
    })
    void asTheSysctlsSay(String sysctl, int value, int told) {
        net.sysctl("r", sysctl, value);
        net.rules("r", new TestRules().reject("10.1.0.5:80", RejectWith.ICMP_PORT_UNREACHABLE));
        net.probe("client", "10.0.0.5:4000");
        burst(20);

        assertThat(net.heard()).hasSize(told);
    }

    /** {@code icmpv6_xrlim_allow}; measured on 6.18, for a neighbour in a /64. */
    @ParameterizedTest(name = "IPv6, {0}={1}: 6 of 20, one more after {2} ms")
    @CsvSource({
        "net.ipv6.icmp.ratemask,  0-1,  100",
        "net.ipv6.icmp.ratelimit, 1000, 1000",
        // a file that says how it wants refusals limited means both families
        "net.ipv4.icmp_ratelimit, 500,  500",
    })
    void ipv6HasALimitOfItsOwn(String sysctl, String value, int millis) {
        TestNetwork six = new TestNetwork("""
                host   client eth0=fd00::5/64
                router r eth0=fd00::1/64
                wire   client:eth0 r:eth0
                """);
        six.sysctl("r", sysctl, value);
        six.probe("client", "fd00::5:4000");
        for (int i = 0; i < 20; i++) {
            six.send("client", six.udp("fd00::5:4000", "fd00::1:80"));
        }
        six.run();
        assertThat(six.heard()).hasSize(6);

        six.simulation.runUntil(six.simulation.nowNanos() + millis * 1_000_000L);
        six.send("client", six.udp("fd00::5:4000", "fd00::1:80"));
        six.send("client", six.udp("fd00::5:4000", "fd00::1:80"));
        six.run();
        assertThat(six.heard()).hasSize(7);
    }

    /** {@code icmp_global_allow}: the whole host, whoever asks, also where peers have no limit. */
    @ParameterizedTest(name = "{0} calls at once, {1} a second, burst {2}: {3} told")
    @CsvSource({"40, 1000, 50, 40", "200, 1000, 50, 50", "200, 1000, 10, 10", "20, 0, 50, 0"})
    void theHostAsAWholeTellsSoMany(int calls, int perSecond, int burst, int told) {
        net.sysctl("r", "net.ipv4.icmp_ratelimit", 0);
        net.sysctl("r", "net.ipv4.icmp_msgs_per_sec", perSecond);
        net.sysctl("r", "net.ipv4.icmp_msgs_burst", burst);
        net.rules("r", new TestRules().reject("10.1.0.5:80", RejectWith.ICMP_PORT_UNREACHABLE));
        net.probe("client", "10.0.0.5:4000");
        burst(calls);
        assertThat(net.heard()).hasSize(told);

        wait(20);
        burst(100);
        assertThat(net.heard()).as("twenty more after 20 ms")
                .hasSize(told + Math.min(burst, (burst - told % burst) % burst
                        + 20 * perSecond / 1000));
    }

    /** {@code ip_error} and {@code icmp_send} take from one bucket; measured: two, then none. */
    @ParameterizedTest(name = "icmp_ratelimit {0}: {1} at once, {2} in 12 s of calls")
    @CsvSource({"1000, 2, 2", "0, 5, 16"})
    void thatThereIsNoRouteIsToldLessOften(int ratelimit, int atOnce, int later) {
        net.sysctl("r", "net.ipv4.icmp_ratelimit", ratelimit);
        net.probe("client", "10.0.0.5:4000");
        unrouted(20);
        assertThat(net.heard()).hasSize(atOnce);

        for (int i = 0; i < 119; i++) {
            wait(100);
            unrouted(1);
        }
        assertThat(net.heard()).hasSize(later);
    }

    private void unrouted(int count) {
        for (int i = 0; i < count; i++) {
            net.send("client", net.udp("10.0.0.5:4000", "10.77.0.1:80"));
        }
        net.run();
    }

    @Test
    void everyPeerHasItsOwnBudgetAndTheHostItselfNeedsNone() {
        net.at("client").addAddress(net.device("client", "eth0"),
                TestNetwork.address("10.0.0.6"), 24);
        net.probe("client", "0.0.0.0:4000");
        net.probe("r", "0.0.0.0:4000");
        net.rules("r", new TestRules().reject("10.1.0.5:80", RejectWith.ICMP_PORT_UNREACHABLE));
        for (int i = 0; i < 10; i++) {
            net.send("client", net.udp("10.0.0.5:4000", "10.1.0.5:80"));
            net.send("client", net.udp("10.0.0.6:4000", "10.1.0.5:80"));
            net.send("r", net.udp("10.1.0.1:4000", "10.1.0.5:80"));
        }
        net.run();

        assertThat(net.heard()).filteredOn(line -> line.contains("10.0.0.5:")).hasSize(6);
        assertThat(net.heard()).filteredOn(line -> line.contains("10.0.0.6:")).hasSize(6);
        assertThat(net.heard()).filteredOn(line -> line.contains("10.1.0.1:")).hasSize(10);
    }

    /** A reset is no ICMP error: nothing limits it. */
    @Test
    void resetsAreNotLimited() {
        net.rules("r", new TestRules().reject("10.1.0.5:80", RejectWith.TCP_RESET));
        for (int i = 0; i < 20; i++) {
            net.call("client", L4Protocol.TCP, "10.1.0.5:80");
        }
        net.run();

        assertThat(net.outcomes()).hasSize(20).allMatch(outcome -> outcome.startsWith("Refused"));
    }

    private void burst(int count) {
        for (int i = 0; i < count; i++) {
            net.send("client", net.udp("10.0.0.5:4000", "10.1.0.5:80"));
        }
        net.run();
    }

    private void wait(int millis) {
        net.simulation.runUntil(net.simulation.nowNanos() + millis * 1_000_000L);
    }
}
