package dev.podhop.netstack.conntrack;

import static dev.podhop.netstack.nat.Packets.answer;
import static dev.podhop.netstack.nat.Packets.echo;
import static dev.podhop.netstack.nat.Packets.onward;
import static dev.podhop.netstack.nat.Packets.tcp;
import static dev.podhop.netstack.nat.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.podhop.net.Direction;
import dev.podhop.net.IpAddress;
import dev.podhop.packet.CtState;
import dev.podhop.packet.Packet;
import dev.podhop.packet.TcpFlags;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The life of an entry, without NAT. */
class ConntrackTableTest {

    private static final long SECOND = 1_000_000_000L;

    private final ConntrackTable ct = new ConntrackTable(ConntrackSettings.DEFAULT_KERNEL);
    private long now;

    @Test
    void anEntryIsVisibleOnlyOnceConfirmed() {
        Packet first = udp("10.0.0.1", 1000, "10.0.0.2", 53);
        ct.in(first, now);
        assertThat(first.ctState).isEqualTo(CtState.NEW);
        assertThat(ct.isConfirmed(first.conntrack)).isFalse();
        assertThat(ct.list(now)).isEmpty();
        assertThat(ct.size()).isEqualTo(1);

        Packet early = answer(first, 0);
        ct.in(early, now);
        assertThat(early.ctState).isEqualTo(CtState.NEW);
        ct.discardUnconfirmed(early);

        ct.confirm(first, now);
        Packet reply = answer(first, 0);
        ct.in(reply, now);
        assertThat(reply.ctState).isEqualTo(CtState.ESTABLISHED);
        assertThat(reply.ctDirection).isEqualTo(Direction.REPLY);
        assertThat(reply.conntrack).isEqualTo(first.conntrack);
        assertThat(ct.list(now)).hasSize(1);
    }

    @Test
    void aDroppedFirstPacketLeavesNothing() {
        Packet first = tcp("10.0.0.1", 1000, "10.0.0.2", 80, TcpFlags.SYN);
        ct.in(first, now);
        ct.discardUnconfirmed(first);
        assertThat(first.conntrack).isEqualTo(Packet.NO_CONNTRACK);
        assertThat(ct.size()).isZero();

        Packet kept = tcp("10.0.0.1", 1000, "10.0.0.2", 80, TcpFlags.SYN);
        pass(kept);
        ct.discardUnconfirmed(kept);
        assertThat(ct.size()).isEqualTo(1);
        assertThat(kept.conntrack).isNotEqualTo(Packet.NO_CONNTRACK);
    }

    @Test
    void aFloodedCopySharesTheEntryOfItsOriginal() {
        Packet original = udp("10.0.0.1", 1000, "10.0.0.2", 53);
        ct.in(original, now);
        Packet copy = udp("10.0.0.1", 1000, "10.0.0.2", 53);
        copy.conntrack = original.conntrack;
        copy.ctState = original.ctState;

        ct.discardUnconfirmed(original);
        assertThat(ct.size()).isZero();
        assertThat(ct.confirm(copy, now)).isTrue();
        assertThat(ct.size()).isEqualTo(1);
        now += 20 * SECOND;
        pass(udp("10.0.0.9", 9, "10.0.0.8", 8));
        assertThat(ct.list(now)).hasSize(2);
    }

    @Test
    void anIcmpErrorAttachedToARejectedPacketKeepsItsEntryReadable() {
        Packet rejected = tcp("10.0.0.1", 1000, "10.0.0.2", 80, TcpFlags.SYN);
        ct.in(rejected, now);
        Packet error = echo("10.0.0.2", "10.0.0.1", 0, true);
        ct.attach(error, rejected);
        ct.discardUnconfirmed(rejected);
        pass(udp("10.0.0.9", 9, "10.0.0.8", 8));

        assertThat(error.ctState).isEqualTo(CtState.RELATED);
        assertThat(error.ctDirection).isEqualTo(Direction.REPLY);
        assertThat(ct.source(error.conntrack, Direction.ORIGINAL)).hasToString("10.0.0.1");
        assertThat(ct.confirm(error, now)).isTrue();
        assertThat(ct.list(now)).hasSize(1);
    }

    @Test
    void expiredEntriesAreNeverSeen() {
        Packet first = udp("10.0.0.1", 1000, "10.0.0.2", 53);
        pass(first);
        now += 30 * SECOND - 1;
        assertThat(ct.list(now)).hasSize(1);
        now += 1;
        assertThat(ct.list(now)).isEmpty();
        assertThat(ct.find(ct.tuple(first.conntrack, Direction.ORIGINAL), now)).isZero();

        Packet late = answer(first, 0);
        ct.in(late, now);
        assertThat(late.ctState).isEqualTo(CtState.NEW);
        assertThat(late.ctDirection).isEqualTo(Direction.ORIGINAL);
        assertThat(ct.isCurrent(first.conntrack)).isFalse();
    }

