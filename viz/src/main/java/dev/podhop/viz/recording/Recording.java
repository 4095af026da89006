package dev.podhop.viz.recording;

import dev.podhop.cluster.Labels;
import dev.podhop.k8s.Node;
import dev.podhop.k8s.Service;
import dev.podhop.reports.picture.Journal;
import dev.podhop.reports.picture.Life;
import dev.podhop.reports.picture.Visit;
import dev.podhop.reports.picture.Wiring;
import dev.podhop.run.ScenarioRunner;
import dev.podhop.run.doctor.Doctor;
import dev.podhop.run.doctor.DoctorReport;
import dev.podhop.run.doctor.DoctorRequest;
import dev.podhop.run.result.RunResult;
import dev.podhop.run.result.RunWatch;
import dev.podhop.run.result.Topology;
import dev.podhop.run.result.TraceResult.Diagnosis;
import dev.podhop.scenario.LoadedScenario;
import dev.podhop.scenario.Send;
import dev.podhop.scenario.evidence.Citations;
import dev.podhop.scenario.evidence.Cited;
import dev.podhop.trace.AttemptFacts;
import dev.podhop.trace.Explanation;
import dev.podhop.trace.Hop;
import dev.podhop.trace.Legs;
import dev.podhop.trace.Outcome;
import dev.podhop.trace.Role;
import dev.podhop.trace.Step;
import dev.podhop.workload.AttemptResult;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A run with its hops numbered from 0 in order of arrival. Everything in the viewer names a hop by
 * that number.
 */
public final class Recording {

    /** No hop. */
    public static final int NONE = -1;

    private final RecordingLoader.Request request;
    private final LoadedScenario scenario;
    private final RunResult run;
    private final Hop[] hops;
    private final long[] ids;
    private final long[] times;
    private final BitSet lost = new BitSet();
    private final Map<Integer, AttemptResult> attempts = new LinkedHashMap<>();
    private final Map<Integer, int[]> hopsOfAttempt = new HashMap<>();
    private final Map<Integer, Optional<Diagnosis>> diagnoses = new HashMap<>();
    private final Flights flights;
    private final Journal journal;
    private final Legs legs;
    private final Wiring wiring;
    private final Life life;
    private final RunKinds kinds;
    private final FileRows rows;
    private final Citations citations;
    private final @Nullable Asked asked;
    private @Nullable DoctorReport examined;
    private final @Nullable Visit[] visits;

    /**
     * A recording of a run.
     *
     * @param request what was asked for
     * @param text the scenario's file, as it stands on disk
     */
    public Recording(RecordingLoader.Request request, LoadedScenario scenario, String text,
            RunResult run, Topology topology) {
        this(request, scenario, text, run, topology, Citations.ofRun(scenario, run.changes()),
                null);
    }

    /** What came of a question. */
    static Recording of(RecordingLoader.Request request, String text, Asked.Answered answer) {
        Recording made = new Recording(request, answer.scenario(), text, answer.run(),
                answer.trace().backdrop().topology(), answer.trace().backdrop().citations(),
                answer.asked());
        Diagnosis diagnosis = answer.trace().diagnosis();
        if (diagnosis != null) {
            made.diagnoses.put(answer.trace().attempt().attempt(), Optional.of(diagnosis));
        }
        return made;
    }

    private Recording(RecordingLoader.Request request, LoadedScenario scenario, String text,
            RunResult run, Topology topology, Citations cited, @Nullable Asked asked) {
        this.asked = asked;
        this.request = request;
        this.scenario = scenario;
        this.run = run;
        this.hops = run.hops().toArray(Hop[]::new);
        this.ids = Arrays.stream(hops).mapToLong(Hop::id).toArray();
        this.times = Arrays.stream(hops).mapToLong(Hop::timeNanos).toArray();
        for (Hop hop : hops) {
            // Attempts appear in the order in which their first packet does.
            attempts.putIfAbsent(hop.attempt(), null);
        }
        run.attempts().forEach(each -> attempts.replace(each.attempt(), each));
        attempts.values().removeIf(each -> each == null);
        indexAttempts();
        for (int i = 0; i < hops.length; i++) {
            lost.set(i, hops[i].terminal() instanceof Step.Dropped
                    || hops[i].terminal() instanceof Step.Rejected);
        }
        this.flights = new Flights(this);
        this.journal = new Journal(run.changes());
        this.legs = Legs.of(run.hops());
        this.wiring = new Wiring(topology, run.hops(), run.changes(), zones(scenario));
        this.life = new Life(run.changes(), headless(scenario));
        this.kinds = new RunKinds(run);
        this.rows = new FileRows(request.settings(), scenario, text);
        this.citations = cited;
        this.visits = new Visit[hops.length];
    }

