package dev.podhop.viz.recording;

import dev.podhop.trace.Hop;
import dev.podhop.trace.Step;
import java.util.Arrays;
import java.util.Comparator;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Packets between two hops: from when one namespace sent them to when the next received them. Found
 * by time, so that what is under way at any moment is a function of that moment alone.
 */
public final class Flights {

    private final Recording recording;
    /** By number of the receiving hop: the sending hop's, or {@link Recording#NONE}. */
    private final int[] origin;
    /** By number of the sending hop: the receiving hop's, or {@link Recording#NONE}. */
    private final int[] target;
    /** Receiving hops, in order of departure. */
    private final int[] byDeparture;
    private final long[] departures;
    /** The latest arrival among this and all earlier departures: tells when to stop looking. */
    private final long[] latestArrival;

    /** Called with each packet that is on a wire. */
    public interface Visitor {
        /**
         * One packet.
         *
         * @param share of its way that it has made, from 0 to 1
         */
        void flight(int fromHop, int toHop, double share);
    }

    Flights(Recording recording) {
        this.recording = recording;
        int n = recording.size();
        origin = new int[n];
        target = new int[n];
        Arrays.fill(target, Recording.NONE);
        for (int i = 0; i < n; i++) {
            Hop hop = recording.hop(i);
            int from = recording.indexOf(hop.parent());
            boolean sent = hop.entry() instanceof Step.Received && from >= 0
                    && recording.hop(from).terminal() instanceof Step.Transmitted;
            origin[i] = sent ? from : Recording.NONE;
            if (sent) {
                target[from] = i;
            }
        }
        byDeparture = IntStream.range(0, n).filter(i -> origin[i] >= 0).boxed()
                .sorted(Comparator.comparingLong(i -> recording.hop(origin[i]).endNanos()))
                .mapToInt(Integer::intValue).toArray();
        departures = Arrays.stream(byDeparture)
                .mapToLong(i -> recording.hop(origin[i]).endNanos()).toArray();
        latestArrival = new long[byDeparture.length];
        long latest = Long.MIN_VALUE;
        for (int i = 0; i < byDeparture.length; i++) {
            latest = Math.max(latest, recording.time(byDeparture[i]));
            latestArrival[i] = latest;
        }
    }

    /** The hop that sent the packet that this hop received, or {@link Recording#NONE}. */
    public int origin(int hop) {
        return origin[hop];
    }

    /** The hop that received what this hop sent, or {@link Recording#NONE}. */
    public int target(int hop) {
        return target[hop];
    }

    /** Tells every wanted packet that is on a wire at a time, the latest departure first. */
    public void at(long timeNanos, IntPredicate wanted, Visitor visitor) {
        for (int i = lastDeparture(timeNanos); i >= 0
                && latestArrival[i] > timeNanos; i--) {
            int to = byDeparture[i];
            long arrival = recording.time(to);
            if (arrival > timeNanos && wanted.test(to)) {
                long under = timeNanos - departures[i];
                visitor.flight(origin[to], to, (double) under / (arrival - departures[i]));
            }
        }
    }

    private int lastDeparture(long timeNanos) {
        int low = 0;
        int high = departures.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (departures[middle] <= timeNanos) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - 1;
    }
}
