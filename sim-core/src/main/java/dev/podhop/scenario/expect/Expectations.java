package dev.podhop.scenario.expect;

import dev.podhop.k8s.source.Trees;
import dev.podhop.scenario.Expectation;
import dev.podhop.scenario.PartialObject;
import dev.podhop.workload.AttemptResult;
import dev.podhop.workload.ResultKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Judges a scenario's expectations, one check for each thing that is expected. */
public final class Expectations {

    private Expectations() {}

    /** The checks, in the order of the file and, within an entry, of the reference page. */
    public static List<Check> evaluate(List<Expectation> expectations, ExpectationInput input) {
        List<Check> checks = new ArrayList<>();
        for (Expectation expectation : expectations) {
            String flow = expectation.flow();
            if (flow != null) {
                evaluateFlow(flow, expectation, input, checks);
            }
            if (expectation.state() != null) {
                evaluateState(flow == null ? "" : flow, expectation.state(), input, checks);
            }
        }
        return checks;
    }

    /**
     * What cannot be checked says so for each thing that was expected, lest a file that expects
     * much pass for having been looked at.
     */
    private static void evaluateFlow(String flow, Expectation e, ExpectationInput input,
            List<Check> checks) {
        if (!input.ran(flow)) {
            for (String statement : Statements.of(e)) {
                checks.add(ExpectReason.NOT_RUN.check(flow, statement, flow));
            }
            return;
        }
        FlowSample sample = FlowSample.of(flow, input);
        if (sample.attempts().isEmpty()) {
            for (String statement : Statements.of(e)) {
                checks.add(ExpectReason.NO_ATTEMPTS.check(flow, statement, flow));
            }
            return;
        }
        ShareCheck shares = new ShareCheck(sample);
        e.outcomes().forEach((outcome, amount) -> checks.add(shares.check(
                Statements.outcome(outcome, amount), r -> r.outcome() == outcome, amount)));
        if (e.endpoints() != null) {
            checks.addAll(shares.check("endpoints", ResultKey::endpoint, e.endpoints()));
        }
        if (e.sources() != null) {
            checks.addAll(shares.check("sources", ResultKey::source, e.sources()));
        }
        evaluateHops(e, sample, input, checks);
        if (e.errors() != null) {
            checks.add(TimeChecks.errors(sample, e.errors()));
        }
        checks.addAll(TimeChecks.latency(sample, e.latency()));
        if (e.questions() != null) {
            checks.add(questions(sample, e.questions()));
        }
    }

    private static Check questions(FlowSample sample, int each) {
        int[] found = sample.attempts().stream().mapToInt(AttemptResult::questions).distinct()
                .sorted().toArray();
        String statement = Statements.questions(each);
        return found.length == 1 && found[0] == each
                ? ExpectReason.QUESTIONS_HOLD.check(sample.flow(), statement, each,
                        sample.attempts().size())
                : ExpectReason.QUESTIONS_OTHER.check(sample.flow(), statement, each,
                        Arrays.stream(found).mapToObj(String::valueOf)
                                .collect(Collectors.joining(" or ")));
    }

    private static void evaluateHops(Expectation e, FlowSample sample, ExpectationInput input,
            List<Check> checks) {
        // Hops are many; they are only sorted by attempt where somebody asks for them.
        Supplier<HopChecks> hops =
                () -> new HopChecks(sample, Journey.of(input.hops(sample.flow())));
        if (!e.path().isEmpty()) {
            checks.add(hops.get().path(e.path()));
        }
        if (e.dropped() != null) {
            checks.add(hops.get().dropped(e.dropped()));
        }
        if (e.reply() != null) {
            checks.add(hops.get().reply(e.reply()));
        }
    }

    private static void evaluateState(String flow, Expectation.State state,
            ExpectationInput input, List<Check> checks) {
        state.parts().forEach((what, part) -> {
            String statement = Statements.state(what, state.atNanos());
            checks.add(new PartialObject(part).differenceTo(input.state(state.atNanos(), what))
                    .map(other -> ExpectReason.STATE_OTHER.check(flow, statement, other.path(),
                            other.found(), other.expected()))
                    .orElseGet(() -> ExpectReason.STATE_HOLDS.check(flow, statement,
                            Trees.text(part))));
        });
    }
}
