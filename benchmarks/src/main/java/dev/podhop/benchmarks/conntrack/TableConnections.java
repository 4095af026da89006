package dev.podhop.benchmarks.conntrack;

import dev.podhop.net.IpAddress;
import dev.podhop.netstack.conntrack.ConntrackSettings;
import dev.podhop.netstack.conntrack.ConntrackTable;
import dev.podhop.netstack.conntrack.CtStatus;
import dev.podhop.packet.Packet;
import dev.podhop.packet.TcpFlags;

/** The table under test. */
final class TableConnections implements Connections {

    /** Between two packets: a million connections are opened well before the first one expires. */
    private static final long GAP_NANOS = 50_000;

    private final Traffic traffic = new Traffic();
    private final ConntrackTable table;
    /** What a flow would remember; empty when the index is to be asked. */
    private final long[] hints;
    private long nowNanos;

    TableConnections(int most, boolean hinted) {
        table = new ConntrackTable(ConntrackSettings.DEFAULT_KERNEL.withMax(2 * most));
        hints = new long[hinted ? most : 0];
    }

    @Override
    public void open(long connection) {
        nowNanos += GAP_NANOS;
        Packet packet = traffic.reply(connection, 0);
        IpAddress backend = packet.source;
        int port = packet.sourcePort;
        traffic.request(connection, TcpFlags.SYN);
        table.in(packet, nowNanos);
        table.alterReply(packet.conntrack, backend, port, packet.source, packet.sourcePort);
        table.setStatus(packet.conntrack, CtStatus.DST_NAT | CtStatus.NAT_DONE_MASK);
        table.confirm(packet, nowNanos);
    }

    @Override
    public void establish(long connection) {
        table.in(traffic.reply(connection, TcpFlags.SYN_ACK), nowNanos);
        Packet ack = traffic.request(connection, TcpFlags.ACK);
        table.in(ack, nowNanos);
        if (hints.length > 0) {
            hints[(int) connection] = ack.conntrack;
        }
    }

    @Override
    public long hit(long connection) {
        nowNanos += GAP_NANOS;
        Packet packet = traffic.request(connection, TcpFlags.ACK);
        table.in(packet, hints.length == 0 ? 0 : hints[(int) connection], nowNanos);
        return packet.conntrack;
    }

    @Override
    public long miss(long connection) {
        Packet packet = traffic.request(connection, TcpFlags.SYN_ACK);
        table.in(packet, nowNanos);
        return packet.conntrack;
    }

    @Override
    public void refuse(long connection) {
        table.in(traffic.reply(connection, TcpFlags.RST), nowNanos);
    }
}
