package dev.podhop.scenario;

import java.util.Map;

/** The one document of a file that Kubernetes has no word for. */
record ScenarioDocument(
        @Key(value = "`podhop.dev/v1alpha1`.", required = true)
        String apiVersion,
        @Key(value = "`Scenario`.", required = true)
        String kind,
        @Key(value = "What it is called.", required = true)
        Metadata metadata,
        @Key(value = "What it says.", otherwise = "each key's default")
        ScenarioSpec spec) {

    static final String API_VERSION = "podhop.dev/v1alpha1";
    static final String KIND = "Scenario";

    /** The part of Kubernetes' object metadata that has a meaning here. */
    record Metadata(
            @Key(value = "The scenario's name.", required = true)
            String name,
            @Key(value = "Anything, for people and tools.",
                    otherwise = "none")
            Map<String, String> labels,
            @Key(value = "Anything, for people and tools.",
                    otherwise = "none")
            Map<String, String> annotations) {}
}
