package dev.podhop.scenario;

import java.util.List;
import java.util.Optional;

/** Reads a scenario again with settings laid over its documents, as the command line does it. */
@FunctionalInterface
public interface Rereading {

    /**
     * The scenario under settings.
     *
     * @param settings {@code KEY=VALUE} each, as {@code --set} takes them, on top of those that it
     *        was read with
     * @return empty where it does not pass its checks with them
     */
    Optional<LoadedScenario> with(List<String> settings);
}
