package dev.podhop.run;

import dev.podhop.run.diagnosis.Diagnoser;
import dev.podhop.run.diagnosis.Effects;
import dev.podhop.run.diagnosis.NameHints;
import dev.podhop.run.diagnosis.ObjectWitness;
import dev.podhop.run.odds.Explorer;
import dev.podhop.run.odds.Explorer.Branch;
import dev.podhop.run.odds.Moments;
import dev.podhop.run.odds.Moments.Moment;
import dev.podhop.run.odds.OddsBook;
import dev.podhop.run.odds.OddsNotes;
import dev.podhop.run.result.OddsResult;
import dev.podhop.run.result.OddsResult.FlowOdds;
import dev.podhop.run.result.OddsResult.ResultOdds;
import dev.podhop.run.result.Parting;
import dev.podhop.run.result.RunWatch;
import dev.podhop.run.stage.Flow;
import dev.podhop.run.stage.Stage;
import dev.podhop.scenario.LoadedScenario;
import dev.podhop.scenario.Send;
import dev.podhop.scenario.TimelineEntry;
import dev.podhop.trace.Explanation;
import dev.podhop.trace.Hop;
import dev.podhop.trace.Outcome;
import dev.podhop.workload.AttemptResult;
import dev.podhop.workload.ResultKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.commons.math3.fraction.BigFraction;
import org.jspecify.annotations.Nullable;

/**
 * Two files, or one under two settings, asked the same: what differs in the odds, and where the
 * ways of the packets part.
 */
public final class Contrast {

    private final Side a;
    private final Side b;

    public Contrast(LoadedScenario a, LoadedScenario b) {
        boolean survey = sends(a).isEmpty() && sends(b).isEmpty();
        this.a = new Side(survey ? Survey.ready(a) : a, survey);
        this.b = new Side(survey ? Survey.ready(b) : b, survey);
    }

    private static List<Send> sends(LoadedScenario scenario) {
        return scenario.timeline().stream().map(TimelineEntry::event)
                .filter(Send.class::isInstance).map(Send.class::cast).toList();
    }

    /** The odds of the first; each flow once, by its name and source. */
    public OddsResult a() {
        return a.odds();
    }

    public OddsResult b() {
        return b.odds();
    }

    /**
     * Where an attempt of a kind that the second has less of, or none, parts from one of a kind
     * that it has more of. Empty where both go the same way, and only the shares differ.
     */
    public Optional<Parting> parting(FlowOdds inA, FlowOdds inB) {
        ResultKey lost = most(inA, inB);
        ResultKey gained = most(inB, inA);
        if (lost == null || gained == null) {
            return Optional.empty();
        }
        Example before = a.example(inA, lost);
        Example after = b.example(inB, gained);
        return Effects.part(new Effects(before.hops()), before.wrong(),
                new Effects(after.hops()), after.wrong());
    }

    /** What the first has so much more of than the second; null where nothing. */
    private static @Nullable ResultKey most(FlowOdds first, FlowOdds second) {
        ResultKey most = null;
        BigFraction excess = BigFraction.ZERO;
        for (ResultOdds result : first.results()) {
            BigFraction other = second.results().stream()
                    .filter(each -> each.key().equals(result.key())).map(ResultOdds::probability)
                    .findFirst().orElse(BigFraction.ZERO);
            BigFraction more = result.probability().subtract(other);
            if (more.compareTo(excess) > 0) {
                most = result.key();
                excess = more;
            }
        }
        return most;
    }

    /** An attempt with its hops, and what went wrong. */
    private record Example(List<Hop> hops, @Nullable Explanation wrong) {}

    private static final class Side {

        private final LoadedScenario scenario;
        private final Moments moments;
        private final List<Asked> asked = new ArrayList<>();
        private @Nullable OddsResult odds;

        /** Somebody's question and the entry of the timeline at which it is put; -1 for none. */
        private record Asked(Send send, int entry) {}

        Side(LoadedScenario scenario, boolean survey) {
            this.scenario = scenario;
            this.moments = new Moments(scenario, RunWatch.NONE, scenario.spec().seed()).goingOn();
            List<TimelineEntry> timeline = scenario.timeline();
            for (int i = 0; i < timeline.size(); i++) {
                if (timeline.get(i).event() instanceof Send send) {
                    asked.add(new Asked(send, i));
                }
            }
            if (survey) {
                Survey.of(scenario, moments.beginning().stage())
                        .forEach(send -> asked.add(new Asked(send, -1)));
            }
        }

        private Moment moment(Asked question) {
            return question.entry() < 0 ? moments.beginning()
                    : moments.of(question.entry(), OptionalLong.empty());
        }

        private List<Flow> flows(Asked question) {
            return question.entry() < 0
                    ? Flow.of(question.send(), moment(question).stage(), scenario.spec())
                    : moments.flows(question.entry(), OptionalLong.empty());
        }

        OddsResult odds() {
            OddsResult known = odds;
            if (known == null) {
                List<FlowOdds> all = new ArrayList<>();
                for (Asked question : asked) {
                    Moment moment = moment(question);
                    for (Flow flow : flows(question)) {
                        List<Branch> branches = new Explorer(moment, flow).branches();
                        all.add(new PolicyNotes(scenario, moment.stage()).on(OddsBook.of(flow,
                                branches, OddsNotes.of(scenario, flow, moment.stage(),
                                        branches))));
                    }
                }
                known = new OddsResult(scenario.name(), all, moments.refusals());
                odds = known;
            }
            return known;
        }

        Example example(FlowOdds wanted, ResultKey key) {
            for (Asked question : asked) {
                if (!question.send().flow().equals(wanted.flow())) {
                    continue;
                }
                Moment moment = moment(question);
                for (Flow flow : flows(question)) {
                    if (flow.client().label().equals(wanted.from())) {
                        return example(new Explorer(moment, flow), key, moment.stage());
                    }
                }
            }
            throw new IllegalArgumentException("no flow " + wanted.flow());
        }

        private Example example(Explorer explorer, ResultKey key, Stage stage) {
            List<AttemptResult> found = new ArrayList<>();
            List<Hop> hops = explorer.traced((branch, passed) -> {
                boolean enough = ResultKey.of(branch.result()).equals(key);
                if (enough) {
                    found.add(branch.result());
                }
                return enough;
            }).hops();
            if (found.isEmpty()) {
                return new Example(List.of(), null);
            }
            AttemptResult attempt = found.getFirst();
            List<Hop> own = hops.stream().filter(hop -> hop.attempt() == attempt.attempt())
                    .sorted(Comparator.comparingLong(Hop::id)).toList();
            return new Example(own, attempt.outcome() == Outcome.Answered ? null
                    : wrong(attempt, own, stage));
        }

        /** What a trace of it says. */
        private Explanation wrong(AttemptResult attempt, List<Hop> hops, Stage stage) {
            Explanation what =
                    new Diagnoser(attempt, hops, new ObjectWitness(scenario, stage)).what();
            return attempt.why() == null ? what
                    : new NameHints(stage.controlPlane()).nearest(what,
                            attempt.client());
        }
    }
}