    private static Map<String, String> zones(LoadedScenario scenario) {
        Map<String, String> zones = new HashMap<>();
        scenario.objects(Node.class).forEach(node -> {
            String zone = node.zone();
            if (zone != null) {
                zones.put(node.metadata().name(), zone);
            }
        });
        return zones;
    }

    /** Services without an address of their own, as the trace names them. */
    private static Set<String> headless(LoadedScenario scenario) {
        return scenario.objects(Service.class)
                .filter(service -> service.spec().clusterIP().equals("None"))
                .map(service -> Labels.qualified(service.metadata().namespace(),
                        service.metadata().name()))
                .collect(Collectors.toUnmodifiableSet());
    }

    private void indexAttempts() {
        Map<Integer, Integer> counts = new HashMap<>();
        for (Hop hop : hops) {
            counts.merge(hop.attempt(), 1, Integer::sum);
        }
        Map<Integer, Integer> filled = new HashMap<>();
        for (int i = 0; i < hops.length; i++) {
            int attempt = hops[i].attempt();
            hopsOfAttempt.computeIfAbsent(attempt, a -> new int[counts.get(a)])[filled
                    .merge(attempt, 1, Integer::sum) - 1] = i;
        }
    }

    /** What was asked for: the file, and the settings laid over it. */
    public RecordingLoader.Request request() {
        return request;
    }

    public LoadedScenario scenario() {
        return scenario;
    }

    public RunResult run() {
        return run;
    }

    /** The namespaces and the wires between them. */
    public Wiring wiring() {
        return wiring;
    }

    /** What is alive at a time. */
    public Life life() {
        return life;
    }

    /** Hops sorted into the ways of single packets. */
    public Legs legs() {
        return legs;
    }

    /** The id of the hop in which the packet of a hop was made. */
    public long made(int hop) {
        return legs.of(hops[hop]).first().id();
    }

    /** Whose packet a hop's is, seen from the attempt that it belongs to. */
    public Role role(int hop) {
        return legs.role(legs.of(hops[hop]));
    }

    /** All files that the run was made of. */
    public FileRows rows() {
        return rows;
    }

    /** The lines of the files that a step rests on, each once. */
    public List<Cited> lines(Hop hop, Step step) {
        return Citations.lines(citations.of(hop, step));
    }

    /** A hop as a drawing needs it. */
    public Visit visit(int index) {
        Visit known = visits[index];
        if (known == null) {
            known = Visit.of(hops[index]);
            visits[index] = known;
        }
        return known;
    }

    public Flights flights() {
        return flights;
    }

    public Journal journal() {
        return journal;
    }

    /** How many hops there are. */
    public int size() {
        return hops.length;
    }

    public Hop hop(int index) {
        return hops[index];
    }

    /** When a hop's packet arrived. */
    public long time(int index) {
        return times[index];
    }

    /** When the last thing happened that can be looked at. */
    public long endNanos() {
        return Math.max(run.endNanos(), hops.length == 0 ? 0 : times[hops.length - 1]);
    }

    /** Whether the packet ended in a hop and nobody took it. */
    public boolean lost(int index) {
        return lost.get(index);
    }

    /** The number of the hop with an id, or {@link #NONE}. */
    public int indexOf(long id) {
        int found = Arrays.binarySearch(ids, id);
        return found < 0 ? NONE : found;
    }

    /** The last hop that began at or before a time, or {@link #NONE}. */
    public int lastAt(long timeNanos) {
        int found = Arrays.binarySearch(times, timeNanos);
        if (found < 0) {
            return -found - 2;
        }
        while (found + 1 < times.length && times[found + 1] == timeNanos) {
            found++;
        }
        return found;
    }

    /** The name of the flow that an attempt belongs to; null for none. */
    public @Nullable String flow(int attempt) {
        AttemptResult known = attempts.get(attempt);
        return known == null ? null : known.flow();
    }

    /** The attempts that have hops, in the order in which they began. */
    public List<AttemptResult> attempts() {
        return List.copyOf(attempts.values());
    }

    /** What a filter may ask of an attempt; null where nothing is known of it. */
    public @Nullable AttemptFacts facts(int attempt) {
        AttemptResult known = attempts.get(attempt);
        return known == null ? null
                : new AttemptFacts(known.flow(), known.outcome(),
                        Optional.ofNullable(run.whys().get(attempt)).map(Explanation::code)
                                .orElse(null));
    }

    /** What the doctor says of the file; the first time he looks, which may take long. */
    public synchronized DoctorReport examined() {
        DoctorReport known = examined;
        if (known == null) {
            known = new Doctor(scenario, RunWatch.NONE, DoctorRequest.ALL).examine();
            examined = known;
        }
        return known;
    }

    public synchronized boolean isExamined() {
        return examined != null;
    }

    /** Ports of all Services, by ClusterIP, and by the load balancer where there is one. */
    public List<String> services() {
        return scenario.objects(Service.class).flatMap(ServiceDoors::of).toList();
    }

