package dev.podhop.benchmarks.dump;

import dev.podhop.k8s.source.Problems;
import dev.podhop.scenario.load.ScenarioLoader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Who reads the file, and how much of it: the peers end where a tree of plain values stands. */
public enum DumpReading {
    /** Parsed, every field checked, defaulted, validated, allocated, assumptions made. */
    PODHOP {
        @Override
        public int objects(Path file) {
            Problems problems = new Problems();
            return ScenarioLoader.load(file, problems)
                    .orElseThrow(() -> new IllegalStateException(problems.all().toString()))
                    .objects().size();
        }
    },
    /** Parsed to a tree, with the library that Podhop parses with too. */
    JACKSON {
        @Override
        public int objects(Path file) {
            return YAML.readTree(file.toFile()).get("items").size();
        }
    },
    /** Parsed to maps and lists, by what lies below Jackson. */
    SNAKEYAML_ENGINE {
        @Override
        public int objects(Path file) {
            LoadSettings settings =
                    LoadSettings.builder().setCodePointLimit(Integer.MAX_VALUE).build();
            try {
                Map<?, ?> list = (Map<?, ?>) new Load(settings)
                        .loadFromString(Files.readString(file));
                return ((List<?>) Objects.requireNonNull(list.get("items"))).size();
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }
    };

    private static final YAMLMapper YAML = YAMLMapper.builder(
            YAMLFactory.builder().loadSettings(
                    LoadSettings.builder().setCodePointLimit(Integer.MAX_VALUE).build())
                    .build())
            .build();

    /** Reads the file; how many objects it holds. */
    public abstract int objects(Path file);
}
