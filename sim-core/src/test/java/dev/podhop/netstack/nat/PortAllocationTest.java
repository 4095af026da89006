package dev.podhop.netstack.nat;

import static dev.podhop.netstack.nat.Packets.answer;
import static dev.podhop.netstack.nat.Packets.echo;
import static dev.podhop.netstack.nat.Packets.tcp;
import static dev.podhop.netstack.nat.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.net.L4Protocol;
import dev.podhop.netstack.conntrack.ConntrackSettings;
import dev.podhop.netstack.conntrack.CtStatus;
import dev.podhop.netstack.nat.MiniNode.End;
import dev.podhop.packet.Packet;
import dev.podhop.packet.TcpFlags;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which source port a translated connection gets: nf_nat_l4proto_unique_tuple. */
class PortAllocationTest {

    private static final String NODE = "10.0.0.11";
    private static final String SERVER = "192.0.2.80";

    private final List<Integer> bounds = new ArrayList<>();
    private int draw;

    private MiniNode node(boolean fully) {
        return new MiniNode(ConntrackSettings.DEFAULT_KERNEL).local(NODE)
                .masquerade(NODE, fully, bound -> {
                    bounds.add(bound);
                    return draw;
                });
    }

    @Test
    void thePortIsKeptWhereItIsFree() {
        MiniNode node = node(false);
        assertThat(leaves(node, "10.244.1.5", 40000)).isEqualTo(40000);
        assertThat(bounds).isEmpty();
    }

    /** Two pods with the same port to the same server: the second one's must change. */
    @Test
    void aTakenPortIsReplacedByTheNextFreeOneFromARandomOffset() {
        MiniNode node = node(false);
        draw = 100;
        assertThat(leaves(node, "10.244.1.5", 40000)).isEqualTo(40000);
        assertThat(leaves(node, "10.244.1.6", 40000)).isEqualTo(1024 + 100);
        assertThat(leaves(node, "10.244.1.7", 40000)).isEqualTo(1024 + 101);
        assertThat(bounds).containsExactly(65_536, 65_536);
    }

    @Test
    void answersFindTheirOwn() {
        MiniNode node = node(false);
        draw = 100;
        Packet first = tcp("10.244.1.5", 40000, SERVER, 80, TcpFlags.SYN);
        Packet second = tcp("10.244.1.6", 40000, SERVER, 80, TcpFlags.SYN);
        node.receive(first);
        node.receive(second);
        for (Packet syn : List.of(first, second)) {
            Packet reply = answer(syn, TcpFlags.SYN_ACK);
            node.receive(reply);
            assertThat(MiniNode.text(reply)).isEqualTo(
                    "192.0.2.80:80 > 10.244.1." + (syn == first ? 5 : 6) + ":40000");
        }
    }

    @Test
    void anotherServerIsAnotherTuple() {
        MiniNode node = node(false);
        leaves(node, "10.244.1.5", 40000);
        Packet other = tcp("10.244.1.6", 40000, "192.0.2.81", 80, TcpFlags.SYN);
        node.receive(other);
        assertThat(other.sourcePort).isEqualTo(40000);
    }

    @Test
    void randomFullyDoesNotTryToKeepIt() {
        MiniNode node = node(true);
        draw = 5;
        assertThat(leaves(node, "10.244.1.5", 40000)).isEqualTo(1029);
        assertThat(leaves(node, "10.244.1.5", 40001)).isEqualTo(1030);
    }

    /** Ports below 512 stay there, below 1024 move to 600 and up: a convention of old. */
    @ParameterizedTest
    @CsvSource({"1, 1, 511", "511, 1, 511", "512, 600, 1023", "1023, 600, 1023",
        "1024, 1024, 65535", "65535, 1024, 65535"})
    void portClasses(int port, int lowest, int highest) {
        for (int offset : new int[] {0, highest - lowest, highest - lowest + 1, 65_535}) {
            draw = offset;
            int leaving = leaves(node(true), "10.244.1.5", port);
            assertThat(leaving).isEqualTo(lowest + offset % (highest - lowest + 1));
        }
    }

    /** 511 ports below 512: the 128 after the offset, then fewer and fewer after new ones. */
    @Test
    void theSearchGivesUpAfterEverNarrowerRounds() {
        MiniNode node = node(false);
        int admitted = 0;
        End end = End.FORWARDED;
        for (int pod = 0; end == End.FORWARDED; pod++) {
            bounds.clear();
            end = node.receive(udp("10.244.1." + pod, 53, SERVER, 53));
            admitted += end == End.FORWARDED ? 1 : 0;
        }
        assertThat(end).isEqualTo(End.NO_FREE_PORT);
        assertThat(bounds).as("128, 64, 32, 16, 8").hasSize(5);
        // 53 was kept once; the same offset each time leaves the 128 from 1 on
        assertThat(admitted).isEqualTo(128);
        assertThat(node.ct.size()).isEqualTo(128);
    }

