package dev.podhop.run;

import dev.podhop.cluster.Cluster;
import dev.podhop.engine.Chooser;
import dev.podhop.engine.SampledChooser;
import dev.podhop.net.L4Protocol;
import dev.podhop.run.diagnosis.Causes;
import dev.podhop.run.diagnosis.Diagnoser;
import dev.podhop.run.diagnosis.Findings;
import dev.podhop.run.diagnosis.Witness;
import dev.podhop.run.odds.Explorer;
import dev.podhop.run.odds.Moments;
import dev.podhop.run.odds.Moments.Moment;
import dev.podhop.run.odds.OddsBook;
import dev.podhop.run.odds.OddsNotes;
import dev.podhop.run.result.FlowResult;
import dev.podhop.run.result.OddsResult;
import dev.podhop.run.result.RunOptions;
import dev.podhop.run.result.RunResult;
import dev.podhop.run.result.RunWatch;
import dev.podhop.run.result.Topology;
import dev.podhop.run.result.TraceRequest;
import dev.podhop.run.result.TraceResult;
import dev.podhop.run.result.UsageException;
import dev.podhop.run.stage.AttemptKinds;
import dev.podhop.run.stage.Execution;
import dev.podhop.run.stage.Flow;
import dev.podhop.run.stage.RunRecorder;
import dev.podhop.run.stage.Stage;
import dev.podhop.run.state.ClusterState;
import dev.podhop.run.state.StateBook;
import dev.podhop.scenario.Expectation;
import dev.podhop.scenario.FlowTarget;
import dev.podhop.scenario.LoadedScenario;
import dev.podhop.scenario.Send;
import dev.podhop.scenario.Source;
import dev.podhop.scenario.TimelineEntry;
import dev.podhop.scenario.evidence.Citations;
import dev.podhop.scenario.expect.Check;
import dev.podhop.trace.Explanation;
import dev.podhop.trace.Hop;
import dev.podhop.workload.AttemptResult;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Answers every question about a scenario. Each answer starts from the file anew. */
public final class ScenarioRunner {

    private final LoadedScenario scenario;
    private final RunWatch watch;

    public ScenarioRunner(LoadedScenario scenario) {
        this(scenario, RunWatch.NONE);
    }

    /** A runner whose answers take long, perhaps longer than somebody wants to wait for them. */
    public ScenarioRunner(LoadedScenario scenario, RunWatch watch) {
        this.scenario = scenario;
        this.watch = watch;
    }

    /** What the file says that has no effect yet, a line each. */
    public List<String> unsimulated() {
        return Unsimulated.of(scenario);
    }

    /**
     * What keeps Services from answering before anything happens, in the order of the file; none
     * where the file cannot be run at all.
     */
    public List<Explanation> findings() {
        return Findings.of(scenario);
    }

    /** Runs the scenario once, and holds its expectations against what happened. */
    public RunResult run(RunOptions options) {
        List<Expectation> expectations = scenario.spec().expect();
        int traced = RunChecks.needHops(expectations)
                ? Math.max(options.tracedAttempts(), RunChecks.TRACED_FOR_WAYS)
                : options.tracedAttempts();
        Execution execution = new Execution(scenario, watch, options, traced);
        StateBook states = new StateBook(scenario);
        Causes causes = new Causes(scenario, execution);
        execution.run(states.times(), states::keep);
        Set<Integer> others = Set.copyOf(options.others());
        causes.find(each -> each.number() < traced || others.contains(each.attempt()));
        RunSummary summary = new RunSummary(execution.stage().cluster().network(), causes);
        List<FlowResult> flows = summary.flows(execution.flows(), execution.results());
        List<Check> checks = new ArrayList<>(expectations.isEmpty() ? List.of()
                : new RunChecks(scenario, execution, states,
                        odds(null, OptionalLong.empty(),
                                new Moments(scenario, watch, execution.seed()).goingOn()))
                        .checks());
        checks.addAll(InvariantChecks.of(scenario, execution));
        PolicyNotes policies = new PolicyNotes(scenario, execution.stage());
        Map<Integer, Explanation> whys =
                options.everyKind() ? summary.whys(execution.results()) : causes.all();
        RunRecorder recorder = withOthers(execution, traced, options,
                whys);
        return new RunResult(scenario.name(), execution.seed(), execution.endNanos(),
                flows.stream().map(policies::on).toList(), checks, execution.stage().unscheduled(),
                execution.results(),
                recorder.hops().stream().sorted(Comparator.comparingLong(Hop::id)).toList(),
                recorder.changes(), whys,
                execution.refusals(), 1);
    }

    /** Runs once more, with the same luck, where what is wanted was not among the first. */
    private static RunRecorder withOthers(Execution run, int traced, RunOptions options,
            Map<Integer, Explanation> whys) {
        BitSet missing =
                options.everyKind() ? AttemptKinds.missing(run, traced, whys) : new BitSet();
        options.others().forEach(missing::set);
        if (missing.isEmpty()) {
            return run.recorder();
        }
        Execution again = run.again(traced, missing);
        again.run(List.of(), (at, stage) -> {});
        return again.recorder();
    }

