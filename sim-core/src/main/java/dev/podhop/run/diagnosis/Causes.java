package dev.podhop.run.diagnosis;

import dev.podhop.cluster.Labels;
import dev.podhop.k8s.Pod;
import dev.podhop.netstack.Endings;
import dev.podhop.run.diagnosis.Witness.Testimony;
import dev.podhop.run.result.TraceResult.Diagnosis;
import dev.podhop.run.stage.ControlPlane;
import dev.podhop.run.stage.Execution;
import dev.podhop.run.stage.RunRecorder;
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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Says of a run's failures what a trace says. What the run keeps hops of is judged by those. Of the
 * rest nobody knows beforehand which attempts will fail; so that such a run is made a second time,
 * with the same luck up to the last of them, and this time they are followed hop by hop. Whenever
 * one of their packets ends badly, the cluster's objects are looked at. Beyond some hundreds only
 * the first of each kind is followed.
 */
public final class Causes {

    /** What waits for a neighbour when its attempt is over, {@code mcast_solicit} times 1 s. */
    public static final long AFTERMATH_NANOS = 4_000_000_000L;

    private final LoadedScenario scenario;
    private final Execution run;
    private final Watched kept;
    private final Map<Integer, Explanation> known = new HashMap<>();
    private final Map<Integer, List<Cited>> evidence = new HashMap<>();

    /** What the packets of a run met, as somebody saw it who looked at the cluster meanwhile. */
    private static final class Watched {

        private final Execution run;
        private final Map<Long, Testimony> seen = new HashMap<>();
        private final Map<String, String> holders = new HashMap<>();
        private final List<StateChange> addresses = new ArrayList<>();
        private Map<Integer, List<Hop>> hops = Map.of();

        Watched(LoadedScenario scenario, Execution run) {
            this.run = run;
            Witness looking = new ObjectWitness(scenario, run.stage());
            run.recorder().onHop(hop -> {
                Testimony testimony = looking.about(hop);
                if (testimony != Testimony.NONE) {
                    seen.put(hop.id(), testimony);
                }
            });
            ControlPlane cluster = run.stage().controlPlane();
            cluster.pods().forEach(this::noteAddress);
            cluster.store().subscribe(event -> {
                if (event.after() instanceof Pod pod) {
                    noteAddress(pod);
                }
            });
        }

        /** Which pod had an address, from when on. */
        private void noteAddress(Pod pod) {
            String label = Labels.pod(pod.metadata());
            String address = pod.status().podIP();
            if (!address.isEmpty() && !address.equals(holders.put(label, address))) {
                addresses.add(new StateChange(
                        run.stage().cluster().network().simulation().nowNanos(),
                        StateChange.Kind.POD, "", label, Map.of("address", address)));
            }
        }

        /** Takes note of what there is until now. */
        void look() {
            hops = Stream.concat(run.recorder().hops().stream(),
                    run.recorder().onTrial().stream())
                    .collect(Collectors.groupingBy(Hop::attempt));
        }

        /** Whether all is seen of an attempt that can make a difference. */
        boolean isDone(AttemptResult result) {
            return hops.containsKey(result.attempt()) && (diagnoser(result).isSettled()
                    || run.nowNanos() >= result.endNanos() + AFTERMATH_NANOS);
        }

        Diagnoser diagnoser(AttemptResult result) {
            return new Diagnoser(result, hops.getOrDefault(result.attempt(), List.of()),
                    hop -> seen.getOrDefault(hop.id(), Testimony.NONE));
        }
    }

    /** Watches a run that has not begun. */
    public Causes(LoadedScenario scenario, Execution run) {
        this.scenario = scenario;
        this.run = run;
        this.kept = new Watched(scenario, run);
    }

    /**
     * Why the attempts of the run, which is over, failed, as far as their packets show it.
     *
     * @param wanted of these attempts somebody will want to know
     */
    public void find(Predicate<AttemptResult> wanted) {
        NameHints hints = new NameHints(run.stage().controlPlane());
        run.results().stream().filter(r -> r.why() != null).forEach(r -> known
                .put(r.attempt(), hints.nearest(Objects.requireNonNull(r.why()), r.client())));
        List<AttemptResult> failed = followed(wanted);
        if (failed.isEmpty()) {
            return;
        }
        kept.look();
        tell(failed.stream().filter(kept::isDone).toList(), kept);
        List<AttemptResult> open =
                failed.stream().filter(r -> !known.containsKey(r.attempt())).toList();
        if (!open.isEmpty()) {
            tell(open, again(open));
        }
    }

    /** The first failures, and of every flow and place where they end the first. */
    private List<AttemptResult> followed(Predicate<AttemptResult> wanted) {
        Endings endings = run.stage().cluster().network().endings();
        Set<String> likes = new HashSet<>();
        List<AttemptResult> followed = new ArrayList<>();
        for (AttemptResult r : run.results()) {
            if (r.outcome() == Outcome.Answered || r.why() != null) {
                continue;
            }
            int attempt = r.attempt();
            String like = r.flow() + " " + r.outcome() + (endings.any(attempt)
                    ? " " + endings.namespace(attempt) + " " + endings.reason(attempt)
                    : "");
            if (likes.add(like) || followed.size() < RunRecorder.MOST_FAILURES
                    || wanted.test(r)) {
                followed.add(r);
            }
        }
        return followed;
    }

    /** The same run once more, until nothing that comes later can say anything else of these. */
    private Watched again(List<AttemptResult> failed) {
        BitSet attempts = new BitSet();
        failed.forEach(result -> attempts.set(result.attempt()));
        Execution again = run.again(attempts);
        Watched watched = new Watched(scenario, again);
        again.runUntil(failed.stream().mapToLong(AttemptResult::endNanos).max().orElseThrow());
        watched.look();
        failed.stream().filter(result -> !watched.isDone(result))
                .mapToLong(AttemptResult::endNanos).max()
                .ifPresent(last -> again.goOnUntil(AFTERMATH_NANOS + last));
        watched.look();
        return watched;
    }

    private void tell(List<AttemptResult> failed, Watched watched) {
        Citations citations = Citations.ofRun(scenario, watched.addresses);
        for (AttemptResult result : failed) {
            Diagnosis diagnosis = watched.diagnoser(result).diagnose(List.of(), citations);
            known.put(result.attempt(), diagnosis.what());
            evidence.put(result.attempt(), diagnosis.evidence());
        }
    }

    /** Why attempts failed, by attempt; those that were followed. */
    public Map<Integer, Explanation> all() {
        return known;
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
