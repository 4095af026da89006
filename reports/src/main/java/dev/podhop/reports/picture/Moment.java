package dev.podhop.reports.picture;

import dev.podhop.trace.Role;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is under way at one time, without any geometry.
 *
 * @param timeNanos virtual time
 * @param legs the ways that led to the cursor, a packet each, the first packet's first; the last
 *        hop of the last is under the cursor; empty where nothing is
 * @param flights other packets on wires; empty where there are too many to tell apart
 * @param loads packets a wire, where there are too many
 * @param endings where packets ended badly, until the cursor
 * @param ghost where the answer was expected to go; null where it went there
 * @param lit labels of places that a lesson points at
 */
public record Moment(long timeNanos, List<Leg> legs, List<Flight> flights, List<Load> loads,
        List<Ending> endings, @Nullable Ghost ghost, List<String> lit) {

    public Moment {
        legs = List.copyOf(legs);
        flights = List.copyOf(flights);
        loads = List.copyOf(loads);
        endings = List.copyOf(endings);
        lit = List.copyOf(lit);
    }

    /** One packet's way, hop by hop. */
    public record Leg(Role role, List<Pass> passes) {
        public Leg {
            passes = List.copyOf(passes);
        }
    }

    /**
     * A hop as far as it has come.
     *
     * @param step number of the last step that has happened
     * @param next the hop that received what this one sent; null where that has not begun
     * @param share of the wire to it that the packet has made
     */
    public record Pass(int hop, Visit visit, int step, @Nullable Visit next, double share) {

        /** Whether all of its steps have happened. */
        public boolean isOver() {
            return step >= visit.steps() - 1;
        }
    }

    /** A packet on a wire. */
    public record Flight(int hop, Visit from, Visit to, Role role, double share) {}

    /** How many packets are on a wire, towards its one end and its other. */
    public record Load(Visit from, Visit to, int there, int back) {}

    /** A bad end; more of the same kind at the same place are counted. */
    public record Ending(int hop, Visit visit, int count) {}

    /**
     * A way that was not taken.
     *
     * @param places along it, in order
     * @param skipped those that the answer never came to
     * @param bypassed nodes that it only crossed in the bridge, past their hooks
     * @param balancer that would have translated; null for none
     */
    public record Ghost(List<String> places, List<String> skipped, List<String> bypassed,
            @Nullable String balancer) {}
}
