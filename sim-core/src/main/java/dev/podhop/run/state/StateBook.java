package dev.podhop.run.state;

import dev.podhop.k8s.source.YamlNode.Mapping;
import dev.podhop.run.stage.Stage;
import dev.podhop.scenario.Expectation;
import dev.podhop.scenario.LoadedScenario;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The state at those moments that a scenario's expectations ask for, as the run passes them. */
public final class StateBook {

    /** The end of the run comes after every time. */
    private static final long END = Long.MAX_VALUE;

    private final Map<Long, Set<String>> asked = new TreeMap<>();
    private final Map<String, Mapping> trees = new TreeMap<>();

    public StateBook(LoadedScenario scenario) {
        for (Expectation expectation : scenario.spec().expect()) {
            Expectation.State state = expectation.state();
            if (state != null) {
                asked.computeIfAbsent(time(state.atNanos()), at -> new LinkedHashSet<>())
                        .addAll(state.parts().keySet());
            }
        }
    }

    /** The times at which the run must stand still, in order; the end is none of them. */
    public List<Long> times() {
        return asked.keySet().stream().filter(at -> at != END).toList();
    }

    /** Keeps what is asked for of a time that has come. */
    public void keep(@Nullable Long atNanos, Stage stage) {
        long at = time(atNanos);
        for (String what : asked.getOrDefault(at, Set.of())) {
            trees.put(at + what, StateTrees.of(what, stage));
        }
    }

    public Mapping tree(@Nullable Long atNanos, String what) {
        return Objects.requireNonNull(trees.get(time(atNanos) + what), "not kept: " + what);
    }

    private static long time(@Nullable Long atNanos) {
        return atNanos == null ? END : atNanos;
    }
}
