package dev.podhop.run;

import dev.podhop.packet.EtherType;
import dev.podhop.run.result.RunOptions;
import dev.podhop.run.result.RunResult;
import dev.podhop.scenario.LoadedScenario;
import dev.podhop.trace.Hop;
import dev.podhop.trace.Step;
import dev.podhop.workload.AttemptResult;
import dev.podhop.workload.ResultKey;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;

/** What a scenario answers, as lines that a test can spell out. */
record Answers(LoadedScenario scenario) {

    static Answers of(ClusterText text) {
        return new Answers(text.load());
    }

    /** {@code 1/3 Answered pod/web-1 10.244.1.1}, {@code 2/3 TimedOut}. */
    List<String> odds(String flow) {
        return new ScenarioRunner(scenario).odds(flow).flows().stream()
                .flatMap(odds -> odds.results().stream())
                .map(r -> r.probability().getNumerator() + "/" + r.probability().getDenominator()
                        + " " + text(r.key()))
                .map(line -> line.replaceFirst("^1/1 ", "")).toList();
    }

    static String text(ResultKey key) {
        String end = key.outcome().name();
        return key.endpoint() == null ? end : end + " " + key.endpoint() + " " + key.source();
    }

    RunResult run() {
        return new ScenarioRunner(scenario).run(RunOptions.OUTCOMES);
    }

    /** With the hops of all attempts. */
    RunResult traced() {
        return new ScenarioRunner(scenario)
                .run(new RunOptions(OptionalLong.empty(), Integer.MAX_VALUE));
    }

    /** Who answered each of a flow's attempts, in their order; the outcome where nobody did. */
    static List<String> answerers(RunResult run, String flow) {
        return run.attempts().stream().filter(a -> a.flow().equals(flow))
                .sorted((a, b) -> Integer.compare(a.number(), b.number()))
                .map(Answers::answerer).toList();
    }

    private static String answerer(AttemptResult attempt) {
        return attempt.endpoint() == null ? attempt.outcome().name()
                : Objects.requireNonNull(attempt.endpoint());
    }

    /** {@code WHERE WHAT ADDRESSES: END} of the hops of IP packets, addresses at the end. */
    static List<String> story(List<Hop> hops) {
        return hops.stream().filter(h -> h.header().etherType() != EtherType.ARP)
                .map(Answers::line).toList();
    }

    private static String line(Hop hop) {
        String start = hop.place().name() + " " + hop.header().what() + " ";
        return switch (hop.terminal()) {
            case Step.Transmitted s -> start + s.header().addresses() + ": out " + s.device();
            case Step.Delivered s -> start + s.header().addresses() + ": delivered";
            case Step.Dropped s -> start + s.header().addresses() + ": " + s.reason();
            case Step.Rejected s -> start + s.header().addresses() + ": " + s.with();
            case Step.Spread s -> start + hop.header().addresses() + ": " + s.copies() + " copies";
        };
    }
}