    @Test
    void anUnconfirmedEntrysClockStartsAtConfirmation() {
        Packet first = udp("10.0.0.1", 1000, "10.0.0.2", 53);
        ct.in(first, now);
        assertThat(ct.expiryNanos(first.conntrack)).isEqualTo(30 * SECOND);
        now += 5 * SECOND;
        ct.confirm(first, now);
        assertThat(ct.expiryNanos(first.conntrack)).isEqualTo(35 * SECOND);
    }

    @Test
    void aRefusedConnectionsEntryDiesWithTheResetThatStillReadsIt() {
        Packet syn = tcp("10.0.0.1", 1000, "10.0.0.2", 80, TcpFlags.SYN);
        pass(syn);
        Packet reset = answer(syn, TcpFlags.RST_ACK);
        ct.in(reset, now);
        assertThat(reset.ctState).isEqualTo(CtState.ESTABLISHED);
        assertThat(ct.size()).isZero();
        assertThat(ct.status(reset.conntrack, CtStatus.DYING)).isTrue();
        assertThat(ct.source(reset.conntrack, Direction.ORIGINAL)).hasToString("10.0.0.1");

        now += 6 * SECOND;
        pass(udp("10.0.0.9", 9, "10.0.0.8", 8));
        assertThat(ct.isCurrent(reset.conntrack)).isFalse();
        assertThatThrownBy(() -> ct.source(reset.conntrack, Direction.ORIGINAL))
                .isInstanceOf(IllegalStateException.class).hasMessageContaining("stale");
    }

    @Test
    void aPacketThatComesBackOverLoopbackKeepsItsEntry() {
        Packet first = tcp("127.0.0.1", 1000, "127.0.0.1", 80, TcpFlags.SYN);
        pass(first);
        long handle = first.conntrack;
        assertThat(ct.in(first, now)).isTrue();
        assertThat(first.conntrack).isEqualTo(handle);
        assertThat(first.ctState).isEqualTo(CtState.NEW);
        assertThat(ct.confirm(first, now)).isTrue();
    }

    /** Seen on Linux 6.18: a datagram to oneself counts as its own answer from the second on. */
    @Test
    void aSocketThatTalksToItselfAnswersItself() {
        Packet first = udp("127.0.0.1", 5000, "127.0.0.1", 5000);
        pass(first);
        assertThat(first.ctState).isEqualTo(CtState.NEW);
        Packet second = udp("127.0.0.1", 5000, "127.0.0.1", 5000);
        pass(second);
        assertThat(second.ctDirection).isEqualTo(Direction.REPLY);
        assertThat(ct.list(now)).singleElement()
                .satisfies(entry -> assertThat(entry.seenReply()).isTrue());
        assertThat(ct.deleteIf(entry -> true, now)).isEqualTo(1);
        assertThat(ct.find(ct.tuple(first.conntrack, Direction.ORIGINAL), now)).isZero();
    }

    @Test
    void bothFamiliesInOneTable() {
        Packet six = tcp("fd00::1", 1000, "fd00::2", 80, TcpFlags.SYN);
        pass(six);
        // the same 64 low bits, and the same ports
        Packet four = tcp("0.0.0.1", 1000, "0.0.0.2", 80, TcpFlags.SYN);
        pass(four);
        Packet mapped = tcp("::1", 1000, "::2", 80, TcpFlags.SYN);
        pass(mapped);
        assertThat(List.of(six.conntrack, four.conntrack, mapped.conntrack))
                .doesNotHaveDuplicates();
        Packet reply = answer(six, TcpFlags.SYN_ACK);
        ct.in(reply, now);
        assertThat(reply.conntrack).isEqualTo(six.conntrack);
        assertThat(ct.tcpState(six.conntrack)).isEqualTo(TcpState.SYN_RECV);
        assertThat(ct.list(now).getLast())
                .hasToString("tcp      6 60 SYN_RECV src=fd00::1 dst=fd00::2 sport=1000 dport=80 "
                        + "src=fd00::2 dst=fd00::1 sport=80 dport=1000 mark=0 use=1");
    }

    @Test
    void linesOfConntrackL() {
        pass(udp("10.0.0.1", 1000, "10.0.0.2", 53));
        pass(echo("10.0.0.1", "10.0.0.2", 77, true));
        pass(echo("fd00::1", "fd00::2", 78, true));
        Packet marked = tcp("10.0.0.3", 1, "10.0.0.2", 80, TcpFlags.SYN);
        pass(marked);
        ct.mark(marked.conntrack, 16);
        now += SECOND / 2;
        assertThat(ct.list(now)).extracting(ConntrackEntry::toString).containsExactly(
                "tcp      6 119 SYN_SENT src=10.0.0.3 dst=10.0.0.2 sport=1 dport=80 [UNREPLIED] "
                        + "src=10.0.0.2 dst=10.0.0.3 sport=80 dport=1 mark=16 use=1",
                "udp      17 29 src=10.0.0.1 dst=10.0.0.2 sport=1000 dport=53 [UNREPLIED] "
                        + "src=10.0.0.2 dst=10.0.0.1 sport=53 dport=1000 mark=0 use=1",
                "icmp     1 29 src=10.0.0.1 dst=10.0.0.2 type=8 code=0 id=77 [UNREPLIED] "
                        + "src=10.0.0.2 dst=10.0.0.1 type=0 code=0 id=77 mark=0 use=1",
                "icmpv6   58 29 src=fd00::1 dst=fd00::2 type=128 code=0 id=78 [UNREPLIED] "
                        + "src=fd00::2 dst=fd00::1 type=129 code=0 id=78 mark=0 use=1");
    }

