package dev.podhop.k8s.controller;

import dev.podhop.engine.SimTime;
import dev.podhop.k8s.ObjectKey;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.store.StoreEvent;
import java.util.HashMap;
import java.util.Map;

/**
 * Since when each pod has been there, and since when it has been ready. What was there when the
 * cluster had settled has been so for long. Kubernetes reads both from timestamps, which have whole
 * seconds only.
 */
final class PodTimes implements StoreEvent.Listener {

    /** Longer ago than any time that is asked for. */
    static final long LONG_AGO = Long.MIN_VALUE / 4;
    private static final long NEVER = Long.MAX_VALUE;

    private final ControllerContext context;
    private final Map<ObjectKey, Times> times = new HashMap<>();

    private record Times(long createdNanos, long readyNanos) {}

    PodTimes(ControllerContext context) {
        this.context = context;
    }

    @Override
    public void onEvent(StoreEvent event) {
        if (event.isDeletion()) {
            times.remove(event.key());
        } else if (event.after() instanceof Pod pod) {
            long now = context.running() ? context.nowNanos() : LONG_AGO;
            Times known = times.getOrDefault(pod.key(), new Times(now, NEVER));
            long ready = !pod.isReady() ? NEVER
                    : known.readyNanos() == NEVER ? now
                    : known.readyNanos();
            times.put(pod.key(), new Times(known.createdNanos(), ready));
        }
    }

    private Times of(Pod pod) {
        return times.getOrDefault(pod.key(), new Times(LONG_AGO, NEVER));
    }

    /** When the pod came to be. */
    long createdNanos(Pod pod) {
        return of(pod).createdNanos();
    }

    /** When the pod, which is ready now, became so. */
    long readyNanos(Pod pod) {
        return of(pod).readyNanos();
    }

    /**
     * How long until the pod will have been ready for long enough; 0 if it is available
     * ({@code IsPodAvailable}), and a negative number if it is not even ready.
     */
    long untilAvailableNanos(Pod pod, int minReadySeconds) {
        long ready = readyNanos(pod);
        if (!pod.isReady() || ready == NEVER) {
            return -1;
        }
        return Math.max(0, ready + minReadySeconds * SimTime.SECOND - context.nowNanos());
    }

    boolean isAvailable(Pod pod, int minReadySeconds) {
        return untilAvailableNanos(pod, minReadySeconds) == 0;
    }
}
