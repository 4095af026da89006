package dev.podhop.workload;

import dev.podhop.netstack.NetworkNamespace;
import dev.podhop.packet.TcpFlags;
import java.util.ArrayDeque;

/**
 * The requests of a connection that are sent and not yet acknowledged: the kernel's write queue.
 *
 * <p>The oldest is sent again on the ladder of {@code tcp_retransmit_timer}. While it is, the
 * congestion window is one segment ({@code tcp_enter_loss}), so that younger requests wait: on a
 * path that comes back they are not seen before the oldest's next turn.
 */
final class Outgoing {

    private static final int HEADERS = 40;

    private final ClientConnection connection;
    private final RetransmitLadder ladder;
    private final ArrayDeque<Request> unacknowledged = new ArrayDeque<>(2);
    private int segmentSize;
    /** How often the oldest was sent. */
    private int sent;
    private int numbers;

    private record Request(int attempt, int number, int size) {}

    Outgoing(ClientConnection connection, NetworkNamespace ns) {
        this.connection = connection;
        this.ladder = RetransmitLadder.data(ns.sysctls());
        this.segmentSize = ns.devices().getLast().mtu() - HEADERS;
    }

    void add(int attempt, int size) {
        Request request = new Request(attempt, numbers++, size);
        unacknowledged.add(request);
        if (unacknowledged.size() == 1) {
            sent = 0;
            sendOldest();
        } else if (sent == 1) {
            transmit(request);
        }
    }

    /** The timer of the oldest went off; false when it was sent often enough. */
    boolean again() {
        if (ladder.exhausted(sent)) {
            return false;
        }
        sendOldest();
        return true;
    }

    /** The server has this request, and so all before it. */
    void acknowledged(int attempt) {
        if (unacknowledged.stream().noneMatch(request -> request.attempt == attempt)) {
            return;
        }
        boolean stalled = sent > 1;
        while (unacknowledged.remove().attempt != attempt) {
            // older ones, whose acknowledgements were lost
        }
        if (unacknowledged.isEmpty()) {
            connection.stopRetransmitting();
            return;
        }
        sent = 1;
        connection.retransmitAfter(ladder.waitNanos(sent));
        if (stalled) {
            unacknowledged.forEach(this::transmit);
        }
    }

    /** {@code tcp_v4_mtu_reduced}: smaller segments from now on, and the oldest again. */
    void cutTo(int mtu) {
        segmentSize = Math.max(1, Math.min(segmentSize, mtu - HEADERS));
        if (connection.isOpen() && !unacknowledged.isEmpty()) {
            sendOldest();
        }
    }

    private void sendOldest() {
        sent++;
        connection.retransmitAfter(ladder.waitNanos(sent));
        transmit(unacknowledged.element());
    }

    /** In as many segments as the path takes; all of them again when one is lost. */
    private void transmit(Request request) {
        int rest = request.size;
        while (rest > 0 && connection.isOpen()) {
            int size = Math.min(rest, segmentSize);
            rest -= size;
            connection.send(TcpFlags.PSH_ACK,
                    rest > 0 ? Segment.REQUEST_PART : Segment.request(request.number), size,
                    request.attempt);
        }
    }
}
