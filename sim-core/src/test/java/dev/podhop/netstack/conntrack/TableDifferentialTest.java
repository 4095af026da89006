package dev.podhop.netstack.conntrack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.engine.Rng;
import dev.podhop.net.Direction;
import dev.podhop.net.IpAddress;
import dev.podhop.net.L4Protocol;
import dev.podhop.net.Tuple;
import dev.podhop.packet.CtState;
import dev.podhop.packet.Packet;
import dev.podhop.packet.PacketPool;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Slab and index against a plain map: random UDP traffic, NAT, deletions and time. */
class TableDifferentialTest {

    private static final long SECOND = 1_000_000_000L;
    private static final int STEPS = 60_000;

    /** What the model knows of a connection. */
    private static final class Flow {
        Tuple original;
        Tuple reply;
        long expiry;
        boolean seenReply;
        long streamFrom;
    }

    private final ConntrackTable ct = new ConntrackTable(ConntrackSettings.DEFAULT_KERNEL);
    private final Map<Tuple, Flow> model = new HashMap<>();
    private final PacketPool pool = new PacketPool();
    private final IpAddress[] addresses = new IpAddress[24];
    private long now;
    private Rng rng;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void agreeOnEveryPacket(long seed) {
        rng = new Rng(seed);
        for (int i = 0; i < addresses.length; i++) {
            addresses[i] = i % 2 == 0 ? IpAddress.ofV4(0x0a000000 + i)
                    : IpAddress.ofV6(0xfd00000000000000L, 0x0a000000 + i - 1);
        }
        for (int step = 0; step < STEPS; step++) {
            now += below(100) == 0 ? below(20) * SECOND
                    : below(1_000_000);
            int dice = below(1_000);
            if (dice < 2) {
                delete();
            } else if (dice < 4) {
                compareAll();
            } else if (dice < 5) {
                ct.sweep(now);
            } else {
                send(randomTuple(below(2)));
            }
        }
        compareAll();
    }

    private void send(Tuple tuple) {
        Packet packet = packet(tuple);
        Flow known = model.get(tuple);
        if (known != null && known.expiry <= now) {
            remove(known);
            known = null;
        }
        assertThat(ct.in(packet, now)).isTrue();
        if (known == null) {
            assertThat(packet.ctState).isEqualTo(CtState.NEW);
            assertThat(ct.isConfirmed(packet.conntrack)).isFalse();
            begin(packet, tuple);
        } else {
            boolean reply = tuple.equals(known.reply);
            assertThat(packet.ctState).isEqualTo(
                    reply || known.seenReply ? CtState.ESTABLISHED : CtState.NEW);
            assertThat(packet.ctDirection)
                    .isEqualTo(reply ? Direction.REPLY : Direction.ORIGINAL);
            boolean stream = known.seenReply && now > known.streamFrom;
            known.expiry = now + (stream ? 120 : 30) * SECOND;
            known.seenReply |= reply;
            check(packet.conntrack, known);
        }
        pool.release(packet);
    }

    /** Some first packets are dropped, some translated, the rest go as they are. */
    private void begin(Packet packet, Tuple tuple) {
        Flow flow = new Flow();
        flow.original = tuple;
        flow.reply = tuple.inverse();
        flow.streamFrom = now + 2 * SECOND;
        flow.expiry = now + 30 * SECOND;
        if (below(4) == 0) {
            Tuple reply = randomTuple(tuple.source().isV4() ? 0 : 1);
            ct.alterReply(packet.conntrack, reply.source(), reply.sourcePort(),
                    reply.destination(), reply.destinationPort());
            ct.setStatus(packet.conntrack, CtStatus.DST_NAT | CtStatus.NAT_DONE_MASK);
            flow.reply = reply;
        }
        Flow owner = model.get(flow.reply);
        boolean free = owner == null || owner.expiry <= now;
        if (!free || below(10) == 0) {
            ct.discardUnconfirmed(packet);
            return;
        }
        if (owner != null) {
            remove(owner);
        }
        assertThat(ct.confirm(packet, now)).isTrue();
        model.put(flow.original, flow);
        model.put(flow.reply, flow);
        check(packet.conntrack, flow);
    }

    private void delete() {
        int port = below(8);
        int expected = 0;
        for (Flow flow : flows()) {
            if (flow.original.destinationPort() == port) {
                expected += flow.expiry > now ? 1 : 0;
                remove(flow);
            }
        }
        assertThat(ct.deleteIf(entry -> entry.original().destinationPort() == port, now))
                .isEqualTo(expected);
    }

    private void compareAll() {
        List<Tuple> alive = new ArrayList<>();
        for (Flow flow : flows()) {
            if (flow.expiry > now) {
                alive.add(flow.original);
                assertThat(ct.find(flow.reply, now)).isEqualTo(ct.find(flow.original, now));
                check(ct.find(flow.original, now), flow);
            } else {
                assertThat(ct.find(flow.original, now)).isZero();
                assertThat(ct.find(flow.reply, now)).isZero();
            }
        }
        List<ConntrackEntry> listed = ct.list(now);
        assertThat(listed).extracting(ConntrackEntry::original)
                .containsExactlyInAnyOrderElementsOf(alive);
        assertThat(listed).isSortedAccordingTo(ConntrackEntry.ORDER);
        assertThat(ct.size()).isGreaterThanOrEqualTo(alive.size());
    }

    private void check(long handle, Flow flow) {
        assertThat(ct.tuple(handle, Direction.ORIGINAL)).isEqualTo(flow.original);
        assertThat(ct.tuple(handle, Direction.REPLY)).isEqualTo(flow.reply);
        assertThat(ct.expiryNanos(handle)).isEqualTo(flow.expiry);
    }

    private List<Flow> flows() {
        List<Flow> flows = new ArrayList<>();
        for (Entry<Tuple, Flow> entry : model.entrySet()) {
            if (entry.getKey().equals(entry.getValue().original)) {
                flows.add(entry.getValue());
            }
        }
        return flows;
    }

    private void remove(Flow flow) {
        model.remove(flow.original, flow);
        model.remove(flow.reply, flow);
    }

    private int below(int bound) {
        return (int) rng.nextLong(bound);
    }

    private Tuple randomTuple(int family) {
        return new Tuple(L4Protocol.UDP, addresses[below(12) * 2 + family],
                below(8), addresses[below(12) * 2 + family], below(8));
    }

    private Packet packet(Tuple tuple) {
        Packet packet = pool.allocate();
        packet.protocol = tuple.protocol();
        packet.source = tuple.source();
        packet.sourcePort = tuple.sourcePort();
        packet.destination = tuple.destination();
        packet.destinationPort = tuple.destinationPort();
        return packet;
    }
}
