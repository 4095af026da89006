package dev.podhop.run;

import dev.podhop.k8s.source.Problems;
import dev.podhop.run.result.RunOptions;
import dev.podhop.run.result.RunResult;
import dev.podhop.run.result.UsageException;
import dev.podhop.scenario.LoadedScenario;
import dev.podhop.scenario.Send;
import dev.podhop.scenario.TimelineEntry;
import dev.podhop.scenario.expect.Check;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is wrong with a random scenario, if anything.
 *
 * @param kind the same for failures that are taken for one: what is left out must not change it
 * @param detail for whoever has to mend it
 */
record RandomFailure(String yaml, String kind, String detail) {

    private static final String NONE = "";
    /** The timeline asks for what is not there at that time: the file's mistake. */
    private static final List<String> UNUSABLE =
            List.of("there is no ", "found no ", "nobody to send from",
                    "no such Service", "has no address", "does not exist");

    /** Runs the scenario of a file, twice, with every attempt traced. */
    static RandomFailure of(String yaml) {
        Problems problems = new Problems();
        Optional<LoadedScenario> loaded = Loaded.of(yaml, problems);
        if (loaded.isEmpty()) {
            return new RandomFailure(yaml, "not loaded", problems.all().toString());
        }
        try {
            return of(yaml, loaded.get());
        } catch (UsageException usage) {
            return isUnusable(usage.getMessage())
                    ? new RandomFailure(yaml, "unusable", usage.getMessage())
                    : thrown(yaml, usage);
        } catch (RuntimeException | StackOverflowError failure) {
            return thrown(yaml, failure);
        }
    }

    private static boolean isUnusable(String message) {
        return UNUSABLE.stream().anyMatch(message::contains);
    }

    /** A bug is known by where it is thrown. */
    private static RandomFailure thrown(String yaml, Throwable failure) {
        StackTraceElement[] trace = failure.getStackTrace();
        StringBuilder where = new StringBuilder();
        for (int i = 0; i < Math.min(6, trace.length); i++) {
            where.append("\n    at ").append(trace[i]);
        }
        return new RandomFailure(yaml, failure.getClass().getSimpleName()
                + (trace.length == 0 ? "" : " at " + trace[0]), failure.getMessage() + where);
    }

    private static RandomFailure of(String yaml, LoadedScenario scenario) {
        RunOptions traced = new RunOptions(OptionalLong.empty(), Integer.MAX_VALUE);
        RunResult run = new ScenarioRunner(scenario).run(traced);
        for (Check check : run.checks()) {
            return new RandomFailure(yaml, check.subject() + " " + check.statement(),
                    check.why().toString());
        }
        Optional<String> refused =
                run.refusals().stream().filter(refusal -> !isUnusable(refusal)).findFirst();
        if (refused.isPresent()) {
            return new RandomFailure(yaml, "refused", refused.get());
        }
        Map<String, Integer> counted = counted(scenario);
        counted.keySet().removeIf(flow -> run.refusals().stream()
                .anyMatch(refusal -> refusal.contains("flow " + flow + ":")));
        int expected = counted.values().stream().mapToInt(Integer::intValue).sum();
        long ended = run.attempts().stream()
                .filter(attempt -> counted.containsKey(attempt.flow())).count();
        if (ended != expected) {
            return new RandomFailure(yaml, "attempts without an end",
                    "of " + expected + " attempts " + ended + " ended");
        }
        RunResult again = new ScenarioRunner(scenario).run(traced);
        if (!again.attempts().equals(run.attempts()) || !again.hops().equals(run.hops())
                || !again.changes().equals(run.changes())) {
            return new RandomFailure(yaml, "not the same a second time", "");
        }
        return run.refusals().isEmpty() ? new RandomFailure(yaml, NONE, "")
                : new RandomFailure(yaml, "unusable", run.refusals().getFirst());
    }

    /** How many attempts each flow makes; without the flows whose rate alone is known. */
    private static Map<String, Integer> counted(LoadedScenario scenario) {
        Map<String, Integer> counted = new LinkedHashMap<>();
        for (TimelineEntry entry : scenario.spec().timeline()) {
            if (entry.event() instanceof Send send && send.rate() == null) {
                counted.put(send.flow(), send.count());
            }
        }
        return counted;
    }

    boolean none() {
        return kind.equals(NONE);
    }

    /** Whether the file asks for what cannot be, which is no failure of the simulator. */
    boolean unusable() {
        return kind.equals("unusable");
    }

    /** The smallest file found that fails in the same way. */
    String shrunk() {
        return Shrinker.shrink(yaml, text -> of(text).kind.equals(kind));
    }
}
