package dev.podhop.kubelet;

import dev.podhop.engine.Agenda;
import dev.podhop.k8s.Container;
import dev.podhop.k8s.ContainerStatus;
import dev.podhop.k8s.IntOrString;
import dev.podhop.net.SocketAddress;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One container of a pod: its process, which may be restarted, and what kubelet knows of it. */
final class ContainerLife {

    private enum State {
        /** No process yet, or no more: the next start is on the agenda. */
        WAITING,
        RUNNING,
        /** The process ended, and the scenario wants it to stay so. */
        HELD_DOWN,
        /** Ended for good. */
        ENDED
    }

    private static final long NEVER = Long.MIN_VALUE;

    private final KubeletContext context;
    private final PodWorker worker;
    private final Container container;
    private final ContainerProbes probes;
    private final CrashBackoff backoff = new CrashBackoff();
    private State state = State.WAITING;
    /** Whether the pod's status shows it running, which the next relist brings up to date. */
    private boolean shown;
    private int incarnation;
    private long startedNanos;
    private long endedNanos = NEVER;
    private Agenda.@Nullable Item next;
    private @Nullable ContainerShutdown shutdown;
    private Runnable whenDown = () -> {};
    /** How often it was started in place of another process, and by the kubelet before this. */
    private int restarts;
    private boolean hasRun;
    /** When the process before this one ended, for who asks what has happened. */
    private long lastEndNanos = ContainerStatus.UNKNOWN;
    private boolean backsOff;
    private @Nullable ContainerStatus told;

    ContainerLife(KubeletContext context, PodWorker worker, Container container) {
        this.context = context;
        this.worker = worker;
        this.container = container;
        this.probes = new ContainerProbes(context, this, container);
    }

    /** The pod has come to the node: its probes begin to tick. */
    void begin(boolean booting) {
        probes.begin(booting);
    }

    /** It has been running for long. */
    void adopt(boolean ready) {
        state = State.RUNNING;
        hasRun = true;
        shown = true;
        // Whatever initial delay it has is over.
        startedNanos =
                context.agenda().nowNanos() - Integer.MAX_VALUE * KubeletContext.SECOND_NANOS;
        probes.adopt(ready);
        told = now();
    }

    /** Starts the process, as soon as the runtime has made its container. */
    void start() {
        plan(context.drawNanos(context.timings().containerStart(),
                worker.name() + "/" + container.name() + "/" + incarnation), this::startNow);
    }

    private void startNow() {
        state = State.RUNNING;
        shown = false;
        incarnation++;
        restarts += hasRun ? 1 : 0;
        hasRun = true;
        startedNanos = context.agenda().nowNanos();
        probes.restart();
        context.runtime().start(worker.pod(), container.name());
        plan(context.untilRelistNanos(worker.node()), this::show);
    }

    private void show() {
        shown = true;
        worker.changed();
    }

    /** The process ends by itself, and kubelet starts another; one held down is started again. */
    void crash() {
        if (state == State.RUNNING) {
            context.runtime().kill(worker.pod(), container.name());
            drop();
            state = State.WAITING;
            endedNanos = context.agenda().nowNanos();
            lastEndNanos = endedNanos;
            plan(context.untilRelistNanos(worker.node()), () -> restart(endedNanos));
        } else if (state == State.HELD_DOWN) {
            start();
        }
    }

    /** The process ends, and for once kubelet does nothing about it. */
    void holdDown() {
        if (state == State.RUNNING) {
            context.runtime().kill(worker.pod(), container.name());
            drop();
            state = State.HELD_DOWN;
        }
    }

    private void restart(long knownEndNanos) {
        shown = false;
        if (worker.restarts()) {
            startWhenAllowed(knownEndNanos);
        } else {
            state = State.ENDED;
        }
        worker.changed();
    }

    private void startWhenAllowed(long knownEndNanos) {
        long now = context.agenda().nowNanos();
        long at = startNanos(knownEndNanos);
        backsOff = at > now;
        if (knownEndNanos != NEVER) {
            backoff.starts(at, now);
        }
        plan(at - now, this::start);
    }

    private long startNanos(long knownEndNanos) {
        long now = context.agenda().nowNanos();
        return knownEndNanos == NEVER ? now : backoff.startNanos(knownEndNanos, now);
    }

