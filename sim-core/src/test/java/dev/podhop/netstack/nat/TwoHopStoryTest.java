package dev.podhop.netstack.nat;

import static dev.podhop.netstack.nat.Packets.answer;
import static dev.podhop.netstack.nat.Packets.error;
import static dev.podhop.netstack.nat.Packets.onward;
import static dev.podhop.netstack.nat.Packets.quote;
import static dev.podhop.netstack.nat.Packets.tcp;
import static dev.podhop.netstack.nat.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.net.L4Protocol;
import dev.podhop.netstack.conntrack.ConntrackSettings;
import dev.podhop.netstack.conntrack.CtStatus;
import dev.podhop.netstack.nat.MiniNode.End;
import dev.podhop.packet.CtState;
import dev.podhop.packet.IcmpKind;
import dev.podhop.packet.Packet;
import dev.podhop.packet.TcpFlags;
import org.junit.jupiter.api.Test;

/**
 * A client outside calls a node port: node 1 sends it to a pod of node 2 and masquerades; node 2
 * only tracks. Each header is checked after PREROUTING and after POSTROUTING.
 */
class TwoHopStoryTest {

    private static final String CLIENT = "203.0.113.2";
    private static final String NODE = "10.0.0.11";
    private static final String POD = "10.244.2.23";

    private final MiniNode node1 = new MiniNode(ConntrackSettings.DEFAULT_KERNEL).local(NODE)
            .dnat(L4Protocol.TCP, NODE, 30080, POD, 8080)
            .dnat(L4Protocol.UDP, NODE, 30053, POD, 5353)
            .masquerade(NODE, false, bound -> 0);
    private final MiniNode node2 = new MiniNode(ConntrackSettings.DEFAULT_KERNEL);

    @Test
    void aConnectionThereAndBack() {
        Packet syn = tcp(CLIENT, 40000, NODE, 30080, TcpFlags.SYN);
        visit(node1, syn, "203.0.113.2:40000 > 10.244.2.23:8080",
                "10.0.0.11:40000 > 10.244.2.23:8080", CtState.NEW);
        assertThat(node1.entry(syn)).isEqualTo("tcp 203.0.113.2:40000 > 10.0.0.11:30080 | "
                + "tcp 10.244.2.23:8080 > 10.0.0.11:40000");
        assertThat(node1.ct.status(syn.conntrack, CtStatus.SRC_NAT)).isTrue();
        assertThat(node1.ct.status(syn.conntrack, CtStatus.DST_NAT)).isTrue();

        visit(node2, onward(syn), "10.0.0.11:40000 > 10.244.2.23:8080",
                "10.0.0.11:40000 > 10.244.2.23:8080", CtState.NEW);
        assertThat(node2.ct.status(syn.conntrack, CtStatus.NAT_MASK)).isFalse();
        assertThat(node2.ct.status(syn.conntrack, CtStatus.SRC_NAT_DONE)).isTrue();

        Packet synAck = answer(syn, TcpFlags.SYN_ACK);
        visit(node2, synAck, "10.244.2.23:8080 > 10.0.0.11:40000",
                "10.244.2.23:8080 > 10.0.0.11:40000", CtState.ESTABLISHED);
        visit(node1, onward(synAck), "10.244.2.23:8080 > 203.0.113.2:40000",
                "10.0.0.11:30080 > 203.0.113.2:40000", CtState.ESTABLISHED);

        visit(node1, tcp(CLIENT, 40000, NODE, 30080, TcpFlags.ACK),
                "203.0.113.2:40000 > 10.244.2.23:8080", "10.0.0.11:40000 > 10.244.2.23:8080",
                CtState.ESTABLISHED);
    }

    /** The reset deletes node 1's entry, and is still translated by it. */
    @Test
    void aClosedPortsReset() {
        Packet syn = tcp(CLIENT, 40000, NODE, 30080, TcpFlags.SYN);
        node1.receive(syn);
        Packet reset = answer(syn, TcpFlags.RST_ACK);
        visit(node1, reset, "10.244.2.23:8080 > 203.0.113.2:40000",
                "10.0.0.11:30080 > 203.0.113.2:40000", CtState.ESTABLISHED);
        assertThat(node1.ct.size()).isZero();
        assertThat(node1.ct.list(0)).isEmpty();

        Packet second = answer(onward(syn), TcpFlags.RST_ACK);
        node1.receive(second);
        assertThat(second.ctState).isEqualTo(CtState.INVALID);
        assertThat(MiniNode.text(second)).isEqualTo("10.244.2.23:8080 > 10.0.0.11:40000");
    }

