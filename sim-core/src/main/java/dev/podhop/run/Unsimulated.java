package dev.podhop.run;

import dev.podhop.scenario.LoadedScenario;
import java.util.ArrayList;
import java.util.List;

/** What a file says that has no effect yet. It is told, so that nobody takes it for simulated. */
final class Unsimulated {

    private Unsimulated() {}

    static List<String> of(LoadedScenario scenario) {
        List<String> notes = new ArrayList<>();
        Assembly.unmodelledMode(scenario).ifPresent(notes::add);
        return notes.stream().distinct().toList();
    }
}
