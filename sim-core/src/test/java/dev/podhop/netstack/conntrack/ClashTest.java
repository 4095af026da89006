package dev.podhop.netstack.conntrack;

import static dev.podhop.netstack.nat.Packets.tcp;
import static dev.podhop.netstack.nat.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.net.Direction;
import dev.podhop.net.IpAddress;
import dev.podhop.packet.CtState;
import dev.podhop.packet.Packet;
import dev.podhop.packet.TcpFlags;
import org.junit.jupiter.api.Test;

/** Two first packets of one flow are on their way at once: nf_ct_resolve_clash. */
class ClashTest {

    private static final long SECOND = 1_000_000_000L;

    private final ConntrackTable ct = new ConntrackTable(ConntrackSettings.DEFAULT_KERNEL);

    @Test
    void tcpLosesTheSecondPacket() {
        Packet first = tcp("10.0.0.1", 1000, "10.0.0.2", 80, TcpFlags.SYN);
        Packet second = tcp("10.0.0.1", 1000, "10.0.0.2", 80, TcpFlags.SYN);
        ct.in(first, 0);
        ct.in(second, 0);
        assertThat(ct.confirm(first, 0)).isTrue();
        assertThat(ct.confirm(second, 0)).isFalse();
        ct.discardUnconfirmed(second);
        assertThat(ct.size()).isEqualTo(1);
    }

    @Test
    void udpGoesOverToTheWinnersEntry() {
        Packet first = udp("10.0.0.1", 1000, "10.0.0.2", 53);
        Packet second = udp("10.0.0.1", 1000, "10.0.0.2", 53);
        ct.in(first, 0);
        ct.in(second, 0);
        ct.confirm(first, 0);
        assertThat(ct.confirm(second, 0)).isTrue();
        assertThat(second.conntrack).isEqualTo(first.conntrack);
        assertThat(ct.size()).isEqualTo(1);
    }

    /** A and AAAA from one socket, sent to two endpoints: both answers must find their way. */
    @Test
    void udpWithTwoTranslationsKeepsBothForASecond() {
        Packet a = dnat("10.244.1.5", "10.244.0.2");
        Packet aaaa = dnat("10.244.1.5", "10.244.0.3");
        assertThat(ct.confirm(a, 0)).isTrue();
        assertThat(ct.confirm(aaaa, 0)).isTrue();
        assertThat(aaaa.conntrack).isNotEqualTo(a.conntrack);
        assertThat(ct.list(0)).as("conntrack -L hides the loser").hasSize(1);

        Packet query = udp("10.244.1.5", 1000, "10.96.0.10", 53);
        ct.in(query, 0);
        assertThat(query.conntrack).isEqualTo(a.conntrack);
        Packet answer = udp("10.244.0.3", 53, "10.244.1.5", 1000);
        ct.in(answer, SECOND / 2);
        assertThat(answer.conntrack).isEqualTo(aaaa.conntrack);
        assertThat(answer.ctState).isEqualTo(CtState.ESTABLISHED);

        Packet late = udp("10.244.0.3", 53, "10.244.1.5", 1000);
        ct.in(late, SECOND);
        assertThat(late.ctState).as("its timeout is fixed").isEqualTo(CtState.NEW);
        ct.discardUnconfirmed(late);
        assertThat(ct.size()).isEqualTo(1);
    }

    /** The reply tuple must be unique whatever the protocol. */
    @Test
    void udpWithTheSameReplyTupleIsDropped() {
        Packet one = dnat("10.244.1.5", "10.244.0.2");
        Packet other = udp("10.244.1.5", 1000, "10.96.0.99", 53);
        ct.in(other, 0);
        ct.alterReply(other.conntrack, IpAddress.of("10.244.0.2"), 53, other.source, 1000);
        ct.setStatus(other.conntrack, CtStatus.DST_NAT | CtStatus.NAT_DONE_MASK);
        assertThat(ct.confirm(one, 0)).isTrue();
        assertThat(ct.confirm(other, 0)).isFalse();
    }

    private Packet dnat(String client, String endpoint) {
        Packet packet = udp(client, 1000, "10.96.0.10", 53);
        ct.in(packet, 0);
        ct.alterReply(packet.conntrack, IpAddress.of(endpoint), 53,
                ct.source(packet.conntrack, Direction.ORIGINAL), 1000);
        ct.setStatus(packet.conntrack, CtStatus.DST_NAT | CtStatus.NAT_DONE_MASK);
        return packet;
    }
}
