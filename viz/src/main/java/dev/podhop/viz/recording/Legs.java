package dev.podhop.viz.recording;

import dev.podhop.net.Endpoint;
import dev.podhop.packet.EtherType;
import dev.podhop.packet.Header;
import dev.podhop.trace.Hop;
import dev.podhop.trace.Step;
import dev.podhop.workload.AttemptResult;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * One packet's way from where it was made to where it ended: what a host receives goes on, what it
 * makes begins anew.
 */
public final class Legs {

    private final Recording recording;
    private final int[] first;

    Legs(Recording recording) {
        this.recording = recording;
        this.first = new int[recording.size()];
        for (int i = 0; i < first.length; i++) {
            int origin = recording.flights().origin(i);
            first[i] = origin < 0 ? i : first[origin];
        }
    }

    /** The hop in which the packet of this hop was made. */
    public int first(int hop) {
        return first[hop];
    }

    /** Whose packet a hop's is. */
    public Role role(int hop) {
        Hop made = recording.hop(first[hop]);
        if (made.header().etherType() == EtherType.ARP) {
            return Role.NEIGHBOUR;
        }
        return switch (made.entry()) {
            case Step.Generated generated -> made.header().protocol().isIcmp() ? Role.ERROR
                    : Role.RESET;
            case Step.Copied copied -> Role.NEIGHBOUR;
            case Step.Originated originated -> isFromClient(made) ? Role.REQUEST : Role.REPLY;
            case Step.Received received -> Role.REQUEST;
        };
    }

    private boolean isFromClient(Hop made) {
        AttemptResult attempt = recording.attempt(made.attempt());
        if (attempt == null) {
            return true;
        }
        Header header = made.header();
        Endpoint client = attempt.local();
        return header.source().same(client.address()) && header.sourcePort() == client.port();
    }

    /**
     * The hops that led to this one, first to last: the way of its packet, and before that the way
     * of the packet that it answers.
     *
     * @param most hops at most, the latest ones
     */
    public List<Integer> wayTo(int hop, int most) {
        Deque<Integer> way = new ArrayDeque<>();
        int at = hop;
        while (at >= 0 && way.size() < most) {
            way.addFirst(at);
            at = recording.indexOf(recording.hop(at).parent());
        }
        return new ArrayList<>(way);
    }
}
