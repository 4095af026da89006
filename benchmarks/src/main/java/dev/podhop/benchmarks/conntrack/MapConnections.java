package dev.podhop.benchmarks.conntrack;

import dev.podhop.net.Tuple;
import dev.podhop.packet.Packet;
import java.util.HashMap;
import java.util.Map;

/** The map of records. */
final class MapConnections implements Connections {

    private static final long ESTABLISHED_NANOS = 432_000_000_000_000L;

    private static final class Connection {
        private final Tuple original;
        private final Tuple reply;
        private long expiryNanos;

        Connection(Tuple original, Tuple reply) {
            this.original = original;
            this.reply = reply;
        }
    }

    private final Traffic traffic = new Traffic();
    private final Map<Tuple, Connection> map = new HashMap<>();
    private long nowNanos;

    @Override
    public void open(long connection) {
        Tuple original = tuple(traffic.request(connection, 0));
        Tuple reply = tuple(traffic.reply(connection, 0));
        Connection opened = new Connection(original, reply);
        opened.expiryNanos = nowNanos + ESTABLISHED_NANOS;
        map.put(original, opened);
        map.put(reply, opened);
    }

    @Override
    public void establish(long connection) {
        hit(connection);
    }

    @Override
    public long hit(long connection) {
        nowNanos++;
        Connection found = find(tuple(traffic.request(connection, 0)));
        long before = found.expiryNanos;
        found.expiryNanos = nowNanos + ESTABLISHED_NANOS;
        return before;
    }

    @Override
    public long miss(long connection) {
        return map.containsKey(tuple(traffic.request(connection, 0))) ? 1 : 0;
    }

    @Override
    public void refuse(long connection) {
        Connection refused = find(tuple(traffic.reply(connection, 0)));
        map.remove(refused.original);
        map.remove(refused.reply);
    }

    private Connection find(Tuple tuple) {
        Connection found = map.get(tuple);
        if (found == null) {
            throw new IllegalStateException(tuple + " is no connection");
        }
        return found;
    }

    private static Tuple tuple(Packet packet) {
        return new Tuple(
                packet.protocol,
                packet.source,
                packet.sourcePort,
                packet.destination,
                packet.destinationPort);
    }
}