    @Test
    void aConnectionInTimeWaitGivesUpItsPortAtTheEndOfARound() {
        MiniNode node = node(true);
        List<Packet> syns = new ArrayList<>();
        for (int port = 0; port < 128; port++) {
            Packet syn = tcp("10.244.1.5", 50_000 + port, SERVER, 80, TcpFlags.SYN);
            node.receive(syn);
            syns.add(syn);
        }
        Packet blocked = tcp("10.244.1.6", 1, SERVER, 80, TcpFlags.SYN);
        blocked.sourcePort = 50_000;
        assertThat(node.receive(blocked)).isEqualTo(End.NO_FREE_PORT);

        // The 100th of the 128 closes: it is among the last 32 of the first round.
        close(node, syns.get(99), 50_099);
        close(node, syns.get(3), 50_003);
        Packet lucky = tcp("10.244.1.6", 50_000, SERVER, 80, TcpFlags.SYN);
        assertThat(node.receive(lucky)).isEqualTo(End.FORWARDED);
        assertThat(lucky.sourcePort).isEqualTo(1024 + 99);
        assertThat(node.ct.size()).isEqualTo(128);
    }

    /** Nobody translated it, and still: answers to the node's own port would be ambiguous. */
    @Test
    void aNullBindingChangesThePortToo() {
        MiniNode node = node(false);
        draw = 9;
        leaves(node, "10.244.1.5", 40000);
        Packet own = tcp(NODE, 40000, SERVER, 80, TcpFlags.SYN);
        assertThat(node.send(own)).isEqualTo(End.SENT);
        assertThat(MiniNode.text(own)).isEqualTo("10.0.0.11:1033 > 192.0.2.80:80");
        assertThat(node.ct.status(own.conntrack, CtStatus.SRC_NAT)).isTrue();
    }

    /** Two load balancers' addresses lead to one pod: the reply tuples would be one. */
    @Test
    void oneClientPortThroughTwoServicesToOnePod() {
        MiniNode node = new MiniNode(ConntrackSettings.DEFAULT_KERNEL)
                .dnat(L4Protocol.TCP, "10.96.0.10", 80, "10.244.2.23", 8080)
                .dnat(L4Protocol.TCP, "10.96.0.11", 80, "10.244.2.23", 8080);
        Packet first = tcp("10.244.1.5", 40000, "10.96.0.10", 80, TcpFlags.SYN);
        Packet second = tcp("10.244.1.5", 40000, "10.96.0.11", 80, TcpFlags.SYN);
        node.receive(first);
        node.receive(second);
        assertThat(MiniNode.text(first)).isEqualTo("10.244.1.5:40000 > 10.244.2.23:8080");
        assertThat(MiniNode.text(second)).isEqualTo("10.244.1.5:1024 > 10.244.2.23:8080");
        Packet reply = answer(second, TcpFlags.SYN_ACK);
        node.receive(reply);
        assertThat(MiniNode.text(reply)).isEqualTo("10.96.0.11:80 > 10.244.1.5:40000");
    }

    @Test
    void pingsHaveIdsForPorts() {
        MiniNode node = node(false);
        draw = 65_535;
        Packet first = echo("10.244.1.5", SERVER, 7, true);
        Packet second = echo("10.244.1.6", SERVER, 7, true);
        node.receive(first);
        node.receive(second);
        assertThat(first.sourcePort).isEqualTo(7);
        assertThat(second.sourcePort).isEqualTo(65_535);
        Packet reply = answer(second, 0);
        node.receive(reply);
        assertThat(MiniNode.text(reply)).isEqualTo("192.0.2.80:7 > 10.244.1.6:0");
        Packet again = echo("10.244.1.6", SERVER, 7, true);
        node.receive(again);
        assertThat(MiniNode.text(again)).isEqualTo("10.0.0.11:65535 > 192.0.2.80:0");
    }

    private static void close(MiniNode node, Packet syn, int port) {
        node.receive(answer(syn, TcpFlags.SYN_ACK));
        node.receive(tcp("10.244.1.5", port, SERVER, 80, TcpFlags.ACK));
        node.receive(tcp("10.244.1.5", port, SERVER, 80, TcpFlags.FIN_ACK));
        node.receive(answer(syn, TcpFlags.FIN_ACK));
        node.receive(tcp("10.244.1.5", port, SERVER, 80, TcpFlags.ACK));
    }

    private static int leaves(MiniNode node, String pod, int port) {
        Packet syn = tcp(pod, port, SERVER, 80, TcpFlags.SYN);
        assertThat(node.receive(syn)).isEqualTo(End.FORWARDED);
        assertThat(syn.source).hasToString(NODE);
        return syn.sourcePort;
    }
}