    /** A probe has made up its mind. */
    void probed(ProbeLoop.Kind kind, boolean success) {
        if (kind == ProbeLoop.Kind.READINESS || success) {
            if (probes.result(kind, success)) {
                worker.changed();
            }
        } else if (state == State.RUNNING && shutdown == null) {
            long knownEnd = endedNanos;
            shutDown(worker.pod().spec().terminationGracePeriodSeconds(), true,
                    () -> replace(knownEnd));
        }
    }

    /**
     * kubelet kills and starts in one go: no status shows the end in between, and back-off counts
     * from the end of the process before. Only where it has to wait does the next relist tell.
     */
    private void replace(long knownEndNanos) {
        state = State.WAITING;
        if (worker.restarts() && startNanos(knownEndNanos) == context.agenda().nowNanos()) {
            startWhenAllowed(knownEndNanos);
        } else {
            plan(context.untilRelistNanos(worker.node()), () -> restart(knownEndNanos));
        }
    }

    /**
     * The pod is to end.
     *
     * @param turn whether its process may be told to end before {@link #yourTurn}
     * @param whenEnded called when this container has ended
     */
    void end(long graceSeconds, boolean turn, Runnable whenEnded) {
        probes.endLivenessAndStartup();
        Runnable last = () -> {
            state = State.ENDED;
            shown = false;
            whenEnded.run();
        };
        if (state == State.RUNNING) {
            shutDown(graceSeconds, turn, last);
        } else {
            drop();
            last.run();
        }
    }

    /** One that is already being ended, for its liveness, is not told twice. */
    private void shutDown(long graceSeconds, boolean turn, Runnable then) {
        whenDown = then;
        if (shutdown == null) {
            shutdown = new ContainerShutdown(context, worker.pod(), container, graceSeconds, turn,
                    this::isDown);
            shutdown.begin();
        }
    }

    /** Of the containers that end with the pod, it is this one's turn. */
    void yourTurn() {
        if (shutdown != null) {
            shutdown.yourTurn();
        }
    }

    private void isDown() {
        drop();
        endedNanos = context.agenda().nowNanos();
        lastEndNanos = endedNanos;
        whenDown.run();
    }

    /** It is gone, with its node or its pod, without a word. */
    void vanish() {
        probes.end();
        drop();
        state = State.ENDED;
        shown = false;
    }

    void endProbes() {
        probes.end();
    }

    void statusUpdated() {
        told = shown || hasRun ? now() : null;
        probes.statusUpdated();
    }

    /** What the pod's status says of it since the last time that it was written. */
    Optional<ContainerStatus> told() {
        return Optional.ofNullable(told);
    }

    /** What is said of it before that. */
    ContainerStatus waiting(String why) {
        return ContainerStatus.waiting(container.name(), why).restarted(restarts, lastEndNanos);
    }

    /** It ran before on this node, which has started anew. */
    void resume(ContainerLife before) {
        restarts = before.restarts;
        hasRun = before.hasRun;
        lastEndNanos = context.agenda().nowNanos();
    }

    private ContainerStatus now() {
        String name = container.name();
        ContainerStatus now = shown
                ? ContainerStatus.running(name, isReady(), probes.started())
                : state == State.WAITING && backsOff
                        ? ContainerStatus.waiting(name, "CrashLoopBackOff")
                : ContainerStatus.ended(name, "Error", 1);
        return now.restarted(restarts, lastEndNanos);
    }

    private void plan(long delayNanos, Runnable action) {
        if (next != null) {
            next.cancel();
        }
        next = context.agenda().after(delayNanos, action);
    }

    private void drop() {
        if (next != null) {
            next.cancel();
        }
        if (shutdown != null) {
            shutdown.abandon();
            shutdown = null;
        }
    }

    boolean isReady() {
        return shown && probes.started() && probes.ready();
    }

    boolean showsRunning() {
        return shown;
    }

    boolean isEnded() {
        return state == State.ENDED;
    }

    boolean isStarted() {
        return probes.started();
    }

    long ageSeconds() {
        return (context.agenda().nowNanos() - startedNanos) / KubeletContext.SECOND_NANOS;
    }

    /** Which process of this container it is. */
    int incarnation() {
        return incarnation;
    }

    Optional<SocketAddress> target(IntOrString port, String host) {
        return ActionTarget.of(worker.pod(), container, port, host);
    }

    Optional<SocketAddress> target(int port) {
        return target(IntOrString.of(port), "");
    }

    void request(NodeRequest request, Consumer<Boolean> done) {
        context.runtime().request(worker.pod(), request, done);
    }

    String name() {
        return ActionTarget.name(worker.pod(), container);
    }
}
