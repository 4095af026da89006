package dev.podhop.trace;

import dev.podhop.packet.Packet;
import org.jspecify.annotations.Nullable;

/** Opens and closes hops, and hands them to the sink. */
public final class Tracer {

    private TraceSink sink = TraceSink.NONE;
    private long lastHop;

    /** Where hops go from now on. */
    public void sink(TraceSink newSink) {
        sink = newSink;
    }

    /** Whether anything may be recorded at all; lets callers skip building what nobody reads. */
    public boolean full() {
        return sink.level() == TraceSink.Level.FULL;
    }

    /** Whether somebody wants an attempt's hops: nothing is put into words for nobody. */
    public boolean wants(int attempt) {
        return full() && sink.wants(attempt);
    }

    /**
     * The packet enters a namespace. Returns the recorder to which the entry step must be added, or
     * null when nobody wants this packet's hops.
     */
    public @Nullable HopRecorder open(Packet packet, long nowNanos, Place place) {
        if (!wants(packet.attempt)) {
            packet.hop = null;
            return null;
        }
        HopRecorder recorder = new HopRecorder(++lastHop, packet, nowNanos, place);
        packet.hop = recorder;
        return recorder;
    }

    /** The packet's visit ends with this step. */
    public void close(Packet packet, long nowNanos, Step.Terminal last) {
        HopRecorder hop = HopRecorder.of(packet);
        if (hop == null) {
            return;
        }
        hop.add(last);
        packet.lastHop = hop.id;
        packet.hop = null;
        sink.hop(new Hop(hop.id, hop.parent, hop.packet, hop.attempt, hop.timeNanos, nowNanos,
                hop.place, hop.steps));
    }

    /** A state change, wherever it happens. */
    public void state(StateChange change) {
        if (full()) {
            sink.stateChange(change);
        }
    }

    /** Numbers hops from 1 again. */
    public void reset() {
        lastHop = 0;
    }
}