    /** What was asked, and its odds; empty for a run of the file's own calls. */
    public Optional<Asked> asked() {
        return Optional.ofNullable(asked);
    }

    /** Where on the file's timeline this recording's clock begins. */
    public long originNanos() {
        return asked == null ? 0 : asked.atNanos();
    }

    /** What happens to the cluster, in order, on this recording's clock. */
    public List<Happening> happenings() {
        return scenario.timeline().stream().filter(entry -> !(entry.event() instanceof Send))
                .filter(entry -> asked == null || entry.atNanos() <= originNanos())
                .map(entry -> new Happening(entry.atNanos() - originNanos(),
                        entry.atNanos(),
                        (entry.event().verb() + " " + entry.event().about()).strip()))
                .toList();
    }

    /** All attempts of the run by kind, those that cannot be followed yet among them. */
    public RunKinds kinds() {
        return kinds;
    }

    /** How an attempt ended; null where that is not known, as of ARP and probes. */
    public @Nullable AttemptResult attempt(int attempt) {
        return attempts.get(attempt);
    }

    /** The hops of an attempt, in order. */
    public int[] hopsOf(int attempt) {
        return hopsOfAttempt.getOrDefault(attempt, new int[0]);
    }

    /** The attempt to show first; -1 where there is none. */
    public int mostTelling() {
        String failing = firstFailing();
        return mostTelling(each -> failing.isEmpty() || each.flow().equals(failing))
                .map(AttemptResult::attempt).orElse(-1);
    }

    /** Of certain attempts one that failed, else any; the one that came by the fewest places. */
    public Optional<AttemptResult> mostTelling(Predicate<AttemptResult> meant) {
        return attempts.values().stream().filter(meant).min(Comparator
                .comparing((AttemptResult each) -> each.outcome() == Outcome.Answered)
                .thenComparingLong(each -> places(each.attempt()))
                .thenComparingInt(each -> hopsOf(each.attempt()).length)
                .thenComparingLong(AttemptResult::startNanos));
    }

    /** Of a kind the attempt that tells most, or the first where none was followed yet. */
    public AttemptResult telling(RunKinds.Kind kind) {
        List<AttemptResult> all = kinds.of(kind);
        Set<AttemptResult> meant = new HashSet<>(all);
        return mostTelling(meant::contains).orElseGet(all::getFirst);
    }

    /**
     * The attempt of {@code FLOW#N}, or the most telling one of {@code FLOW}; {@link #NONE} where
     * there is no such.
     */
    public int attemptNamed(String name) {
        int hash = name.indexOf('#');
        String flow = hash < 0 ? name : name.substring(0, hash);
        return mostTelling(each -> each.flow().equals(flow)
                && (hash < 0 || name.equals(flow + "#" + each.number())))
                .map(AttemptResult::attempt).orElse(NONE);
    }

    /** The flows that have attempts, in the order in which they began. */
    public List<String> flows() {
        return attempts.values().stream().map(AttemptResult::flow).distinct().toList();
    }

    private String firstFailing() {
        return attempts.values().stream().filter(each -> each.outcome() != Outcome.Answered)
                .min(Comparator.comparingLong(AttemptResult::startNanos))
                .map(AttemptResult::flow).orElse("");
    }

    /** How many places it came by until a packet ended badly. */
    private long places(int attempt) {
        int[] own = hopsOf(attempt);
        int bad = 0;
        while (bad < own.length - 1 && !lost.get(own[bad])) {
            bad++;
        }
        return Arrays.stream(own, 0, bad).mapToObj(i -> hops[i].place()).distinct().count();
    }

    /**
     * The hop of an attempt to look at first: where it was decided, else where its answer arrived;
     * {@link #NONE} for one without hops.
     */
    public int decision(int attempt) {
        AttemptResult known = attempts.get(attempt);
        int[] own = hopsOf(attempt);
        if (own.length == 0) {
            return NONE;
        }
        long decided = diagnosis(attempt).map(Diagnosis::decidingHop)
                .orElseGet(() -> known == null ? 0
                        : Legs.of(hopsWith(own)).answer(known.local())
                                .map(Hop::id).orElse(0L));
        return decided == 0 ? own[own.length - 1] : indexOf(decided);
    }

    private List<Hop> hopsWith(int[] indexes) {
        return Arrays.stream(indexes).mapToObj(this::hop).toList();
    }

    /** What sim-core says went wrong in an attempt; empty where nothing did. */
    public synchronized Optional<Diagnosis> diagnosis(int attempt) {
        AttemptResult known = attempts.get(attempt);
        if (known == null || known.outcome() == Outcome.Answered) {
            return Optional.empty();
        }
        return diagnoses.computeIfAbsent(attempt, a -> Optional.of(
                ScenarioRunner.diagnose(run, known, hopsWith(hopsOf(a)), citations)));
    }
}
