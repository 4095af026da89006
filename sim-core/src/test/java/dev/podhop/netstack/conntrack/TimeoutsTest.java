package dev.podhop.netstack.conntrack;

import static dev.podhop.netstack.nat.Packets.echo;
import static dev.podhop.netstack.nat.Packets.flags;
import static dev.podhop.netstack.nat.Packets.tcp;
import static dev.podhop.netstack.nat.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.podhop.net.L4Protocol;
import dev.podhop.packet.CtState;
import dev.podhop.packet.Packet;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long entries live, and which sysctl says so. */
class TimeoutsTest {

    private static final long SECOND = 1_000_000_000L;
    private static final String CLIENT = "10.0.0.1";
    private static final String SERVER = "10.0.0.2";

    private ConntrackTable ct = new ConntrackTable(ConntrackSettings.DEFAULT_KERNEL);
    private long now;

    /** Kernel default, then what kube-proxy makes of it. */
    @ParameterizedTest
    @CsvSource({
        "aS, SYN_SENT, 120, 120",
        "aS bS., SYN_RECV, 60, 60",
        "aS bS. a., ESTABLISHED, 432000, 86400",
        "aS bS. a. aF., FIN_WAIT, 120, 120",
        "aS bS. a. aF. b., CLOSE_WAIT, 60, 3600",
        "aS bS. a. aF. bF., LAST_ACK, 30, 30",
        "aS bS. a. aF. bF. a., TIME_WAIT, 120, 120",
        "aS bS. a. bR, CLOSE, 10, 10",
        "aS bS, SYN_SENT2, 120, 120",
        "a., ESTABLISHED, 300, 300",
        "a. b., ESTABLISHED, 300, 300",
        "a. b. a., ESTABLISHED, 432000, 86400",
    })
    void tcpStates(String history, TcpState state, long kernel, long kubeProxy) {
        for (ConntrackSettings settings : new ConntrackSettings[] {
            ConntrackSettings.DEFAULT_KERNEL,
            ConntrackSettings.DEFAULT_KERNEL.withKubeProxyDefaults()}) {
            ct = new ConntrackTable(settings);
            now = 7 * SECOND;
            Packet last = null;
            for (String step : history.split(" ")) {
                last = segment(step);
                pass(last);
            }
            long timeout = settings == ConntrackSettings.DEFAULT_KERNEL ? kernel : kubeProxy;
            assertThat(ct.tcpState(last.conntrack)).isEqualTo(state);
            assertThat(ct.expiryNanos(last.conntrack)).isEqualTo(now + timeout * SECOND);
        }
    }

    /** A timeout that is shorter already stays: {@code timeout > tn->timeouts[UNACK]}. */
    @ParameterizedTest
    @CsvSource({"100, 300, 100", "400, 300, 300", "400, 50, 50"})
    void whatWasNeverAcknowledgedEndsSoonerAndNeverLater(long established, long unack, long kept) {
        ct = new ConntrackTable(ConntrackSettings.DEFAULT_KERNEL
                .with(CtTimeout.TCP_ESTABLISHED, established).with(CtTimeout.TCP_UNACK, unack));
        Packet picked = segment("a.");
        pass(picked);

        assertThat(ct.expiryNanos(picked.conntrack)).isEqualTo(now + kept * SECOND);
    }

    @Test
    void retransmittedSynsDoNotKeepAnEntryAlive() {
        for (int second : new int[] {0, 1, 3, 7, 15, 31, 63}) {
            now = second * SECOND;
            pass(segment("aS"));
        }
        now = 120 * SECOND;
        assertThat(ct.list(now)).isEmpty();
    }

    @Test
    void aUdpFlowBecomesAStreamAfterTwoSecondsOfTwoWayTraffic() {
        Packet request = udp(CLIENT, 4000, SERVER, 53);
        Packet reply = udp(SERVER, 53, CLIENT, 4000);
        pass(request);
        expect(request, 30, false);
        now += SECOND;
        pass(reply);
        expect(request, 30, false);
        now += SECOND;
        pass(again(request));
        expect(request, 30, false);
        now += 1;
        pass(again(request));
        expect(request, 120, true);
    }

