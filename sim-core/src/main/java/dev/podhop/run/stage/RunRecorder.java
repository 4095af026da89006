package dev.podhop.run.stage;

import dev.podhop.trace.Hop;
import dev.podhop.trace.Outcome;
import dev.podhop.trace.StateChange;
import dev.podhop.trace.TraceSink;
import dev.podhop.workload.AttemptResult;
import dev.podhop.workload.AttemptSpec;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Keeps the hops of each flow's first attempts, or of attempts by their index. Where nobody asks
 * for any, a long run keeps on trial those of attempts that are likely to fail in a way not seen
 * yet, the first after an event and those beside a failure, until they are answered after all: so
 * that such a run need not be made again as far as there.
 */
public final class RunRecorder implements TraceSink {

    /** A shorter run is made again sooner than an attempt of it is traced. */
    private static final int LONG = 5_000;
    /** Attempts on trial in a whole run; to trace one takes as long as to run ten. */
    private static final int MOST_ON_TRIAL = 4_000;
    private static final int AFTER_EVENT = 40;
    private static final int AFTER_FAILURE = 64;
    /** Of so many failures each is followed. */
    public static final int MOST_FAILURES = 500;

    private final int tracedAttempts;
    private final BitSet traced = new BitSet();
    private final List<Hop> hops = new ArrayList<>();
    private final List<StateChange> changes = new ArrayList<>();
    private final Map<Integer, List<Hop>> onTrial = new TreeMap<>();
    private final boolean asked;
    private int trials;
    private int wary;
    private int failures;
    private Consumer<Hop> listener = hop -> {};

    RunRecorder(int tracedAttempts) {
        this.tracedAttempts = tracedAttempts;
        this.asked = tracedAttempts > 0;
    }

    RunRecorder(BitSet attempts) {
        this(0, attempts);
    }

    RunRecorder(int tracedAttempts, BitSet attempts) {
        this.tracedAttempts = tracedAttempts;
        this.asked = true;
        traced.or(attempts);
    }

    /** An attempt begins. */
    void started(int attempt, AttemptSpec spec) {
        if (spec.number() < tracedAttempts) {
            traced.set(attempt);
        }
        if (!asked && wary > 0 && attempt >= LONG && trials < MOST_ON_TRIAL) {
            wary--;
            trials++;
            onTrial.put(attempt, new ArrayList<>());
        }
    }

    /** An event that is no flow: from now on things may go wrong that did not before. */
    void happened() {
        wary = Math.max(wary, AFTER_EVENT);
    }

    /** An attempt is over: of one that was answered nothing is kept on trial. */
    void ended(AttemptResult result) {
        if (result.outcome() == Outcome.Answered) {
            onTrial.remove(result.attempt());
        } else if (failures++ < MOST_FAILURES) {
            wary = Math.max(wary, AFTER_FAILURE);
        }
    }

    @Override
    public Level level() {
        return asked || !onTrial.isEmpty() ? Level.FULL : Level.OUTCOME;
    }

    @Override
    public boolean wants(int attempt) {
        return attempt >= 0 && (traced.get(attempt) || onTrial.containsKey(attempt));
    }

    /** Is told of each hop that is kept, when it is over. */
    public void onHop(Consumer<Hop> changed) {
        listener = changed;
    }

    @Override
    public void hop(Hop hop) {
        List<Hop> tried = onTrial.get(hop.attempt());
        (tried == null ? hops : tried).add(hop);
        listener.accept(hop);
    }

    @Override
    public void stateChange(StateChange change) {
        if (asked) {
            changes.add(change);
        }
    }

    public List<Hop> hops() {
        return hops;
    }

    /** The hops of attempts that were traced because they seemed likely to fail, and did. */
    public List<Hop> onTrial() {
        return onTrial.values().stream().flatMap(List::stream).toList();
    }

    public List<StateChange> changes() {
        return changes;
    }
}
