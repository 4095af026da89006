package dev.podhop.scenario.form;

import dev.podhop.k8s.source.FieldPath;
import dev.podhop.k8s.source.Location;
import dev.podhop.k8s.source.Problems;
import dev.podhop.k8s.source.YamlNode.Mapping;
import dev.podhop.scenario.Key;
import dev.podhop.scenario.ScenarioSpec;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The one document of a file that Kubernetes has no word for. */
public record ScenarioDocument(
        @Key(value = "`podhop.dev/v1alpha1`.", required = true)
        String apiVersion,
        @Key(value = "`Scenario`.", required = true)
        String kind,
        @Key(value = "What it is called.", required = true)
        Metadata metadata,
        @Key(value = "What it says.", otherwise = "each key's default")
        ScenarioSpec spec) {

    public static final String API_VERSION = "podhop.dev/v1alpha1";
    public static final String KIND = "Scenario";

    /** The part of Kubernetes' object metadata that has a meaning here. */
    public record Metadata(
            @Key(value = "The scenario's name.", required = true)
            String name,
            @Key(value = "Anything, for people and tools.",
                    otherwise = "none")
            Map<String, String> labels,
            @Key(value = "Anything, for people and tools.",
                    otherwise = "none")
            Map<String, String> annotations) {}

    /** What a document without a {@code spec} means. */
    public static ScenarioSpec emptySpec() {
        Mapping empty = new Mapping(Location.startOf(""), List.of());
        Reading reading = new Reading(new Problems(), (name, path) -> List.of());
        return Objects.requireNonNull(
                RecordForm.of(ScenarioSpec.class).read(empty, FieldPath.of("spec"), reading));
    }
}
