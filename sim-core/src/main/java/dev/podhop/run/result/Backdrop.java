package dev.podhop.run.result;

import dev.podhop.scenario.evidence.Citations;
import dev.podhop.scenario.evidence.Occurrence;
import dev.podhop.trace.StateChange;
import java.util.Comparator;
import java.util.List;

/**
 * What an attempt that is traced has around it.
 *
 * @param atNanos the moment of the timeline at which the cluster stands; the attempt's own clock
 *     begins at 0 there
 * @param changes the state that was found, all at the beginning, then what the attempt changed; on
 *     the attempt's clock
 * @param citations which lines of the files a step rests on
 */
public record Backdrop(long atNanos, Topology topology, List<StateChange> changes,
        Citations citations) {

    public Backdrop {
        changes = List.copyOf(changes);
    }

    /** The timeline's events, in order; of those with a flow only what is traced happens. */
    public List<Occurrence> timeline() {
        return citations.timeline().stream()
                .sorted(Comparator.comparingLong(Occurrence::atNanos)).toList();
    }
}
