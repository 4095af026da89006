package dev.podhop.run.doctor;

import dev.podhop.scenario.KubernetesVersion;
import java.util.Optional;

/** Something that is to be expected, and is tried. */
public sealed interface WhatIf {

    /** Each node is drained. */
    record Drain() implements WhatIf {}

    /** Each node loses its power. */
    record NodeLoss() implements WhatIf {}

    /** Each workload behind a Service is rolled out. */
    record Rollout() implements WhatIf {}

    /** The cluster runs another version. */
    record Upgrade(KubernetesVersion version) implements WhatIf {}

    /** Reads {@code drain}, {@code node-loss}, {@code rollout}, {@code upgrade=1.37}. */
    static Optional<WhatIf> parse(String word) {
        return switch (word) {
            case "drain" -> Optional.of(new Drain());
            case "node-loss" -> Optional.of(new NodeLoss());
            case "rollout" -> Optional.of(new Rollout());
            default -> word.startsWith("upgrade=")
                    ? KubernetesVersion.parse(word.substring("upgrade=".length()))
                            .map(Upgrade::new)
                    : Optional.empty();
        };
    }
}