    /**
     * The exact probabilities of all flows, or of one.
     *
     * @throws UsageException for an unknown flow, or the one that is asked for, where it cannot
     *         begin
     */
    public OddsResult odds(@Nullable String flow) {
        return odds(flow, OptionalLong.empty());
    }

    /**
     * The same as if the flows began at another time.
     *
     * @param atNanos virtual time; empty for each flow's own start
     * @throws UsageException for an unknown flow, or the one that is asked for where it cannot
     *         begin then; of all flows those that cannot are refusals of the result
     */
    public OddsResult odds(@Nullable String flow, OptionalLong atNanos) {
        Moments moments = new Moments(scenario, watch, scenario.spec().seed());
        return odds(flow, atNanos, flow == null ? moments.goingOn() : moments);
    }

    /** @param moments of the run on whose lags hangs what has happened when */
    private OddsResult odds(@Nullable String flow, OptionalLong atNanos, Moments moments) {
        List<OddsResult.FlowOdds> all = new ArrayList<>();
        List<TimelineEntry> timeline = scenario.timeline();
        for (int i = 0; i < timeline.size(); i++) {
            if (timeline.get(i).event() instanceof Send send
                    && (flow == null || flow.equals(send.flow()))) {
                all.addAll(oddsAt(moments.of(i, atNanos), moments.flows(i, atNanos)));
            }
        }
        if (flow != null && all.isEmpty()) {
            throw new UsageException("no flow " + flow + "; the file has " + flowNames()
                    + UsageException.meant(flow, flowNames()));
        }
        return new OddsResult(scenario.name(), all, moments.refusals());
    }

    /**
     * The exact probabilities of a flow by its ends; of the file's own where it has one, as a trace
     * of it is.
     *
     * @param atNanos when it begins; empty for before anything happens
     */
    public OddsResult odds(Source from, FlowTarget to, L4Protocol protocol, OptionalLong atNanos) {
        Optional<Send> known = scenario.timeline().stream().map(TimelineEntry::event)
                .filter(Send.class::isInstance).map(Send.class::cast)
                .filter(send -> Tracing.isBetween(send, from, to, protocol)).findFirst();
        if (known.isPresent()) {
            return odds(known.get().flow(), atNanos);
        }
        Moment moment = new Moments(scenario, watch, scenario.spec().seed()).at(atNanos.orElse(0));
        return new OddsResult(scenario.name(),
                oddsAt(moment, Flow.of(Tracing.adHoc(from, to, protocol), moment.stage(),
                        scenario.spec())));
    }

    /**
     * One attempt, hop by hop.
     *
     * @throws UsageException when no attempt is as the request asks
     */
    public TraceResult trace(TraceRequest request) {
        return new Tracing(scenario, watch, request).trace();
    }

    /**
     * The cluster's tables at a time of the seeded run.
     *
     * @param atNanos virtual time; empty for the end
     */
    public ClusterState state(OptionalLong atNanos) {
        return state(atNanos, OptionalLong.empty());
    }

    /** The same in the run of another seed; empty for the scenario's own. */
    public ClusterState state(OptionalLong atNanos, OptionalLong seed) {
        Execution execution = new Execution(scenario, watch, new RunOptions(seed, 0), 0);
        if (atNanos.isPresent()) {
            execution.runUntil(atNanos.getAsLong());
        } else {
            execution.run();
        }
        return new ClusterState(execution.stage(), scenario);
    }

    /** How the cluster is wired before anything happens. */
    public Topology topology() {
        return Topology.of(cluster(new SampledChooser(scenario.spec().seed())));
    }

    /**
     * Where an attempt of a run failed, in the run's own words, without fixes.
     *
     * @param hops the attempt's own, in order
     * @param citations the run's
     */
    public static TraceResult.Diagnosis diagnose(RunResult run, AttemptResult attempt,
            List<Hop> hops, Citations citations) {
        TraceResult.Diagnosis seen =
                new Diagnoser(attempt, hops, Witness.NONE).diagnose(List.of(), citations);
        return seen.saying(run.whys().getOrDefault(attempt.attempt(), seen.what()));
    }

    /** The cluster before anything happens, for whoever drives it by hand: benchmarks, tests. */
    public Cluster cluster(Chooser chooser) {
        return new Stage(scenario, chooser, scenario.spec().seed()).cluster();
    }

    private List<OddsResult.FlowOdds> oddsAt(Moment moment, List<Flow> flows) {
        return flows.stream()
                .map(flow -> {
                    List<Explorer.Branch> branches = new Explorer(moment, flow).branches();
                    return OddsBook.of(flow, branches,
                            OddsNotes.of(scenario, flow, moment.stage(), branches));
                }).map(new PolicyNotes(scenario, moment.stage())::on).toList();
    }

    private List<String> flowNames() {
        return scenario.timeline().stream().map(TimelineEntry::event)
                .filter(Send.class::isInstance)
                .map(e -> ((Send) e).flow()).toList();
    }
}
