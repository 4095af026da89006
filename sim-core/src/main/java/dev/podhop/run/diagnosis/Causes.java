package dev.podhop.run.diagnosis;

import dev.podhop.cluster.Labels;
import dev.podhop.netstack.Endings;
import dev.podhop.run.diagnosis.Witness.Testimony;
import dev.podhop.run.result.TraceResult.Diagnosis;
import dev.podhop.run.stage.Execution;
import dev.podhop.scenario.LoadedScenario;
import dev.podhop.scenario.evidence.Citations;
import dev.podhop.scenario.evidence.Cited;
import dev.podhop.trace.Explanation;
import dev.podhop.trace.Hop;
import dev.podhop.trace.Outcome;
import dev.podhop.trace.StateChange;
import dev.podhop.workload.AttemptResult;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Says of a run's failures what a trace says. A run keeps no hops, since nobody knows beforehand
 * which attempts will fail; so that a run with failures is made a second time, with the same luck
 * up to the last of them, and this time those are followed hop by hop, and the cluster's objects
 * are looked at whenever one of their packets ends badly. That takes at most as long again.
 */
public final class Causes {

    /** Failures that are followed; those beyond are told as the first of their like. */
    private static final int MOST_FOLLOWED = 500;

    /** Of each kind so many are followed, whatever their number. */
    private static final int FEW = 10;

    /** What waits for a neighbour when its attempt is over, {@code mcast_solicit} times 1 s. */
    public static final long AFTERMATH_NANOS = 4_000_000_000L;

    private final Map<Integer, Explanation> known = new HashMap<>();
    private final Map<Integer, List<Cited>> evidence = new HashMap<>();

    /**
     * Why the attempts of a run failed, as far as their packets show it.
     *
     * @param traced of so many of a flow's first attempts somebody will want to know
     */
    public static Causes of(LoadedScenario scenario, Execution run, int traced) {
        List<AttemptResult> failed = followed(run, traced);
        Causes causes = new Causes();
        NameHints hints = new NameHints(run.stage().controlPlane().services());
        run.results().stream().filter(r -> r.why() != null).forEach(r -> causes.known
                .put(r.attempt(), hints.nearest(Objects.requireNonNull(r.why()))));
        if (!failed.isEmpty()) {
            causes.follow(scenario, run, failed);
        }
        return causes;
    }

    /** The first failures, and of every flow and place where they end the first few. */
    private static List<AttemptResult> followed(Execution run, int traced) {
        Endings endings = run.stage().cluster().network().endings();
        Map<String, Integer> counts = new HashMap<>();
        List<AttemptResult> followed = new ArrayList<>();
        for (AttemptResult r : run.results()) {
            if (r.outcome() == Outcome.Answered || r.why() != null) {
                continue;
            }
            int attempt = r.attempt();
            String like = r.flow() + " " + r.outcome() + (endings.any(attempt)
                    ? " " + endings.namespace(attempt) + " " + endings.reason(attempt)
                    : "");
            if (counts.merge(like, 1, Integer::sum) <= FEW || followed.size() < MOST_FOLLOWED
                    || r.number() < traced) {
                followed.add(r);
            }
        }
        return followed;
    }

    private void follow(LoadedScenario scenario, Execution run, List<AttemptResult> failed) {
        BitSet attempts = new BitSet();
        failed.forEach(result -> attempts.set(result.attempt()));
        Execution again = run.again(attempts);
        Witness looking = new ObjectWitness(scenario, again.stage());
        Map<Long, Testimony> seen = new HashMap<>();
        again.recorder().onHop(hop -> {
            Testimony testimony = looking.about(hop);
            if (testimony != Testimony.NONE) {
                seen.put(hop.id(), testimony);
            }
        });
        Witness witness = hop -> seen.getOrDefault(hop.id(), Testimony.NONE);
        again.runUntil(AFTERMATH_NANOS
                + failed.stream().mapToLong(AttemptResult::endNanos).max().orElseThrow());
        Map<Integer, List<Hop>> hops = again.recorder().hops().stream()
                .collect(Collectors.groupingBy(Hop::attempt));
        Citations citations = Citations.ofRun(scenario, pods(again));
        for (AttemptResult result : failed) {
            Diagnosis diagnosis = new Diagnoser(result,
                    hops.getOrDefault(result.attempt(), List.of()), witness)
                    .diagnose(List.of(), citations);
            known.put(result.attempt(), diagnosis.what());
            evidence.put(result.attempt(), diagnosis.evidence());
        }
    }

    /** Why attempts failed, by attempt; those that were followed. */
    public Map<Integer, Explanation> all() {
        return known;
    }

    /** The addresses of the pods there are, as if they had always had them. */
    private static List<StateChange> pods(Execution run) {
        return run.stage().controlPlane().pods().stream()
                .map(pod -> new StateChange(0, StateChange.Kind.POD, "",
                        Labels.pod(pod.metadata()), Map.of("address", pod.status().podIP())))
                .toList();
    }

    /** The lines of the files behind that; none where it was not followed. */
    public List<Cited> evidence(int attempt) {
        return evidence.getOrDefault(attempt, List.of());
    }

    /** Why that attempt failed; empty if it was not followed. */
    public Optional<Explanation> of(int attempt) {
        return Optional.ofNullable(known.get(attempt));
    }
}
