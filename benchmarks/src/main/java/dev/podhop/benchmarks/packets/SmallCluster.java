package dev.podhop.benchmarks.packets;

import dev.podhop.cluster.Cluster;
import dev.podhop.engine.SampledChooser;
import dev.podhop.k8s.source.Problems;
import dev.podhop.netstack.NetworkNamespace;
import dev.podhop.run.ScenarioRunner;
import dev.podhop.scenario.load.ScenarioLoader;
import dev.podhop.trace.Hop;
import dev.podhop.trace.StateChange;
import dev.podhop.trace.TraceSink;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The cluster of {@code small-cluster.yaml}. */
public final class SmallCluster {

    private static final String FILE = "small-cluster.yaml";

    private SmallCluster() {}

    /** A new one, whose trace is recorded at this level and thrown away. */
    public static Cluster create(TraceSink.Level level) {
        Problems problems = new Problems();
        Path file = unpack();
        Cluster cluster = new ScenarioRunner(ScenarioLoader.load(file, problems)
                .orElseThrow(() -> new IllegalStateException(problems.all().toString())))
                .cluster(new SampledChooser(1));
        cluster.network().tracer().sink(new Discard(level));
        return cluster;
    }

    /** A node or host that must be there. */
    public static NetworkNamespace there(@Nullable NetworkNamespace ns) {
        return Objects.requireNonNull(ns);
    }

    private static Path unpack() {
        try (InputStream in =
                Objects.requireNonNull(SmallCluster.class.getResourceAsStream(FILE))) {
            Path file = Files.createTempFile("small-cluster", ".yaml");
            file.toFile().deleteOnExit();
            Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Has everything built, and keeps nothing. */
    private record Discard(Level level) implements TraceSink {

        @Override
        public void hop(Hop hop) {
            // Building it is what is measured.
        }

        @Override
        public void stateChange(StateChange change) {
            // Building it is what is measured.
        }
    }
}
