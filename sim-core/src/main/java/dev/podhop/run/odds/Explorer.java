package dev.podhop.run.odds;

import dev.podhop.cluster.Cluster;
import dev.podhop.engine.EnumeratingChooser;
import dev.podhop.engine.Simulation;
import dev.podhop.packet.EtherType;
import dev.podhop.run.diagnosis.Causes;
import dev.podhop.run.diagnosis.Diagnoser;
import dev.podhop.run.odds.Moments.Moment;
import dev.podhop.run.odds.Redraws.Share;
import dev.podhop.run.result.RunWatch;
import dev.podhop.run.stage.Flow;
import dev.podhop.trace.Hop;
import dev.podhop.trace.Outcome;
import dev.podhop.trace.StateChange;
import dev.podhop.trace.TraceSink;
import dev.podhop.workload.AttemptResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.commons.math3.fraction.BigFraction;
import org.jspecify.annotations.Nullable;

/** Follows every branch of a flow's first attempt, each on a fresh data plane. */
public final class Explorer {

    /** Branches after which it gives up being exact. */
    static final int MOST_BRANCHES = 20_000;

    private final Cluster cluster;
    private final EnumeratingChooser chooser;
    private final Flow flow;
    private final RunWatch watch;
    private @Nullable AttemptResult result;

    /** A branch that was followed. */
    public record Branch(AttemptResult result, BigFraction probability) {}

    /** Told of every branch; false to stop. */
    interface Visitor {
        boolean visit(Branch branch);
    }

    public Explorer(Moment moment, Flow flow) {
        this.cluster = moment.stage().cluster();
        this.chooser = moment.chooser();
        this.flow = flow;
        this.watch = moment.watch();
    }

    /** All branches, likeliest or not, in a stable order. */
    public List<Branch> branches() {
        List<Branch> branches = new ArrayList<>();
        cluster.network().tracer().sink(TraceSink.NONE);
        explore(branch -> {
            branches.add(branch);
            return branches.size() < MOST_BRANCHES;
        }, null);
        return branches;
    }

    /**
     * Visits the branches with their hops, until the visitor has seen enough.
     *
     * @return what was recorded of the branch at which it stopped; empty when it never did
     */
    public Traced traced(TracedVisitor visitor) {
        Recorder recorder = new Recorder();
        cluster.network().tracer().sink(recorder);
        cluster.resetDataPlane();
        cluster.recordState();
        recorder.found = recorder.changes.size();
        boolean[] found = new boolean[1];
        explore(branch -> {
            found[0] = visitor.isEnough(branch, recorder.hops);
            return !found[0];
        }, recorder);
        cluster.network().tracer().sink(TraceSink.NONE);
        return found[0] ? new Traced(recorder.hops, recorder.changes)
                : new Traced(List.of(), List.of());
    }

    /** The hops and the changes of state of a branch; first among these what it found. */
    public record Traced(List<Hop> hops, List<StateChange> changes) {
        public Traced {
            hops = List.copyOf(hops);
            changes = List.copyOf(changes);
        }
    }

    /** Whether a branch, with its hops, is the wanted one. */
    public interface TracedVisitor {
        boolean isEnough(Branch branch, List<Hop> hops);
    }

    private void explore(Visitor visitor, @Nullable Recorder recorder) {
        boolean traced = recorder != null;
        cluster.workload().onResult(r -> result = r);
        chooser.startOver();
        Redraws redraws = new Redraws(chooser, flow.lookup() != null);
        cluster.workload().onReached(redraws::reached);
        // A retry begins anew, with fewer to come, and has another future than a retransmission.
        boolean repeats = cluster.network().lossless() && flow.patience().retries() == 0;
        boolean more;
        do {
            watch.look(cluster.network().simulation().nowNanos());
            chooser.restart();
            redraws.restarted();
            cluster.resetDataPlane();
            if (recorder != null) {
                recorder.clear();
            }
            result = null;
            cluster.workload().start(flow.client().namespace(), flow.first());
            Simulation simulation = cluster.network().simulation();
            List<Share> shares = repeats ? redraws.cut() : null;
            while (result == null && shares == null && simulation.step()) {
                shares = repeats ? redraws.cut() : null;
            }
            if (shares != null) {
                // What is known already has been shown already, too.
                more = traced || visitAll(visitor, redraws, shares);
            } else {
                AttemptResult ended = Objects.requireNonNull(result, "the attempt never ended");
                BigFraction probability = chooser.probability();
                if (recorder != null) {
                    aftermath(simulation, ended, recorder.hops);
                }
                redraws.ended(ended, probability);
                more = visitor.visit(new Branch(ended, probability));
            }
            more &= chooser.nextPath();
            redraws.moved();
        } while (more);
    }

    /**
     * A traced attempt is watched for a while after its outcome: the closing handshake; and where
     * nothing has ended badly yet, until whatever waits for a neighbour has been given up.
     */
    private static void aftermath(Simulation simulation, AttemptResult ended, List<Hop> hops) {
        long over = simulation.nowNanos();
        simulation.runUntil(over + AFTERMATH_NANOS);
        boolean unexplained = ended.outcome() != Outcome.Answered && ended.why() == null
                && hops.stream().filter(hop -> hop.attempt() == ended.attempt())
                        .filter(hop -> hop.header().etherType() != EtherType.ARP)
                        .noneMatch(Diagnoser::endedBadly);
        if (unexplained) {
            simulation.runUntil(over + Causes.AFTERMATH_NANOS);
        }
    }

    private static boolean visitAll(Visitor visitor, Redraws redraws, List<Share> shares) {
        boolean more = true;
        for (Share share : shares) {
            redraws.ended(share.result(), share.probability());
            more &= visitor.visit(new Branch(share.result(), share.probability()));
        }
        return more;
    }

    private static final long AFTERMATH_NANOS = 500_000_000L;

    /** Keeps the hops of a branch, and what was found before it and changed in it. */
    private static final class Recorder implements TraceSink {
        private final List<Hop> hops = new ArrayList<>();
        private final List<StateChange> changes = new ArrayList<>();
        private int found;

        void clear() {
            hops.clear();
            changes.subList(found, changes.size()).clear();
        }

        @Override
        public Level level() {
            return Level.FULL;
        }

        @Override
        public void hop(Hop hop) {
            hops.add(hop);
        }

        @Override
        public void stateChange(StateChange change) {
            changes.add(change);
        }
    }
}