    @Test
    void theListenerHearsWhatConntrackEWouldPrint() {
        List<String> heard = new ArrayList<>();
        ct.listener((time, change, entry) -> heard.add(time / SECOND + " " + change + " "
                + entry.protocol() + " " + entry.state() + " " + entry.seenReply()));
        Packet syn = tcp("10.0.0.1", 1000, "10.0.0.2", 80, TcpFlags.SYN);
        pass(syn);
        pass(tcp("10.0.0.1", 1000, "10.0.0.2", 80, TcpFlags.SYN));
        pass(answer(syn, TcpFlags.SYN_ACK));
        pass(udp("10.0.0.1", 1000, "10.0.0.2", 53));
        now += 45 * SECOND;
        pass(udp("10.0.0.1", 1000, "10.0.0.2", 53));
        ct.deleteIf(entry -> entry.protocol().name().equals("TCP"), now);
        assertThat(heard).containsExactly("0 NEW TCP SYN_SENT false",
                "0 UPDATE TCP SYN_RECV true", "0 NEW UDP  false", "30 DESTROY UDP  false",
                "45 NEW UDP  false", "45 DESTROY TCP SYN_RECV true");
    }

    @Test
    void deletingByFilterAsKubeProxyDoes() {
        pass(udp("10.0.0.1", 1000, "10.96.0.10", 53));
        pass(udp("10.0.0.2", 1000, "10.96.0.10", 53));
        pass(udp("10.0.0.2", 1000, "10.96.0.11", 53));
        IpAddress gone = IpAddress.of("10.96.0.10");
        assertThat(ct.deleteIf(entry -> entry.original().destination().equals(gone), now))
                .isEqualTo(2);
        assertThat(ct.list(now)).singleElement().extracting(e -> e.original().destination())
                .hasToString("10.96.0.11");
        assertThat(ct.size()).isEqualTo(1);
    }

    @Test
    void aHintOnlySavesTheSearch() {
        Packet syn = tcp("10.0.0.1", 1000, "10.0.0.2", 80, TcpFlags.SYN);
        pass(syn);
        Packet other = tcp("10.0.0.1", 1001, "10.0.0.2", 80, TcpFlags.SYN);
        pass(other);
        for (long hint : new long[] {syn.conntrack, other.conntrack, 0, 1, -1, 99L << 32}) {
            Packet reply = answer(syn, TcpFlags.SYN_ACK);
            ct.in(reply, hint, now);
            assertThat(reply.conntrack).isEqualTo(syn.conntrack);
            assertThat(reply.ctDirection).isEqualTo(Direction.REPLY);
        }
        now += 61 * SECOND;
        Packet late = answer(syn, TcpFlags.SYN_ACK);
        ct.in(late, syn.conntrack, now);
        assertThat(late.ctState).isEqualTo(CtState.INVALID);
    }

    @Test
    void aNextHopCanBePinned() {
        Packet syn = tcp("203.0.113.2", 1000, "198.51.100.7", 80, TcpFlags.SYN);
        ct.in(syn, now);
        assertThat(ct.via(syn.conntrack)).isNull();
        ct.via(syn.conntrack, IpAddress.of("10.0.0.11"));
        ct.confirm(syn, now);
        Packet again = tcp("203.0.113.2", 1000, "198.51.100.7", 80, TcpFlags.SYN);
        ct.in(again, now);
        assertThat(ct.via(again.conntrack)).hasToString("10.0.0.11");
        for (int i = 0; i < 100; i++) {
            Packet more = tcp("203.0.113.2", 2000 + i, "198.51.100.7", 80, TcpFlags.SYN);
            pass(more);
            assertThat(ct.via(more.conntrack)).isNull();
        }
        assertThat(ct.via(again.conntrack)).hasToString("10.0.0.11");
    }

    @Test
    void clearForgetsEverything() {
        Packet syn = tcp("10.0.0.1", 1000, "10.0.0.2", 80, TcpFlags.SYN);
        pass(syn);
        ct.clear();
        assertThat(ct.size()).isZero();
        assertThat(ct.isCurrent(syn.conntrack)).isFalse();
        pass(onward(syn));
        assertThat(ct.list(now)).hasSize(1);
    }

    @Test
    void theReplyTupleOfAConfirmedEntryIsFixed() {
        Packet syn = tcp("10.0.0.1", 1000, "10.0.0.2", 80, TcpFlags.SYN);
        pass(syn);
        assertThatThrownBy(() -> ct.alterReply(syn.conntrack, syn.source, 1, syn.destination, 2))
                .isInstanceOf(IllegalStateException.class);
    }

    private void pass(Packet packet) {
        assertThat(ct.in(packet, now)).isTrue();
        assertThat(ct.confirm(packet, now)).isTrue();
    }
}
