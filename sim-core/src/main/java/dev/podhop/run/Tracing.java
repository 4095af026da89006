package dev.podhop.run;

import dev.podhop.net.L4Protocol;
import dev.podhop.run.diagnosis.Called;
import dev.podhop.run.diagnosis.Diagnoser;
import dev.podhop.run.diagnosis.Fixes;
import dev.podhop.run.diagnosis.NameHints;
import dev.podhop.run.diagnosis.ObjectWitness;
import dev.podhop.run.diagnosis.Witness;
import dev.podhop.run.odds.Explorer;
import dev.podhop.run.odds.Explorer.Branch;
import dev.podhop.run.odds.Explorer.Traced;
import dev.podhop.run.odds.Moments;
import dev.podhop.run.odds.Moments.Moment;
import dev.podhop.run.odds.OddsBook;
import dev.podhop.run.odds.OddsNotes;
import dev.podhop.run.result.Backdrop;
import dev.podhop.run.result.OddsResult;
import dev.podhop.run.result.OddsResult.FlowOdds;
import dev.podhop.run.result.RunReason;
import dev.podhop.run.result.RunWatch;
import dev.podhop.run.result.Topology;
import dev.podhop.run.result.TraceRequest;
import dev.podhop.run.result.TraceResult;
import dev.podhop.run.result.TraceResult.Diagnosis;
import dev.podhop.run.result.UsageException;
import dev.podhop.run.stage.Flow;
import dev.podhop.run.stage.Stage;
import dev.podhop.scenario.FlowTarget;
import dev.podhop.scenario.LoadedScenario;
import dev.podhop.scenario.Send;
import dev.podhop.scenario.Source;
import dev.podhop.scenario.TimelineEntry;
import dev.podhop.scenario.evidence.Citations;
import dev.podhop.trace.Explanation;
import dev.podhop.trace.Hop;
import dev.podhop.trace.Outcome;
import dev.podhop.trace.RuleMatch;
import dev.podhop.trace.Step;
import dev.podhop.workload.AttemptResult;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.apache.commons.math3.fraction.BigFraction;
import org.jspecify.annotations.Nullable;

/** Finds the attempt that a request means, and follows it hop by hop. */
final class Tracing {

    /** Longer than ARP's three tries, so that a pod that is gone shows as unreachable. */
    private static final long PATIENCE_NANOS = 5_000_000_000L;

    /** How many choices a message lists. */
    private static final int OFFERED = 12;

    private final LoadedScenario scenario;
    private final Moments moments;
    private final TraceRequest request;

    Tracing(LoadedScenario scenario, RunWatch watch, TraceRequest request) {
        this.scenario = scenario;
        this.moments = new Moments(scenario, watch, scenario.spec().seed());
        this.request = request;
    }

    TraceResult trace() {
        Scene scene = scene();
        Flow flow = scene.flow();
        Explorer explorer = new Explorer(scene.moment(), flow);
        List<Branch> branches = explorer.branches();
        FlowOdds odds = new PolicyNotes(scenario, scene.moment().stage())
                .on(OddsBook.of(flow, branches,
                        OddsNotes.of(scenario, flow, scene.moment().stage(), branches)));
        Outcome wanted = wanted(branches);
        Search search = new Search();
        Traced traced = explorer.traced(search.of(wanted));
        if (search.chosen == null && request.outcome() == null) {
            traced = explorer.traced(search.of(null)); // what was picked says how it ends
        }
        Branch branch = search.chosen;
        if (branch == null) {
            throw new UsageException("no attempt of " + flow.client().label() + " to "
                    + flow.send().to() + search.asked(wanted) + "; its outcomes are "
                    + odds.results().stream().map(r -> r.key().outcome()).distinct().toList()
                    + ", its choices " + search.offered.stream().limit(OFFERED).toList());
        }
        List<Hop> own = traced.hops().stream().filter(h -> h.attempt() == branch.result().attempt())
                .sorted(Comparator.comparingLong(Hop::id)).toList();
        Moment moment = scene.moment();
        Citations citations =
                Citations.ofMoment(scenario, traced.changes(), moment.events());
        return new TraceResult(branch.result(), own, odds,
                branch.result().outcome() == Outcome.Answered ? null
                        : diagnosis(scene, branch, own, odds, citations),
                new Backdrop(moment.atNanos(), Topology.of(moment.stage().cluster()),
                        traced.changes(), citations));
    }

    private Diagnosis diagnosis(Scene scene, Branch branch, List<Hop> own, FlowOdds odds,
            Citations citations) {
        AttemptResult attempt = branch.result();
        Stage stage = scene.moment().stage();
        Called called = Called.of(attempt.remote(), attempt.protocol(), stage).orElse(null);
        Explanation unresolved = attempt.why();
        Witness witness = new ObjectWitness(scenario, stage);
        Diagnoser diagnoser = new Diagnoser(attempt, own, witness);
        boolean late = diagnoser.what().is(RunReason.REPLY_LATE);
        Send send = scene.flow().send();
        Fixes fixes = new Fixes(scenario, send, request.flow() != null,
                (changed, to) -> again(send, changed, to));
        Diagnosis diagnosis =
                diagnoser.diagnose(fixes.tried(odds, attempt, called, stage, late), citations);
        return unresolved == null ? diagnosis
                : diagnosis.saying(new NameHints(stage.controlPlane())
                        .nearest(unresolved, attempt.client()));
    }