    @Test
    void aRefusedDatagramsErrorIsTranslatedInsideAndOut() {
        Packet query = udp(CLIENT, 40000, NODE, 30053);
        node1.receive(query);
        assertThat(MiniNode.text(query)).isEqualTo("10.0.0.11:40000 > 10.244.2.23:5353");
        Packet refusal = error(POD, NODE, IcmpKind.PORT_UNREACHABLE, query);
        visit(node1, refusal, "10.244.2.23:0 > 203.0.113.2:0", "10.0.0.11:0 > 203.0.113.2:0",
                CtState.RELATED);
        assertThat(quote(refusal)).isEqualTo("203.0.113.2:40000 > 10.0.0.11:30053");
    }

    /** Whoever sends it, the error seems to come from the service: the router does not show. */
    @Test
    void aRoutersErrorSeemsToComeFromTheService() {
        Packet syn = tcp(CLIENT, 40000, NODE, 30080, TcpFlags.SYN);
        node1.receive(syn);
        Packet gone = error("10.0.0.12", NODE, IcmpKind.HOST_UNREACHABLE, syn);
        visit(node1, gone, "10.0.0.12:0 > 203.0.113.2:0", "10.0.0.11:0 > 203.0.113.2:0",
                CtState.RELATED);
        assertThat(quote(gone)).isEqualTo("203.0.113.2:40000 > 10.0.0.11:30080");
    }

    @Test
    void theClientsErrorAboutAReplyReachesThePod() {
        Packet query = udp(CLIENT, 40000, NODE, 30053);
        node1.receive(query);
        Packet reply = answer(query, 0);
        node1.receive(reply);
        assertThat(MiniNode.text(reply)).isEqualTo("10.0.0.11:30053 > 203.0.113.2:40000");
        Packet closed = error(CLIENT, NODE, IcmpKind.PORT_UNREACHABLE, reply);
        visit(node1, closed, "203.0.113.2:0 > 10.244.2.23:0", "10.0.0.11:0 > 10.244.2.23:0",
                CtState.RELATED);
        assertThat(quote(closed)).isEqualTo("10.244.2.23:5353 > 10.0.0.11:40000");
    }

    /** Pitfall 6: the entry, refreshed for ever, outlives the endpoint that its rule chose. */
    @Test
    void aBusyUdpFlowSticksToItsFirstTranslation() {
        Packet query = udp(CLIENT, 40000, NODE, 30053);
        node1.receive(query);
        node1.noDnat().dnat(L4Protocol.UDP, NODE, 30053, "10.244.2.99", 5353);
        for (int i = 0; i < 10; i++) {
            node1.nowNanos += 20_000_000_000L;
            Packet next = udp(CLIENT, 40000, NODE, 30053);
            node1.receive(next);
            assertThat(MiniNode.text(next)).isEqualTo("10.0.0.11:40000 > 10.244.2.23:5353");
        }
        node1.ct.deleteIf(entry -> entry.reply().source().toString().equals(POD),
                node1.nowNanos);
        Packet healed = udp(CLIENT, 40000, NODE, 30053);
        node1.receive(healed);
        assertThat(MiniNode.text(healed)).isEqualTo("10.0.0.11:40000 > 10.244.2.99:5353");
    }

    /** A pod that calls its own service: without masquerading it would answer itself. */
    @Test
    void hairpin() {
        MiniNode node = new MiniNode(ConntrackSettings.DEFAULT_KERNEL)
                .dnat(L4Protocol.TCP, "10.96.0.10", 80, "10.244.1.5", 8080)
                .masquerade("10.244.1.1", false, bound -> 0);
        Packet syn = tcp("10.244.1.5", 40000, "10.96.0.10", 80, TcpFlags.SYN);
        visit(node, syn, "10.244.1.5:40000 > 10.244.1.5:8080",
                "10.244.1.1:40000 > 10.244.1.5:8080", CtState.NEW);
        visit(node, answer(syn, TcpFlags.SYN_ACK), "10.244.1.5:8080 > 10.244.1.5:40000",
                "10.96.0.10:80 > 10.244.1.5:40000", CtState.ESTABLISHED);

        MiniNode bare = new MiniNode(ConntrackSettings.DEFAULT_KERNEL)
                .dnat(L4Protocol.TCP, "10.96.0.10", 80, "10.244.1.5", 8080);
        Packet unmasked = tcp("10.244.1.5", 40000, "10.96.0.10", 80, TcpFlags.SYN);
        visit(bare, unmasked, "10.244.1.5:40000 > 10.244.1.5:8080",
                "10.244.1.5:40000 > 10.244.1.5:8080", CtState.NEW);
    }

