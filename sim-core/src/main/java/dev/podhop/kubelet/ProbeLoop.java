package dev.podhop.kubelet;

import dev.podhop.engine.Agenda;
import dev.podhop.k8s.ContainerAction;
import dev.podhop.k8s.Probe;
import dev.podhop.net.SocketAddress;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One probe of one container ({@code prober.worker}): asks at every tick of its period, and tells
 * when enough answers in a row were the same. The ticks are the pod's, not the container's: a
 * restart does not shift them.
 */
final class ProbeLoop {

    /** What a probe decides. */
    enum Kind {
        STARTUP,
        READINESS,
        LIVENESS
    }

    private final KubeletContext context;
    private final ContainerLife life;
    private final Kind kind;
    private final Probe probe;
    private Agenda.@Nullable Item tick;
    private int asked;
    private boolean asking;
    private boolean asleep;
    /** A tick came while an answer was awaited: the ticker's channel holds one. */
    private boolean missed;
    private @Nullable Boolean lastResult;
    private int run;
    private boolean onHold;

    ProbeLoop(KubeletContext context, ContainerLife life, Kind kind, Probe probe) {
        this.context = context;
        this.life = life;
        this.kind = kind;
        this.probe = probe;
    }

    /** Begins to tick. */
    void beginNow() {
        begin(0);
    }

    /** It has ticked for long: the next tick is at some moment of the period. */
    void beginWithin() {
        begin(context.phaseNanos("probe/" + name(), periodNanos()));
    }

    /** As {@link #beginWithin}, and nothing wakes it before. */
    void beginAsleep() {
        asleep = true;
        beginWithin();
    }

    private void begin(long delayNanos) {
        tick = context.agenda().after(delayNanos, this::tick);
    }

    private long periodNanos() {
        return probe.periodSeconds() * KubeletContext.SECOND_NANOS;
    }

    void end() {
        onHold = true;
        if (tick != null) {
            tick.cancel();
        }
    }

    /** There is a new container: a probe that gave up on the last, or never asked, begins again. */
    void resume() {
        onHold = false;
        if (tick == null) {
            beginNow();
        }
    }

    private void tick() {
        tick = context.agenda().after(periodNanos(), this::tick);
        asleep = false;
        trigger();
    }

    /** Asks now, unless it is too early, or an answer is still awaited. */
    void trigger() {
        if (asleep) {
            return;
        }
        if (asking) {
            missed = true;
        } else if (isDue()) {
            ask();
        }
    }

    /** {@code doProbe}: seconds are counted whole, so that a delay of 1 s is over at 1.0 s. */
    private boolean isDue() {
        boolean forThisStage = (kind == Kind.STARTUP) != life.isStarted();
        return !onHold && life.showsRunning() && forThisStage
                && life.ageSeconds() >= probe.initialDelaySeconds();
    }

    private void ask() {
        Optional<SocketAddress> to = switch (probe.action()) {
            case ContainerAction.HttpGet get -> life.target(get.port(), get.host());
            case ContainerAction.TcpSocket socket -> life.target(socket.port(), socket.host());
            case ContainerAction.Grpc grpc -> life.target(grpc.port());
            case ContainerAction.Exec exec -> Optional.empty();
            case ContainerAction.Sleep sleep -> Optional.empty();
        };
        if (probe.action() instanceof ContainerAction.Exec) {
            answered(true); // nobody knows what the command would say: it is taken to succeed
        } else if (to.isPresent()) {
            asking = true;
            int incarnation = life.incarnation();
            boolean asks = !(probe.action() instanceof ContainerAction.TcpSocket);
            life.request(new NodeRequest("probe/" + name(), asked++, to.get(), asks, path(),
                    probe.timeoutSeconds() * KubeletContext.SECOND_NANOS), success -> {
                        asking = false;
                        // An answer of the process before tells nothing about this one.
                        if (incarnation == life.incarnation()) {
                            answered(success);
                        }
                        if (missed) {
                            missed = false;
                            trigger();
                        }
                    });
        }
        // A probe that cannot be asked has no result, and changes nothing.
    }

    private @Nullable String path() {
        return probe.action() instanceof ContainerAction.HttpGet get ? get.path() : null;
    }

    private void answered(boolean success) {
        if (onHold) {
            return;
        }
        run = lastResult != null && lastResult == success ? run + 1 : 1;
        lastResult = success;
        if (run < (success ? probe.successThreshold() : probe.failureThreshold())) {
            return;
        }
        if (kind != Kind.READINESS && !success) {
            // Until there is a new container; this one will be ended.
            onHold = true;
            run = 0;
        }
        life.probed(kind, success);
    }

    private String name() {
        return life.name() + "/" + kind.name().toLowerCase(Locale.ROOT);
    }
}
