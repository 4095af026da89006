package dev.podhop.cli;

import dev.podhop.run.ScenarioRunner;
import dev.podhop.run.result.RunOptions;
import dev.podhop.run.result.RunResult;
import dev.podhop.run.result.RunWatch;
import dev.podhop.scenario.LoadedScenario;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Runs of one scenario, with seeds that follow each other, so that run i of N can be had again
 * alone with {@code --seed}. Each is as alone as if it were the only one: how many are under way at
 * once changes nothing in what they tell, nor its order.
 */
final class Replications {

    /** Runs begun for each thread before the first of them is told. */
    private static final int AHEAD = 2;

    private final LoadedScenario scenario;
    private final Screen screen;
    private final int runs;
    private final long firstSeed;

    Replications(LoadedScenario scenario, Screen screen, int runs, long firstSeed) {
        this.scenario = scenario;
        this.screen = screen;
        this.runs = runs;
        this.firstSeed = firstSeed;
    }

    /** Makes all runs, and tells each result, in the order of the seeds. */
    void make(int threads, Consumer<RunResult> told) {
        if (runs == 1 || threads == 1) {
            for (int i = 0; i < runs; i++) {
                Progress progress = new Progress(screen, scenario.name()
                        + (runs > 1 ? ": run " + (i + 1) + " of " + runs : ""));
                told.accept(run(i, progress));
                progress.end();
            }
            return;
        }
        AtomicBoolean over = new AtomicBoolean();
        ExecutorService pool = Executors.newFixedThreadPool(Math.min(threads, runs),
                work -> Thread.ofPlatform().daemon().unstarted(work));
        try {
            // So many are ahead of what is told: results that wait for their turn are few.
            Deque<Future<RunResult>> ahead = new ArrayDeque<>();
            for (int done = 0, begun = 0; done < runs; done++) {
                while (begun < runs && ahead.size() < AHEAD * threads) {
                    int number = begun++;
                    ahead.add(pool.submit(() -> run(number, now -> !over.get())));
                }
                told.accept(result(ahead.remove()));
                screen.progress(scenario.name() + ": " + (done + 1) + " of " + runs + " runs");
            }
            screen.progress("");
        } finally {
            over.set(true);
            pool.shutdownNow();
        }
    }

    private RunResult run(int number, RunWatch watch) {
        return new ScenarioRunner(scenario, watch)
                .run(new RunOptions(OptionalLong.of(firstSeed + number), 0));
    }

    /** What goes wrong in a run goes wrong here. */
    private static RunResult result(Future<RunResult> future) {
        try {
            return future.get();
        } catch (ExecutionException broken) {
            switch (broken.getCause()) {
                case RuntimeException mistake -> throw mistake;
                case Error bug -> throw bug;
                case null, default -> throw new IllegalStateException(broken);
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(ended);
        }
    }
}
