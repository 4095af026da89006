package dev.podhop.kubelet;

import dev.podhop.k8s.Container;
import dev.podhop.k8s.Probe;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A container's probes, and what they found ({@code UpdatePodStatus}). */
final class ContainerProbes {

    private final @Nullable ProbeLoop startup;
    private final @Nullable ProbeLoop readiness;
    private final @Nullable ProbeLoop liveness;
    private boolean started;
    private boolean ready;

    ContainerProbes(KubeletContext context, ContainerLife life, Container container) {
        startup = loop(context, life, ProbeLoop.Kind.STARTUP, container.startupProbe());
        readiness = loop(context, life, ProbeLoop.Kind.READINESS, container.readinessProbe());
        liveness = loop(context, life, ProbeLoop.Kind.LIVENESS, container.livenessProbe());
        reset();
    }

    private static @Nullable ProbeLoop loop(KubeletContext context, ContainerLife life,
            ProbeLoop.Kind kind, @Nullable Probe probe) {
        return probe == null ? null : new ProbeLoop(context, life, kind, probe);
    }

    private List<ProbeLoop> all() {
        List<ProbeLoop> loops = new ArrayList<>();
        for (ProbeLoop loop : new @Nullable ProbeLoop[] {startup, readiness, liveness}) {
            if (loop != null) {
                loops.add(loop);
            }
        }
        return loops;
    }

    /**
     * The pod is new: all of them tick from now on.
     *
     * @param booting whether its kubelet has just started: then each first sleeps for a part of its
     *     period, lest all of a node's probes be sent together ({@code worker.run})
     */
    void begin(boolean booting) {
        all().forEach(booting ? ProbeLoop::beginAsleep : ProbeLoop::beginNow);
    }

    /** The pod has been running for long: each is somewhere in its period. */
    void adopt(boolean isReady) {
        started = true;
        ready = isReady;
        for (ProbeLoop loop : all()) {
            // What the file calls unready stays so until its container restarts.
            if (loop != readiness || isReady) {
                loop.beginWithin();
            }
        }
    }

    /** There is a new process: nothing is known of it. */
    void restart() {
        reset();
        all().forEach(ProbeLoop::resume);
    }

    private void reset() {
        started = startup == null;
        ready = readiness == null;
    }

    /** The pod's status was brought up to date: an unready container is asked at once. */
    void statusUpdated() {
        if (started && !ready && readiness != null) {
            readiness.trigger();
        }
    }

    /** Notes what a probe found; whether that is news. */
    boolean result(ProbeLoop.Kind kind, boolean success) {
        boolean known = kind == ProbeLoop.Kind.READINESS ? ready : started;
        if (kind == ProbeLoop.Kind.READINESS) {
            ready = success;
        } else if (kind == ProbeLoop.Kind.STARTUP) {
            started = success;
        }
        return kind != ProbeLoop.Kind.LIVENESS && known != success;
    }

    boolean started() {
        return started;
    }

    boolean ready() {
        return ready;
    }

    /** {@code StopLivenessAndStartup}: a pod on its way out is asked for its readiness only. */
    void endLivenessAndStartup() {
        all().stream().filter(loop -> loop != readiness).forEach(ProbeLoop::end);
    }

    void end() {
        all().forEach(ProbeLoop::end);
    }
}
