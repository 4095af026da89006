package dev.podhop.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.k8s.source.Problems;
import dev.podhop.run.result.TraceResult.Fix;
import dev.podhop.scenario.LoadedScenario;
import dev.podhop.scenario.load.Overrides;
import dev.podhop.scenario.load.ScenarioLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.math3.fraction.BigFraction;

/**
 * What holds of every fix that is named: an API server takes the objects as they are edited, and
 * the edit helps more than one of the same objects that changes nothing.
 */
public final class FixLaw {

    private static final String UNUSUAL = "would not take it as new";
    private static final Pattern OF_OBJECT =
            Pattern.compile("([a-z]+/(?:[a-z0-9-]+/)?([a-z0-9-]+))\\..*", Pattern.DOTALL);

    private FixLaw() {}

    /**
     * Holds a fix against it.
     *
     * @param failure how often what the fix is for fails in another file
     */
    public static void hold(Path file, Fix fix, Function<LoadedScenario, BigFraction> failure) {
        LoadedScenario before = load(file, List.of());
        assertThat(unusual(load(file, fix.settings()))).as(file + ": " + fix)
                .isSubsetOf(unusual(before));
        List<String> untouched = fix.settings().stream().map(OF_OBJECT::matcher)
                .filter(Matcher::matches)
                .map(key -> key.group(1) + ".metadata.name=\"" + key.group(2) + "\"").toList();
        if (!untouched.isEmpty()) {
            assertThat(failure.apply(load(file, untouched))).as(file + ": " + fix)
                    .isGreaterThan(fix.failureAfter());
        }
    }

    /** The file under settings, which it has to take. */
    public static LoadedScenario load(Path file, List<String> settings) {
        Problems problems = new Problems();
        return ScenarioLoader.load(file, Overrides.of(settings, problems), problems)
                .orElseThrow(() -> new AssertionError(file + " " + problems.all()));
    }

    private static List<String> unusual(LoadedScenario scenario) {
        return scenario.warnings().stream().filter(line -> line.contains(UNUSUAL)).toList();
    }
}
