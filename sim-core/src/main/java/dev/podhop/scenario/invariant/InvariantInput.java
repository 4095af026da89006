package dev.podhop.scenario.invariant;

import dev.podhop.trace.Hop;
import dev.podhop.trace.StateChange;
import java.util.List;
import java.util.Set;

/**
 * What a run leaves behind.
 *
 * @param hops of the traced attempts, all of each, by rising id
 * @param changes of state, of which those of connections count, by rising time
 * @param inUse ids of the packets that nobody has given back
 * @param underWay how many packets are on a wire or wait for a neighbour
 */
public record InvariantInput(List<Hop> hops, List<StateChange> changes, Set<Long> inUse,
        int underWay) {

    public InvariantInput {
        hops = List.copyOf(hops);
        changes = List.copyOf(changes);
        inUse = Set.copyOf(inUse);
    }
}