    @Test
    void aUdpFlowWithoutAnswersIsRefreshedForEver() {
        Packet request = udp(CLIENT, 4000, SERVER, 53);
        for (int i = 0; i < 100; i++) {
            pass(again(request));
            now += 29 * SECOND;
        }
        assertThat(ct.list(now)).singleElement()
                .satisfies(entry -> assertThat(entry.assured()).isFalse());
        now += SECOND;
        assertThat(ct.list(now)).isEmpty();
    }

    @Test
    void pings() {
        Packet four = echo(CLIENT, SERVER, 7, true);
        pass(four);
        expect(four, 30, false);
        Packet six = echo("fd00::1", "fd00::2", 7, true);
        pass(six);
        expect(six, 30, false);
        Packet stray = echo(SERVER, CLIENT, 8, false);
        ct.in(stray, now);
        assertThat(stray.ctState).isEqualTo(CtState.INVALID);
    }

    @Test
    void sctpIsEstablishedByAnAnswer() {
        Packet init = udp(CLIENT, 4000, SERVER, 9);
        init.protocol = L4Protocol.SCTP;
        pass(init);
        expect(init, 3, false);
        assertThat(ct.list(now)).singleElement().hasToString("sctp     132 3 COOKIE_WAIT "
                + "src=10.0.0.1 dst=10.0.0.2 sport=4000 dport=9 [UNREPLIED] "
                + "src=10.0.0.2 dst=10.0.0.1 sport=9 dport=4000 mark=0 use=1");
        Packet answer = udp(SERVER, 9, CLIENT, 4000);
        answer.protocol = L4Protocol.SCTP;
        pass(answer);
        expect(init, 210, true);
    }

    @Test
    void strictTrackingPicksNothingUp() {
        ConntrackSettings strict = ConntrackSettings.DEFAULT_KERNEL
                .withSysctl("net.netfilter.nf_conntrack_tcp_loose", 0).orElseThrow();
        ct.settings(strict);
        Packet middle = segment("a.");
        ct.in(middle, now);
        assertThat(middle.ctState).isEqualTo(CtState.INVALID);
        assertThat(ct.size()).isZero();
        pass(segment("aS"));
        assertThat(ct.size()).isEqualTo(1);
    }

    @Test
    void aNewTimeoutHoldsFromTheNextPacketOn() {
        Packet request = udp(CLIENT, 4000, SERVER, 53);
        pass(request);
        ct.settings(ct.settings().withSysctl("net.netfilter.nf_conntrack_udp_timeout", 5)
                .orElseThrow());
        expect(request, 30, false);
        pass(again(request));
        expect(request, 5, false);
    }

    @Test
    void sysctls() {
        ConntrackSettings settings = ConntrackSettings.DEFAULT_KERNEL;
        for (CtTimeout timeout : CtTimeout.values()) {
            if (!timeout.sysctl().isEmpty()) {
                assertThat(settings.withSysctl(timeout.sysctl(), 77).orElseThrow()
                        .timeoutSeconds()).containsEntry(timeout, 77L);
            }
        }
        assertThat(settings.withSysctl("net.netfilter.nf_conntrack_max", 9).orElseThrow().max())
                .isEqualTo(9);
        assertThat(settings.withSysctl("net.netfilter.nf_conntrack_tcp_be_liberal", 1)
                .orElseThrow().tcpBeLiberal()).isTrue();
        assertThat(settings.withSysctl("net.netfilter.nf_conntrack_acct", 1)).isEmpty();
        assertThat(settings.withSysctl("", 1)).isEmpty();
        assertThat(settings.withKubeProxyDefaults().max()).isEqualTo(131_072);
        assertThatThrownBy(() -> new ConntrackSettings(-1, 1, true, false, Map.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private void expect(Packet packet, long seconds, boolean assured) {
        assertThat(ct.expiryNanos(packet.conntrack)).isEqualTo(now + seconds * SECOND);
        assertThat(ct.status(packet.conntrack, CtStatus.ASSURED)).isEqualTo(assured);
    }

    private static Packet again(Packet packet) {
        packet.scrub();
        return packet;
    }

    private static Packet segment(String step) {
        int flags = flags(step.substring(1));
        return step.charAt(0) == 'a' ? tcp(CLIENT, 4000, SERVER, 80, flags)
                : tcp(SERVER, 80, CLIENT, 4000, flags);
    }

    private void pass(Packet packet) {
        assertThat(ct.in(packet, now)).isTrue();
        assertThat(ct.confirm(packet, now)).isTrue();
    }
}
