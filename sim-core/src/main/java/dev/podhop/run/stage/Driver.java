package dev.podhop.run.stage;

import dev.podhop.engine.Keys;
import dev.podhop.engine.Rng;
import dev.podhop.scenario.Pacing;
import dev.podhop.workload.AttemptResult;
import dev.podhop.workload.AttemptSpec;
import dev.podhop.workload.ConnectionPool;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One flow's pacing: when its next attempt starts, which number it has, by which connections. */
final class Driver {

    static final long NEVER = -1;

    /** How long a port whose connection's end was lost stays in use. */
    private static final long LOST_CLOSE_NANOS = 1_000_000_000L;

    /** What an attempt that fails at once costs whoever makes it. */
    private static final long AT_ONCE_NANOS = 1_000_000L;

    private final Flow flow;
    private final Pacing pacing;
    private final long startNanos;
    private final Rng arrivals;
    /** Of a Poisson process. */
    private final long meanGapNanos;
    /** Of each client; empty where each attempt has its own connection. */
    private final List<ConnectionPool> pools = new ArrayList<>();
    private int started;
    private int underWay;
    /** Clients that may start further attempts. */
    private int active;
    /** With a fixed source port: since when no attempt holds it. */
    private long freeSinceNanos;

    Driver(Flow flow, long startNanos, long seed) {
        this.flow = flow;
        this.pacing = flow.send().pacing();
        this.startNanos = startNanos;
        this.meanGapNanos = pacing instanceof Pacing.Poisson poisson
                ? poisson.ratePerSecond().reciprocal().multiply(1_000_000_000L).longValue()
                : 0;
        this.arrivals = new Rng(Rng.mix(seed,
                Keys.of(flow.send().flow() + ' ' + flow.client().label())));
        this.active = clients();
        for (int client = 0; client < clients(); client++) {
            ConnectionPool pool = flow.pool();
            if (pool != null) {
                pools.add(pool);
            }
        }
    }

    Flow flow() {
        return flow;
    }

    int clients() {
        return pacing instanceof Pacing.Closed closed ? closed.clients() : 1;
    }

    boolean closedLoop() {
        return pacing instanceof Pacing.Closed;
    }

    /** When a client's first attempt starts; {@link #NEVER} where others use up the count. */
    long firstStart(int client) {
        return switch (pacing) {
            case Pacing.Steady steady -> startNanos;
            case Pacing.Poisson poisson -> nextStart(startNanos);
            case Pacing.Closed closed -> client < closed.count().orElse(Integer.MAX_VALUE)
                    ? startNanos
                    : NEVER;
        };
    }

    /** When a client's next attempt starts, after one that ended. */
    long nextStart(AttemptResult result) {
        // What fails in the moment in which it starts would be tried for ever in that moment.
        long pause = result.durationNanos() == 0 ? AT_ONCE_NANOS : 0;
        return nextStart(result.endNanos() + pause);
    }

    /** When the next attempt starts, after one that started or, in a closed loop, ended now. */
    long nextStart(long nowNanos) {
        return switch (pacing) {
            case Pacing.Steady steady -> started < steady.count()
                    ? Math.max(nowNanos, startNanos + started * steady.everyNanos())
                    : NEVER;
            case Pacing.Poisson poisson -> {
                long next = nowNanos + arrivals.exponential(meanGapNanos);
                yield next < startNanos + poisson.forNanos() ? next : NEVER;
            }
            case Pacing.Closed closed -> {
                long next = nowNanos + closed.thinkTimeNanos();
                boolean inTime = closed.forNanos().isEmpty()
                        || next < startNanos + closed.forNanos().getAsLong();
                // Clients that think now start too, and use up the count as they do.
                boolean left = started + active - underWay - 1 < closed.count()
                        .orElse(Integer.MAX_VALUE);
                yield inTime && left ? next : NEVER;
            }
        };
    }

    /**
     * Whether bind or connect would fail with EADDRINUSE: the port's last attempt is under way, or
     * its connection still closing. One whose end is lost is not waited for any longer.
     */
    boolean mustWait(long nowNanos) {
        return flow.send().sourcePort() != null && (underWay > 0 || started > 0 && flow.isOpen()
                && nowNanos < freeSinceNanos + LOST_CLOSE_NANOS);
    }

    AttemptSpec next(int client) {
        underWay++;
        @Nullable ConnectionPool pool = pools.isEmpty() ? null : pools.get(client);
        return flow.attempt(started++, pool);
    }

    void ended(AttemptResult result) {
        underWay--;
        freeSinceNanos = result.endNanos();
    }

    /** A client starts no further attempt. */
    void retire() {
        active--;
    }

    boolean exhausted() {
        return active == 0;
    }

    /** Nobody will ask any more: connections that stayed open are closed. */
    void closeIfDone() {
        if (exhausted() && underWay == 0) {
            pools.forEach(ConnectionPool::close);
        }
    }
}