    /** The same question to another file, or about another target. */
    private OddsResult again(Send send, LoadedScenario changed, @Nullable FlowTarget to) {
        ScenarioRunner runner = new ScenarioRunner(changed);
        boolean own = scenario.spec().timeline().stream().anyMatch(e -> e.event().equals(send));
        return own && to == null ? runner.odds(send.flow(), request.atNanos())
                : runner.odds(send.from(), to == null ? send.to() : to, send.protocol(),
                        request.atNanos());
    }

    /** Looks for the attempt that is meant, and remembers what could have been picked. */
    private final class Search {

        private final Set<String> offered = new TreeSet<>();
        private @Nullable Branch chosen;

        /** @param outcome how it is to end; null: whatever happens */
        Explorer.TracedVisitor of(@Nullable Outcome outcome) {
            return (branch, hops) -> {
                hops.stream().flatMap(hop -> hop.steps().stream())
                        .filter(Step.BackendChoice.class::isInstance)
                        .map(Step.BackendChoice.class::cast)
                        .forEach(c -> offered.add(c.loadBalancer() + "=" + c.chosen()));
                if (branch.result().endpoint() != null) {
                    offered.add("endpoint=" + branch.result().endpoint());
                }
                boolean enough = (outcome == null || branch.result().outcome() == outcome)
                        && picked(branch, hops);
                if (enough) {
                    chosen = branch;
                }
                return enough;
            };
        }

        /** What was asked for in vain. */
        private String asked(Outcome wanted) {
            String ends = request.outcome() == null ? "" : " ends " + wanted;
            return request.picks().isEmpty() ? ends
                    : ends + (ends.isEmpty() ? " has" : " with") + " the picks "
                            + request.picks();
        }
    }

    /** A flow, with the cluster as it is when it starts. */
    private record Scene(Moment moment, Flow flow) {}

    private Scene scene() {
        List<TimelineEntry> timeline = scenario.timeline();
        for (int i = 0; i < timeline.size(); i++) {
            if (timeline.get(i).event() instanceof Send send && isMeant(send)) {
                return new Scene(moments.of(i, request.atNanos()),
                        moments.flows(i, request.atNanos()).getFirst());
            }
        }
        Source from = request.from();
        FlowTarget to = request.to();
        if (from == null || to == null) {
            throw new UsageException(request.flow() == null
                    ? "nothing to trace: expected --flow, or --from and --to"
                            + (flowNames().isEmpty() ? "" : "; the file has " + flowNames())
                    : "no flow " + request.flow() + "; the file has " + flowNames()
                            + UsageException.meant(request.flow(), flowNames()));
        }
        // Nobody sends this in the file.
        Moment moment = moments.at(request.atNanos().orElse(0));
        return new Scene(moment, Flow.of(adHoc(from, to, request.protocol()), moment.stage(),
                scenario.spec()).getFirst());
    }

    private boolean isMeant(Send send) {
        if (request.flow() != null) {
            return request.flow().equals(send.flow());
        }
        return isBetween(send, request.from(), request.to(), request.protocol());
    }

    /** Whether a flow of the file is the one that is asked for by its ends. */
    static boolean isBetween(Send send, @Nullable Source from, @Nullable FlowTarget to,
            L4Protocol protocol) {
        return send.from().equals(from) && send.to().equals(to) && send.protocol() == protocol;
    }

    /** A flow that is in no file. */
    static Send adHoc(Source from, FlowTarget to, L4Protocol protocol) {
        return adHoc("trace", from, to, protocol);
    }

    /** The same under a name. */
    static Send adHoc(String name, Source from, FlowTarget to, L4Protocol protocol) {
        return new Send(name, from, to, null, protocol, null, null, null, null, null, null,
                false, null, false, null, null,
                protocol == L4Protocol.TCP ? PATIENCE_NANOS : null, 0, true);
    }

    private List<String> flowNames() {
        return scenario.timeline().stream().map(TimelineEntry::event).filter(Send.class::isInstance)
                .map(e -> ((Send) e).flow()).toList();
    }

    /** What was asked for, else the likeliest failure, else the likeliest outcome. */
    private Outcome wanted(List<Branch> branches) {
        if (request.outcome() != null) {
            return request.outcome();
        }
        Map<Outcome, BigFraction> sums = new EnumMap<>(Outcome.class);
        branches.forEach(b -> sums.merge(b.result().outcome(), b.probability(),
                BigFraction::add));
        Outcome failure = likeliest(sums, false);
        return failure != null ? failure : Objects.requireNonNull(likeliest(sums, true));
    }

    private static @Nullable Outcome likeliest(Map<Outcome, BigFraction> sums,
            boolean answeredToo) {
        return sums.entrySet().stream()
                .filter(e -> answeredToo || e.getKey() != Outcome.Answered)
                .max(Comparator.comparing(Map.Entry::getValue)).map(Map.Entry::getKey)
                .orElse(null);
    }

    /** Whether every pick is a choice that was made. */
    private boolean picked(Branch branch, List<Hop> hops) {
        return request.picks().entrySet().stream()
                .allMatch(pick -> pick.getValue().equals(branch.result().endpoint())
                        && !pick.getKey().startsWith("lb/")
                        || hops.stream().flatMap(h -> h.steps().stream())
                                .anyMatch(step -> isChoice(step, pick)));
    }

    private static boolean isChoice(Step step, Map.Entry<String, String> pick) {
        return switch (step) {
            case Step.BackendChoice choice -> choice.loadBalancer().equals(pick.getKey())
                    && pick.getValue().equals(choice.chosen());
            case Step.RuleWalk walk -> !pick.getKey().startsWith("lb/") && walk.rules().stream()
                    .map(RuleMatch::why)
                    .anyMatch(why -> why.arguments().containsValue(pick.getValue()));
            default -> false;
        };
    }
}
