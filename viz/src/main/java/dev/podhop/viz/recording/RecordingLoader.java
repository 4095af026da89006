package dev.podhop.viz.recording;

import dev.podhop.k8s.source.Problem;
import dev.podhop.k8s.source.Problems;
import dev.podhop.run.RunOptions;
import dev.podhop.run.RunResult;
import dev.podhop.run.ScenarioRunner;
import dev.podhop.run.Topology;
import dev.podhop.run.UsageException;
import dev.podhop.scenario.LoadedScenario;
import dev.podhop.scenario.load.Overrides;
import dev.podhop.scenario.load.ScenarioLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.DoubleConsumer;

/**
 * Reads a file, runs it with tracing, and indexes what was recorded. Slow: not for the UI thread.
 */
public final class RecordingLoader {

    /** Attempts of each flow whose hops are kept: enough to look at, few enough to hold. */
    public static final int TRACED_ATTEMPTS = 40;

    private RecordingLoader() {}

    /**
     * What to load.
     *
     * @param settings laid over the file, {@code KEY=VALUE} each
     * @param tracedAttempts of each flow
     */
    public record Request(Path file, List<String> settings, OptionalLong seed,
            int tracedAttempts) {

        public Request {
            settings = List.copyOf(settings);
        }

        /** The file as it is. */
        public static Request of(Path file) {
            return new Request(file, List.of(), OptionalLong.empty(), TRACED_ATTEMPTS);
        }

        /** The same file and seed under other settings. */
        public Request with(List<String> changed) {
            return new Request(file, changed, seed, tracedAttempts);
        }
    }

    /**
     * Loads and runs.
     *
     * @param progress told how far it is, from 0 to 1
     * @throws BrokenFile where the file cannot be read or run
     */
    public static Recording load(Request request, DoubleConsumer progress) throws BrokenFile {
        progress.accept(0);
        Problems problems = new Problems();
        Overrides overrides = Overrides.of(request.settings(), problems);
        Optional<LoadedScenario> loaded =
                ScenarioLoader.load(request.file(), overrides, problems);
        if (loaded.isEmpty() || !problems.isEmpty()) {
            List<String> lines = new ArrayList<>();
            problems.all().stream().map(Problem::toString).forEach(lines::add);
            throw new BrokenFile(lines);
        }
        progress.accept(0.1);
        try {
            ScenarioRunner runner = new ScenarioRunner(loaded.get());
            Topology topology = runner.topology();
            progress.accept(0.2);
            RunResult run = runner.run(new RunOptions(request.seed(), request.tracedAttempts()));
            progress.accept(0.8);
            Recording recording = new Recording(request, loaded.get(),
                    Files.readString(request.file()), run, topology);
            progress.accept(1);
            return recording;
        } catch (UsageException unusable) {
            throw broken(request.file(), unusable);
        } catch (IOException unreadable) {
            throw broken(request.file(), unreadable);
        }
    }

    private static BrokenFile broken(Path file, Exception cause) {
        BrokenFile broken = new BrokenFile(List.of(file + ": " + cause.getMessage()));
        broken.initCause(cause);
        return broken;
    }
}
