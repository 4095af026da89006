package dev.podhop.benchmarks.hold;

import org.cloudsimplus.core.SimEntity;
import org.cloudsimplus.core.events.CloudSimEvent;
import org.cloudsimplus.core.events.FutureQueue;
import org.cloudsimplus.core.events.SimEvent;

/** The queue of future events of CloudSim Plus, a tree set. */
final class CloudSimPlusQueue implements HoldQueue {

    private final FutureQueue queue = new FutureQueue();

    @Override
    public void add(long timeNanos) {
        // an event of the null entity counts from a clock that stays 0: the delay is the time
        queue.addEvent(
                new CloudSimEvent(
                        SimEvent.Type.SEND, timeNanos, SimEntity.NULL, SimEntity.NULL, 0, this));
    }

    @Override
    public long removeFirst() {
        SimEvent first = queue.first();
        queue.remove(first);
        return (long) first.getTime();
    }
}
