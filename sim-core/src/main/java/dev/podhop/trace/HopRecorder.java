package dev.podhop.trace;

import dev.podhop.packet.Packet;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A hop while it happens. Stages add to it; {@link Tracer} opens and closes it. */
public final class HopRecorder {

    final long id;
    final long parent;
    final long packet;
    final int attempt;
    final long timeNanos;
    final Place place;
    final List<Step> steps = new ArrayList<>(16);

    HopRecorder(long id, Packet packet, long timeNanos, Place place) {
        this.id = id;
        this.parent = packet.lastHop;
        this.packet = packet.id;
        this.attempt = packet.attempt;
        this.timeNanos = timeNanos;
        this.place = place;
    }

    /** The recorder of the hop in which the packet is; null with tracing off. */
    public static @Nullable HopRecorder of(Packet packet) {
        return (HopRecorder) packet.hop;
    }

    public long id() {
        return id;
    }

    public void add(Step step) {
        steps.add(step);
    }
}