    /** A host-network backend: the destination becomes the node itself, the source stays. */
    @Test
    void deliveredThroughInputTheSourceStaysAndTheReplyLeavesAsTheService() {
        MiniNode node = new MiniNode(ConntrackSettings.DEFAULT_KERNEL).local(NODE)
                .dnat(L4Protocol.TCP, "10.96.0.10", 80, NODE, 8080)
                .masquerade(NODE, true, bound -> 7);
        Packet syn = tcp("10.244.1.5", 40000, "10.96.0.10", 80, TcpFlags.SYN);
        assertThat(node.receive(syn)).isEqualTo(End.DELIVERED);
        assertThat(MiniNode.text(syn)).isEqualTo("10.244.1.5:40000 > 10.0.0.11:8080");

        Packet synAck = answer(syn, TcpFlags.SYN_ACK);
        assertThat(node.send(synAck)).isEqualTo(End.SENT);
        assertThat(node.midway).isEqualTo("10.0.0.11:8080 > 10.244.1.5:40000");
        assertThat(MiniNode.text(synAck)).isEqualTo("10.96.0.10:80 > 10.244.1.5:40000");
    }

    /**
     * A process of the node calls a service: translated in OUTPUT, back in PREROUTING and INPUT.
     */
    @Test
    void aLocalProcessCallsAService() {
        MiniNode node = new MiniNode(ConntrackSettings.DEFAULT_KERNEL).local(NODE)
                .dnat(L4Protocol.TCP, "10.96.0.10", 80, POD, 8080)
                .masquerade("10.244.1.1", false, bound -> 0);
        Packet syn = tcp(NODE, 40000, "10.96.0.10", 80, TcpFlags.SYN);
        assertThat(node.send(syn)).isEqualTo(End.SENT);
        assertThat(node.midway).isEqualTo("10.0.0.11:40000 > 10.244.2.23:8080");
        assertThat(MiniNode.text(syn)).isEqualTo("10.244.1.1:40000 > 10.244.2.23:8080");

        Packet synAck = answer(syn, TcpFlags.SYN_ACK);
        assertThat(node.receive(synAck)).isEqualTo(End.DELIVERED);
        assertThat(node.midway).isEqualTo("10.244.2.23:8080 > 10.0.0.11:40000");
        assertThat(MiniNode.text(synAck)).isEqualTo("10.96.0.10:80 > 10.0.0.11:40000");
    }

    @Test
    void sixJustAsFour() {
        MiniNode node = new MiniNode(ConntrackSettings.DEFAULT_KERNEL)
                .dnat(L4Protocol.UDP, "fd00:96::a", 53, "fd00:244:2::23", 5353)
                .masquerade("fd00::11", false, bound -> 0);
        Packet query = udp("fd00:244:1::5", 40000, "fd00:96::a", 53);
        visit(node, query, "[fd00:244:1::5]:40000 > [fd00:244:2::23]:5353",
                "[fd00::11]:40000 > [fd00:244:2::23]:5353", CtState.NEW);
        Packet refusal = error("fd00:244:2::23", "fd00::11", IcmpKind.PORT_UNREACHABLE, query);
        visit(node, refusal, "[fd00:244:2::23]:0 > [fd00:244:1::5]:0",
                "[fd00:96::a]:0 > [fd00:244:1::5]:0", CtState.RELATED);
        assertThat(quote(refusal)).isEqualTo("[fd00:244:1::5]:40000 > [fd00:96::a]:53");
        visit(node, answer(query, 0), "[fd00:244:2::23]:5353 > [fd00:244:1::5]:40000",
                "[fd00:96::a]:53 > [fd00:244:1::5]:40000", CtState.ESTABLISHED);
    }

    private static void visit(MiniNode node, Packet packet, String midway, String after,
            CtState state) {
        assertThat(node.receive(packet)).isEqualTo(End.FORWARDED);
        assertThat(node.midway).isEqualTo(midway);
        assertThat(MiniNode.text(packet)).isEqualTo(after);
        assertThat(packet.ctState).isEqualTo(state);
    }
}
