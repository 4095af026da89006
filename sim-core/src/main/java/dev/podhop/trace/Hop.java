package dev.podhop.trace;

import dev.podhop.packet.Header;
import java.util.List;

/**
 * A packet's visit to one network namespace.
 *
 * @param id unique over the run, rising in order of arrival
 * @param parent the hop this packet was sent from, or that caused it; 0 for none
 * @param packet id of the packet
 * @param attempt index of the attempt it belongs to; -1 for none (ARP, probes)
 * @param timeNanos arrival, virtual time
 * @param endNanos departure or end; later than arrival only where a packet waited
 */
public record Hop(long id, long parent, long packet, int attempt, long timeNanos, long endNanos,
        Place place, List<Step> steps) {

    /**
     * Checks the shape.
     *
     * @throws IllegalStateException when it does not begin with an entry, does not end in exactly
     *         one terminal step, or holds a translation that changed nothing
     */
    public Hop {
        steps = List.copyOf(steps);
        if (steps.isEmpty() || !(steps.getFirst() instanceof Step.Entry)) {
            throw new IllegalStateException("hop " + id + " does not begin with an entry");
        }
        for (int i = 0; i < steps.size(); i++) {
            boolean last = i == steps.size() - 1;
            if (steps.get(i) instanceof Step.Terminal != last) {
                throw new IllegalStateException("hop " + id + " at " + place.label() + ": step " + i
                        + " of " + steps.size() + " is " + steps.get(i));
            }
            if (steps.get(i) instanceof Step.Nat nat && nat.before().equals(nat.after())) {
                throw new IllegalStateException("hop " + id + ": NAT without a difference");
            }
        }
    }

    /** How it came in. */
    public Step.Entry entry() {
        return (Step.Entry) steps.getFirst();
    }

    /** How it ended. */
    public Step.Terminal terminal() {
        return (Step.Terminal) steps.getLast();
    }

    /** Header at arrival. */
    public Header header() {
        return entry().header();
    }
}
