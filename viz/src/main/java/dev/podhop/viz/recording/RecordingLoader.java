package dev.podhop.viz.recording;

import dev.podhop.k8s.source.Problem;
import dev.podhop.k8s.source.Problems;
import dev.podhop.run.ScenarioRunner;
import dev.podhop.run.result.RunCancelledException;
import dev.podhop.run.result.RunOptions;
import dev.podhop.run.result.RunResult;
import dev.podhop.run.result.RunWatch;
import dev.podhop.run.result.Topology;
import dev.podhop.run.result.UsageException;
import dev.podhop.scenario.Event;
import dev.podhop.scenario.LoadedScenario;
import dev.podhop.scenario.Pacing;
import dev.podhop.scenario.Send;
import dev.podhop.scenario.load.Overrides;
import dev.podhop.scenario.load.ScenarioLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;

/**
 * Reads a file, runs it with tracing, and indexes what was recorded. Slow: not for the UI thread.
 */
public final class RecordingLoader {

    /** Attempts of each flow whose hops are kept: enough to look at, few enough to hold. */
    public static final int TRACED_ATTEMPTS = 40;

    /** Shares of the whole work: reading, wiring up, running, and then indexing. */
    private static final double READ = 0.1;
    private static final double WIRED = 0.2;
    private static final double RUN = 0.8;

    private RecordingLoader() {}

    /** Whoever waits for a recording. */
    public interface Waiting {

        /** Told how far it is, from 0 to 1; not on any thread in particular. */
        void at(double share);

        /** Whether it is still wanted; asked every few milliseconds. */
        default boolean goesOn() {
            return true;
        }
    }

    /**
     * What to load.
     *
     * @param settings laid over the file, {@code KEY=VALUE} each
     * @param tracedAttempts of each flow
     * @param others attempts by their index that are to be followed besides
     * @param question what is asked instead of running the file's own calls
     */
    public record Request(Path file, List<String> settings, OptionalLong seed,
            int tracedAttempts, List<Integer> others, Optional<AskedCall> question) {

        public Request {
            settings = List.copyOf(settings);
            others = List.copyOf(others);
        }

        /** The attempts that are followed of themselves. */
        public Request(Path file, List<String> settings, OptionalLong seed,
                int tracedAttempts) {
            this(file, settings, seed, tracedAttempts, List.of(), Optional.empty());
        }

        /** The same run, that one of its attempts can be followed in. */
        public Request following(int attempt) {
            return new Request(file, settings, seed, tracedAttempts,
                    Stream.concat(others.stream(), Stream.of(attempt)).distinct().toList(),
                    question);
        }

        /** The file as it is. */
        public static Request of(Path file) {
            return new Request(file, List.of(), OptionalLong.empty(), TRACED_ATTEMPTS);
        }

        /** The same file and seed under other settings. */
        public Request with(List<String> changed) {
            return new Request(file, changed, seed, tracedAttempts, others, question);
        }

        /** One call instead of the file's own. */
        public Request asking(AskedCall wanted) {
            return new Request(file, settings, seed, tracedAttempts, List.of(),
                    Optional.of(wanted));
        }

        /** The same file and seed under settings besides these; of two for one key the last. */
        public Request and(List<String> more) {
            return with(Stream.concat(settings.stream(), more.stream()).toList());
        }
    }

    /**
     * Loads and runs.
     *
     * @throws BrokenFile where the file cannot be read or run
     * @throws CancellationException where it was no longer wanted
     */
    public static Recording load(Request request, Waiting waiting) throws BrokenFile {
        waiting.at(0);
        Problems problems = new Problems();
        Overrides overrides = Overrides.of(request.settings(), problems);
        Optional<LoadedScenario> loaded =
                ScenarioLoader.load(request.file(), overrides, problems);
        if (loaded.isEmpty() || !problems.isEmpty()) {
            List<String> lines = new ArrayList<>();
            problems.all().stream().map(Problem::toString).forEach(lines::add);
            throw new BrokenFile(lines);
        }
        waiting.at(READ);
        try {
            if (request.question().isPresent()) {
                return answer(request, loaded.get(), waiting);
            }
            ScenarioRunner runner = new ScenarioRunner(loaded.get(), watch(loaded.get(), waiting));
            Topology topology = runner.topology();
            waiting.at(WIRED);
            RunResult run = runner.run(new RunOptions(request.seed(),
                    request.tracedAttempts(), true, request.others()));
            waiting.at(RUN);
            Recording recording = new Recording(request, loaded.get(),
                    Files.readString(request.file()), run, topology);
            waiting.at(1);
            return recording;
        } catch (RunCancelledException cancelled) {
            CancellationException told = new CancellationException(cancelled.getMessage());
            told.initCause(cancelled);
            throw told;
        } catch (UsageException | IllegalArgumentException unusable) {
            throw broken(request.file(), unusable);
        } catch (IOException unreadable) {
            throw broken(request.file(), unreadable);
        }
    }

    private static Recording answer(Request request, LoadedScenario scenario, Waiting waiting)
            throws IOException {
        Asked.Answered answer = Asked.of(scenario, request.question().orElseThrow(),
                watch(scenario, waiting));
        Recording recording =
                Recording.of(request, Files.readString(request.file()), answer);
        waiting.at(1);
        return recording;
    }

    /** How far a run is, is how far its clock is on the way to the last attempt's start. */
    private static RunWatch watch(LoadedScenario scenario, Waiting waiting) {
        long last = scenario.spec().timeline().stream()
                .mapToLong(each -> each.atNanos() + lengthNanos(each.event()))
                .max().orElse(0);
        return new Passes(waiting, Math.max(1, last));
    }

    /**
     * A file is run once, and again for what failed, and once more for what was not kept: nobody
     * knows how often, so that each time has half of what is left.
     */
    private static final class Passes implements RunWatch {

        private final Waiting waiting;
        private final double end;
        private double from = WIRED;
        private long before;

        Passes(Waiting waiting, long endNanos) {
            this.waiting = waiting;
            this.end = endNanos;
        }

        @Override
        public boolean goesOn(long nowNanos) {
            if (nowNanos < before) {
                from += (RUN - from) / 2;
            }
            before = nowNanos;
            waiting.at(from + (RUN - from) / 2 * Math.min(1, nowNanos / end));
            return waiting.goesOn();
        }
    }

    private static long lengthNanos(Event event) {
        if (!(event instanceof Send send)) {
            return 0;
        }
        return switch (send.pacing()) {
            case Pacing.Steady steady -> steady.count() * steady.everyNanos();
            case Pacing.Poisson poisson -> poisson.forNanos();
            case Pacing.Closed closed -> closed.forNanos().orElse(0);
        };
    }

    private static BrokenFile broken(Path file, Exception cause) {
        BrokenFile broken = new BrokenFile(List.of(file + ": " + cause.getMessage()));
        broken.initCause(cause);
        return broken;
    }
}
