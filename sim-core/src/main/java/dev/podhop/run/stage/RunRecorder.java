package dev.podhop.run.stage;

import dev.podhop.trace.Hop;
import dev.podhop.trace.StateChange;
import dev.podhop.trace.TraceSink;
import dev.podhop.workload.AttemptSpec;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;

/** Keeps the hops of each flow's first attempts, or of attempts by their index. */
public final class RunRecorder implements TraceSink {

    private final int tracedAttempts;
    private final BitSet traced = new BitSet();
    private final List<Hop> hops = new ArrayList<>();
    private final List<StateChange> changes = new ArrayList<>();
    private Consumer<Hop> listener = hop -> {};

    RunRecorder(int tracedAttempts) {
        this.tracedAttempts = tracedAttempts;
    }

    RunRecorder(BitSet attempts) {
        this(0, attempts);
    }

    RunRecorder(int tracedAttempts, BitSet attempts) {
        this.tracedAttempts = tracedAttempts;
        traced.or(attempts);
    }

    /** An attempt begins. */
    void started(int attempt, AttemptSpec spec) {
        if (spec.number() < tracedAttempts) {
            traced.set(attempt);
        }
    }

    @Override
    public Level level() {
        return tracedAttempts > 0 || !traced.isEmpty() ? Level.FULL : Level.OUTCOME;
    }

    @Override
    public boolean wants(int attempt) {
        return attempt >= 0 && traced.get(attempt);
    }

    /** Is told of each hop that is kept, when it is over. */
    public void onHop(Consumer<Hop> changed) {
        listener = changed;
    }

    @Override
    public void hop(Hop hop) {
        hops.add(hop);
        listener.accept(hop);
    }

    @Override
    public void stateChange(StateChange change) {
        changes.add(change);
    }

    public List<Hop> hops() {
        return hops;
    }

    public List<StateChange> changes() {
        return changes;
    }
}
