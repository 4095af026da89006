package dev.podhop.netstack.conntrack;

import static dev.podhop.netstack.nat.Packets.answer;
import static dev.podhop.netstack.nat.Packets.tcp;
import static dev.podhop.netstack.nat.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.packet.Packet;
import dev.podhop.packet.TcpFlags;
import org.junit.jupiter.api.Test;

/** nf_conntrack: table full, dropping packet. */
class TableFullTest {

    private static final long SECOND = 1_000_000_000L;
    private static final int MAX = 1_000;

    private final ConntrackTable ct =
            new ConntrackTable(ConntrackSettings.DEFAULT_KERNEL.withMax(MAX));
    private long now;

    /** As many buckets as entries, the kernel's own proportion. */
    private void proportionalBuckets() {
        ct.settings(ct.settings().withSysctl("net.netfilter.nf_conntrack_buckets", MAX)
                .orElseThrow());
    }

    @Test
    void establishedConnectionsAreKeptAndNewOnesDropped() {
        for (int port = 0; port < MAX; port++) {
            establish(port);
        }
        Packet syn = syn(60_000);
        assertThat(ct.in(syn, now)).isFalse();
        assertThat(syn.conntrack).isEqualTo(Packet.NO_CONNTRACK);
        assertThat(ct.size()).isEqualTo(MAX);
        Packet known = tcp("10.0.0.1", 7, "10.0.0.2", 80, TcpFlags.ACK);
        assertThat(ct.in(known, now)).isTrue();
        assertThat(known.conntrack).isNotZero();
    }

    @Test
    void entriesThatAreNotAssuredGiveWay() {
        proportionalBuckets();
        for (int port = 0; port < MAX; port++) {
            pass(syn(port));
        }
        int admitted = 0;
        for (int port = 0; port < 1_000; port++) {
            Packet syn = syn(30_000 + port);
            if (ct.in(syn, now)) {
                ct.confirm(syn, now);
                admitted++;
            }
            assertThat(ct.size()).isLessThanOrEqualTo(MAX);
        }
        // early_drop looks at eight buckets' worth: about sixteen tuples, so nearly always succeeds
        assertThat(admitted).isGreaterThan(990);
    }

    /** Eight of 262144 buckets hold next to nothing of a thousand entries. */
    @Test
    void inATableFarSmallerThanItsHashEarlyDropFindsNoVictim() {
        for (int port = 0; port < MAX; port++) {
            pass(syn(port));
        }
        int admitted = 0;
        for (int port = 0; port < 1_000; port++) {
            admitted += ct.in(syn(30_000 + port), now) ? 1 : 0;
        }
        // 2000 tuples in 262144 buckets: a walk along eight meets one in 6 of 100 cases
        assertThat(admitted).isBetween(30, 90);
    }

    @Test
    void expiredEntriesOccupyTheTableUntilTheSweep() {
        for (int port = 0; port < MAX; port++) {
            pass(syn(port));
            pass(answer(syn(port), TcpFlags.SYN_ACK));
            pass(tcp("10.0.0.1", port, "10.0.0.2", 80, TcpFlags.ACK));
            pass(tcp("10.0.0.1", port, "10.0.0.2", 80, TcpFlags.RST_ACK));
        }
        now = 11 * SECOND;
        assertThat(ct.list(now)).isEmpty();
        assertThat(ct.size()).isEqualTo(MAX);
        now = 61 * SECOND;
        pass(syn(60_000));
        assertThat(ct.size()).isEqualTo(1);
    }

    @Test
    void afterATableWasFullTheSweepAlsoTakesClosingConnections() {
        for (int port = 0; port < MAX; port++) {
            establish(port);
            if (port % 2 == 0) {
                pass(tcp("10.0.0.1", port, "10.0.0.2", 80, TcpFlags.FIN_ACK));
            }
        }
        now = 50 * SECOND;
        ct.sweep(now);
        assertThat(ct.size()).as("no pressure, no eviction").isEqualTo(MAX);
        assertThat(ct.in(syn(60_000), now)).isFalse();
        ct.sweep(now);
        assertThat(ct.size()).as("below 95 %").isEqualTo(MAX / 100 * 95 - 1);
        assertThat(ct.list(now)).filteredOn(entry -> entry.state().equals("ESTABLISHED"))
                .hasSize(MAX / 2);
    }

    /** TIME_WAIT lasts 120 s: 131072 entries are used up at 1092 connections a second. */
    @Test
    void shortConnectionsFillTheTableOfANode() {
        ConntrackTable node = new ConntrackTable(
                ConntrackSettings.DEFAULT_KERNEL.withKubeProxyDefaults());
        assertThat(dropped(node, 700)).isZero();
        node.clear();
        assertThat(dropped(node, 1_600)).isGreaterThan(10_000);
    }

    /** Short connections at this rate for three minutes: how many are dropped. */
    private static int dropped(ConntrackTable ct, int perSecond) {
        int dropped = 0;
        long gap = SECOND / perSecond;
        for (int i = 0; i < 180 * perSecond; i++) {
            long now = i * gap;
            String client = "10." + (i >> 22) + "." + (i >> 14 & 0xff) + ".1";
            int port = i & 0x3fff;
            Packet syn = tcp(client, port, "10.0.0.2", 80, TcpFlags.SYN);
            if (!ct.in(syn, now)) {
                dropped++;
                continue;
            }
            ct.confirm(syn, now);
            ct.in(answer(syn, TcpFlags.SYN_ACK), now);
            ct.in(tcp(client, port, "10.0.0.2", 80, TcpFlags.ACK), now);
            ct.in(tcp(client, port, "10.0.0.2", 80, TcpFlags.FIN_ACK), now);
            ct.in(answer(syn, TcpFlags.FIN_ACK), now);
            ct.in(tcp(client, port, "10.0.0.2", 80, TcpFlags.ACK), now);
        }
        return dropped;
    }

    @Test
    void unconfirmedEntriesCount() {
        ConntrackTable tiny = new ConntrackTable(ConntrackSettings.DEFAULT_KERNEL.withMax(1));
        Packet first = udp("10.0.0.1", 1, "10.0.0.2", 53);
        assertThat(tiny.in(first, now)).isTrue();
        assertThat(tiny.in(udp("10.0.0.1", 2, "10.0.0.2", 53), now)).isFalse();
        tiny.discardUnconfirmed(first);
        assertThat(tiny.in(udp("10.0.0.1", 2, "10.0.0.2", 53), now)).isTrue();
    }

    private void establish(int port) {
        pass(syn(port));
        pass(answer(syn(port), TcpFlags.SYN_ACK));
        pass(tcp("10.0.0.1", port, "10.0.0.2", 80, TcpFlags.ACK));
    }

    private static Packet syn(int port) {
        return tcp("10.0.0.1", port, "10.0.0.2", 80, TcpFlags.SYN);
    }

    private void pass(Packet packet) {
        assertThat(ct.in(packet, now)).isTrue();
        assertThat(ct.confirm(packet, now)).isTrue();
    }
}
